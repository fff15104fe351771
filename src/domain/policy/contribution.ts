import { canonicalJson } from '../manifest/json.ts'
import { normalForm } from '../manifest/normal-form.ts'
import { type ManifestReading, parseManifests } from '../manifest/parse-manifests.ts'
import type { SourceFile } from '../source/source-file.ts'
import { isJudgeFile } from './touched.ts'

/**
 * A branch at one of its commits: the files of the base branch where the two parted, and its own. Files that neither
 * changes may be left out.
 */
export interface BranchState {
  readonly base: readonly SourceFile[]
  readonly head: readonly SourceFile[]
}

/**
 * What a branch changes of its base, in normal form. Equal for two states of it if they would change the mesh and the
 * judge's own files in the same way: a formatter and a merge of the base branch leave it as it was.
 */
export function contributionOf({ base, head }: BranchState, reading: ManifestReading): string {
  const [before, after] = [statementsOf(base, reading), statementsOf(head, reading)]
  return canonicalJson({ removed: without(before, after), added: without(after, before) })
}

/** What a branch changes that is equal to its base. */
export const noContribution = canonicalJson({ removed: [], added: [] })

/**
 * Everything that the files say, one text each: VirtualServices and Gateways in normal form and where they stand; files in
 * which there is anything else, such as a kustomization or what cannot be read, as they are written.
 */
function statementsOf(files: readonly SourceFile[], reading: ManifestReading): readonly string[] {
  const { virtualServices, gateways, unmodelled, unreadable } = parseManifests(files, reading)
  const resources = [...virtualServices, ...gateways]
  const modelled = new Set(resources.map(({ file }) => file.path))
  const partly = new Set([...unmodelled.map(({ file }) => file.path), ...unreadable.map(({ path }) => path)])
  const asWritten = files.filter(({ path }) => isJudgeFile(path) || partly.has(path) || !modelled.has(path))
  return [
    ...resources.map((resource) => JSON.stringify([resource.file.path, normalForm(resource)])),
    ...asWritten.map(({ path, text }) => JSON.stringify([path, text])),
  ]
}

/** The texts of `some` that `others` lack, each as often as it is said, sorted. */
function without(some: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>()
  for (const text of others) left.set(text, (left.get(text) ?? 0) + 1)
  return some
    .filter((text) => {
      const count = left.get(text) ?? 0
      left.set(text, count - 1)
      return count <= 0
    })
    .sort()
}
