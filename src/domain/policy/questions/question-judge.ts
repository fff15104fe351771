import { codeownersPlaces } from '../../ownership/codeowners.ts'
import { quoted, say, words } from '../../words/phrase.ts'
import { type ChangedFile, isJudgeFile } from '../touched.ts'
import type { Ask, Questioned } from './ask.ts'
import { allPrimaries } from './concerned-primaries.ts'
import { askAboutRouteTests } from './question-route-tests.ts'

/**
 * Question 4: CODEOWNERS (in any of its three places) and the configuration decide who may change what, so changing
 * them asks their own owners on the base side, the administrators of every primary where they have none. A
 * CODEOWNERS that takes the place of the one in force asks that one's owners too.
 */
export function askAboutJudge(questioned: Questioned): readonly Ask[] {
  const paths = new Set(questioned.files.flatMap(judgedPaths))
  return [...paths]
    .sort()
    .flatMap((path) => [
      ask({ owned: path, changed: path, code: 'judge-changed' }, questioned),
      ...(takesOver(path, questioned)
        ? [ask({ owned: inForce(questioned) ?? path, changed: path, code: 'judge-replaced' }, questioned)]
        : []),
    ])
    .concat(askAboutSnapshots(questioned), askAboutRouteTests(questioned))
}

/** What a cluster is said to have decides about every mesh that it is a snapshot of: the administrators answer for it. */
function askAboutSnapshots({ files, policy, comparison }: Questioned): readonly Ask[] {
  const paths = new Set(policy.snapshots.map(({ path }) => path))
  const changed = files.flatMap((file) => changedPaths(file)).filter((path) => paths.has(path))
  return [...new Set(changed)].sort().map((path) => ({
    team: 'administrators',
    reason: {
      kind: 'judge',
      code: 'snapshot-changed',
      values: { changed: path, text: files.find((each) => each.path === path)?.merged?.text ?? null },
      clause: say`${quoted(path)} is changed: it says what the cluster has`,
      path,
    },
    primaries: allPrimaries(comparison),
  }))
}

/** The paths of a changed file at which a judge's file appears, vanishes or says something else. */
function judgedPaths(file: ChangedFile): readonly string[] {
  return changedPaths(file).filter(isJudgeFile)
}

function changedPaths(file: ChangedFile): readonly string[] {
  const isMoved = file.previousPath !== undefined && file.previousPath !== file.path
  if (!isMoved && file.base !== undefined && file.base.text === file.merged?.text) return []
  return [...(isMoved && file.previousPath ? [file.previousPath] : []), file.path]
}

interface Deed {
  /** Whose owners are asked. */
  readonly owned: string
  readonly changed: string
  readonly code: 'judge-changed' | 'judge-replaced'
}

function ask({ owned, changed, code }: Deed, { comparison, files }: Questioned): Ask {
  const file =
    files.find((each) => each.path === changed) ?? files.find((each) => each.previousPath === changed)
  return {
    team: comparison.ownership.ownersOf(owned),
    reason: {
      kind: 'judge',
      code,
      values: { changed, owned, file: file?.path, text: file?.merged?.text ?? null },
      clause:
        code === 'judge-changed'
          ? say`${quoted(changed)} is changed`
          : say`${quoted(changed)} would replace the CODEOWNERS in force`,
      ...(code === 'judge-changed' && { rest: words(': it decides who may change what') }),
      path: changed,
    },
    primaries: allPrimaries(comparison),
  }
}

/** The CODEOWNERS that decides on the base side. */
function inForce({ comparison }: Questioned): string | undefined {
  return comparison.ownership.source
}

function takesOver(path: string, questioned: Questioned): boolean {
  const places: readonly string[] = codeownersPlaces
  const current = places.indexOf(inForce(questioned) ?? '')
  const place = places.indexOf(path)
  return place !== -1 && current !== -1 && place < current
}
