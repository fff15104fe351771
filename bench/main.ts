import { benchCodeowners } from './codeowners.ts'
import { benchCompare } from './compare.ts'
import { benchGlobs } from './globs.ts'
import { benchHosts } from './hosts.ts'
import { benchJudge } from './judge.ts'
import { benchKustomize } from './kustomize.ts'
import { benchStringSet } from './string-set.ts'

/** Every benchmark is a ratio within one run: machines differ, ratios less so. */
function growth(name: string, small: number, large: number): string {
  const ratio = (large / small).toFixed(1)
  return `${name}: ${small.toFixed(0)} ms -> ${large.toFixed(0)} ms, ${ratio} times for ten times as much`
}

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
