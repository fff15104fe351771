import { playBurst } from './zz-prof.ts'
console.log(await playBurst({ pulls: Number(process.argv[2]), virtualServices: 510, concurrency: 2 }))
