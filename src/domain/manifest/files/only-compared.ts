import { folderOf, foldersAbove } from '../layers/paths.ts'
import type { Manifests } from '../manifests.ts'
import { meshFilesOf } from './mesh-files.ts'
import { withoutFiles } from './without-files.ts'

/** Assertions of the test tools kuttl and chainsaw: `00-assert.yaml`, `01-errors.yaml`. */
const numbered = /(?:^|\/)\d\d-(?:assert|errors?)(?:-[^/]*)?\.ya?ml$/

/** A test of chainsaw names the files of its steps, and people call them after the step: `routes-assert.yaml`. */
const named = /-(?:assert|errors?)\.ya?ml$/
const kuttlTest = /(?:^|\/)kuttl-test\.ya?ml$/
const chainsawTest = /(?:^|\/)chainsaw-test\.ya?ml$/

/** Whether a file by its name holds what a test tool compares the cluster with. */
export function looksCompared(path: string): boolean {
  return numbered.test(path) || named.test(path)
}

/** Steps of a test: numbered, in a folder that is one of tests by its name. */
const step = /(?:^|\/)\d\d-[^/]+\.ya?ml$/
const testFolder = /(?:^|\/)(?:tests?|e2e|kuttl|chainsaw|testdata)\//

/** What there is to be known about the tests of one side. */
interface Tested {
  /** Folders with the file of a test, or of a suite of tests. */
  readonly suites: ReadonlySet<string>
  /** Those of them that are of chainsaw. */
  readonly chainsaw: ReadonlySet<string>
  /** Folders of tests with a numbered step that is no assertion. */
  readonly steps: ReadonlySet<string>
  /** Folders with mesh manifests that are no steps. */
  readonly applied: ReadonlySet<string>
  /** Files that a layer delivers. */
  readonly delivered: ReadonlySet<string>
}

/**
 * The same without what is in files that are compared with and never applied. A name alone does not make it so: such a file lies
 * beside a test, not in or below a folder of manifests, and no kustomization, Application or path of Flux delivers it.
 */
export function withoutCompared(manifests: Manifests): Manifests {
  const candidates = manifests.files.map(({ path }) => path).filter(looksCompared)
  if (candidates.length === 0) return manifests
  const tested = testedIn(manifests)
  const compared = new Set(candidates.filter((path) => isOnlyCompared(path, tested)))
  return {
    ...withoutFiles(manifests, compared),
    files: manifests.files.filter(({ path }) => !compared.has(path)),
  }
}

function isOnlyCompared(path: string, tested: Tested): boolean {
  const around = foldersAbove(path)
  return (
    isBesideTest(path, tested) &&
    !around.some((folder) => tested.applied.has(folder)) &&
    !tested.delivered.has(path)
  )
}

function isBesideTest(path: string, { steps, suites, chainsaw }: Tested): boolean {
  const own = folderOf(path)
  if (!numbered.test(path)) return chainsaw.has(own)
  return steps.has(own) || foldersAbove(path).some((folder) => suites.has(folder))
}

function testedIn(manifests: Manifests): Tested {
  const paths = manifests.files.map(({ path }) => path)
  const foldersOf = (some: readonly string[]) => new Set(some.map(folderOf))
  const says = manifests.unmodelled.flatMap((each) => each.says ?? [])
  const chainsaw = foldersOf(paths.filter((path) => chainsawTest.test(path)))
  const isOfTest = (path: string) => step.test(path) || (named.test(path) && chainsaw.has(folderOf(path)))
  return {
    suites: new Set([...chainsaw, ...foldersOf(paths.filter((path) => kuttlTest.test(path)))]),
    chainsaw,
    steps: foldersOf(
      paths.filter((path) => step.test(path) && testFolder.test(path) && !numbered.test(path)),
    ),
    applied: foldersOf([...meshFilesOf(manifests)].filter((path) => !isOfTest(path))),
    delivered: new Set(says.flatMap(({ what, reach }) => (reach === 'mesh' || isLeftOut(what) ? [] : reach))),
  }
}

function isLeftOut(what: unknown): boolean {
  return typeof what === 'object' && what !== null && 'leavesOut' in what
}
