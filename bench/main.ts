import { benchCodeowners } from './codeowners.ts'
import { benchColdCheck, type ColdCheck } from './cold-check.ts'
import { benchCommands, benchExplain } from './commands.ts'
import { benchCompare } from './compare.ts'
import { benchGlobs } from './globs.ts'
import { benchHosts } from './hosts.ts'
import { benchJudge, benchWarm } from './judge.ts'
import { benchKustomize } from './kustomize.ts'
import { benchStringSet } from './string-set.ts'

/** Every benchmark is a ratio within one run: machines differ, ratios less so. */
function growth(name: string, small: number, large: number): string {
  const ratio = (large / small).toFixed(1)
  return `${name}: ${small.toFixed(0)} ms -> ${large.toFixed(0)} ms, ${ratio} times for ten times as much`
}

/** What `docs/performance.md` names as the targets of a cold check. */
function coldLine({ name, floor, milliseconds, mebibytes }: ColdCheck): string {
  const ratio = (milliseconds / floor).toFixed(1)
  return `${name}: ${milliseconds.toFixed(0)} ms, ${ratio} times the ${floor.toFixed(0)} ms of js-yaml (target: 2), ${mebibytes.toFixed(0)} MiB`
}

const sizes = { '1,020': 20, '10,200': 200 }
const [small = 0, large = 0] = Object.entries(sizes).map(([count, primaries]) => {
  const mesh = { primaries, secondaries: 50, routes: 10 }
  const found = benchColdCheck(`cold check, ${count} VirtualServices`, mesh)
  for (const each of found) console.log(coldLine(each))
  return found[0]?.milliseconds
})
console.log(growth('cold check in text', small, large))

for (const { name, milliseconds, target, targetSays } of benchCommands())
  console.log(`${name}: ${milliseconds.toFixed(0)} ms (target: ${target.toFixed(0)} ms, ${targetSays})`)
console.log(`explain: ${benchExplain().toFixed(0)} requests a second after reading (target: 50000)`)
for (const { name, milliseconds } of benchWarm())
  console.log(`${name}: ${milliseconds.toFixed(0)} ms (target for 10,200: 100 ms)`)

for (const { name, small, large } of [...benchCompare(), benchHosts(), benchKustomize()])
  console.log(growth(name, small, large))
const unions = benchStringSet()
console.log(growth(unions.name, unions.thousand, unions.tenThousand))
console.log(`inclusions of patterns: ${unions.inclusion.toFixed(1)} ms each`)
const owners = benchCodeowners()
console.log(`${owners.name}: ${owners.ratio.toFixed(1)} times faster than one expression a rule`)
const globs = benchGlobs()
console.log(`${globs.name}: ${globs.ratio.toFixed(1)} times as fast as one expression`)
const judge = benchJudge()
console.log(
  `${judge.name}: ${judge.cold.toFixed(1)} times what parsing one side costs, ${judge.warm.toFixed(1)} times where the base side was read before`,
)
console.log(`memory: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`)
