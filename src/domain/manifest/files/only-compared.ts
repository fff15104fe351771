import { folderOf, foldersAbove } from '../layers/paths.ts'
import type { Manifests } from '../manifests.ts'
import { meshFilesOf } from './mesh-files.ts'
import { withoutFiles } from './without-files.ts'

/** Assertions of the test tools kuttl and chainsaw: `00-assert.yaml`, `01-errors.yaml`. */
const assertion = /(?:^|\/)\d\d-(?:assert|errors?)(?:-[^/]*)?\.ya?ml$/

/** Whether a file by its name holds what a test tool compares the cluster with. */
export function looksCompared(path: string): boolean {
  return assertion.test(path)
}

/** Steps of a test: numbered, in a folder that is one of tests by its name. */
const step = /(?:^|\/)\d\d-[^/]+\.ya?ml$/
const testFolder = /(?:^|\/)(?:tests?|e2e|kuttl|chainsaw|testdata)\//

/** What there is to be known about the tests of one side. */
interface Tested {
  /** Folders with the file of a test, or of a suite of tests. */
  readonly suites: ReadonlySet<string>
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
  const [own = ''] = around
  return (
    (tested.steps.has(own) || around.some((folder) => tested.suites.has(folder))) &&
    !around.some((folder) => tested.applied.has(folder)) &&
    !tested.delivered.has(path)
  )
}

function testedIn(manifests: Manifests): Tested {
  const paths = manifests.files.map(({ path }) => path)
  const foldersOf = (some: readonly string[]) => new Set(some.map(folderOf))
  const says = manifests.unmodelled.flatMap((each) => each.says ?? [])
  return {
    suites: foldersOf(paths.filter((path) => /(?:^|\/)(?:kuttl-test|chainsaw-test)\.ya?ml$/.test(path))),
    steps: foldersOf(
      paths.filter((path) => step.test(path) && testFolder.test(path) && !looksCompared(path)),
    ),
    applied: foldersOf([...meshFilesOf(manifests)].filter((path) => !step.test(path))),
    delivered: new Set(says.flatMap(({ what, reach }) => (reach === 'mesh' || isLeftOut(what) ? [] : reach))),
  }
}

function isLeftOut(what: unknown): boolean {
  return typeof what === 'object' && what !== null && 'leaves out' in what
}
