import { canonicalJson } from '../../manifest/json.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { quoted, say } from '../../words/phrase.ts'
import { matchesAny } from '../configuration/glob.ts'
import { testsOfFile } from '../route-tests/read-route-tests.ts'
import { isRouteTestPath } from '../route-tests/route-test-files.ts'
import type { ChangedFile } from '../touched.ts'
import type { Ask, Questioned } from './ask.ts'
import { allPrimaries } from './concerned-primaries.ts'

/**
 * What a route test asks for decides what may be merged, so that its owners are asked about each change of it: nobody takes a test
 * out of the way of a change that it stops. Comments and layout do not count.
 */
export function askAboutRouteTests({ files, policy, comparison }: Questioned): readonly Ask[] {
  const isExcluded = matchesAny(policy.manifests.exclude)
  const changes = files.flatMap(changesOf).filter(({ path }) => isRouteTestPath(path) && !isExcluded(path))
  return changes.map(({ path, says }) => ({
    team: comparison.ownership.ownersOf(path),
    reason: {
      kind: 'judge',
      code: 'route-tests-changed',
      values: { changed: path, says },
      clause: say`${quoted(path)} is changed: its tests say what is to become of requests`,
      path,
    },
    primaries: allPrimaries(comparison),
  }))
}

interface Change {
  readonly path: string
  /** What the tests say there after the merge; null where none are left. */
  readonly says: string | null
}

/** Where a file is moved its tests vanish at one path and appear at the other. */
function changesOf({ path, previousPath = path, base, merged }: ChangedFile): readonly Change[] {
  const says = merged === undefined ? null : whatIsSaid(merged)
  if (previousPath !== path)
    return [
      { path: previousPath, says: null },
      { path, says },
    ]
  return base !== undefined && says === whatIsSaid(base) ? [] : [{ path, says }]
}

function whatIsSaid(file: SourceFile): string {
  const { tests, mistakes } = testsOfFile(file)
  if (mistakes.length > 0) return file.text
  return canonicalJson(tests.map(({ name, why = null, key }) => ({ name, why, key })))
}
