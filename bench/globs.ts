import { defaultPolicy } from '../src/domain/policy/configuration/configuration.ts'
import { matchesAny } from '../src/domain/policy/configuration/glob.ts'
import { bestOf } from './best-of.ts'

/** Our time against one regular expression for the same, in the same run. */
export interface GlobBenchmark {
  readonly name: string
  /** `plain / ours`: how many times faster ours is. */
  readonly ratio: number
}

const count = 30_000
const extensions = ['java', 'yaml', 'ts', 'md', 'json', 'yml']

/** Asks the default patterns about the paths of a large repository; throws if the plain way answers otherwise. */
export function benchGlobs(): GlobBenchmark {
  const paths = Array.from(
    { length: count },
    (_, at) => `services/team-${at % 311}/src/main/thing-${at}/handler.${extensions[at % extensions.length]}`,
  )
  const isManifest = matchesAny(defaultPolicy.manifests.include)
  const plain = /^(?:.*\/)?[^/]*\.(?:yaml|yml|json)$/s
  const ours = bestOf(() => paths.filter(isManifest).length)
  const theirs = bestOf(() => paths.filter((path) => plain.test(path)).length)
  if (ours.result !== theirs.result) throw new Error('The two ways disagree about a path')
  return { name: 'the default patterns of manifests', ratio: theirs.milliseconds / ours.milliseconds }
}
