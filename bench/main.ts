import { benchCodeowners } from './codeowners.ts'
import { benchCompare } from './compare.ts'
import { benchStringSet } from './string-set.ts'

/** Every benchmark as a ratio within one run: machines differ, ratios less so. */
for (const { name, small, large, ratio } of benchCompare()) {
  console.log(
    `${name}: ${small.toFixed(0)} ms -> ${large.toFixed(0)} ms, ${ratio.toFixed(1)} times for ten times as much`,
  )
}
const { name, ratio } = benchCodeowners()
console.log(`${name}: ${ratio.toFixed(1)} times faster than one expression a rule`)
console.log(JSON.stringify(benchStringSet()))
