import type { Comparison } from '../../diff/comparison.ts'
import { actedOn } from '../../manifest/layers/metadata-words.ts'
import type { Manifests } from '../../manifest/manifests.ts'
import type { Pair } from '../../routing/copies/pair-copies.ts'
import type { Policy } from '../configuration/policy.ts'
import { partChanges } from './document-change.ts'
import { type ResourceChange, resourceChanges } from './resource-change.ts'

/**
 * Both sides as they are written; the kustomizations for which the objects speak that they make, and the paths of what units lay over
 * what they build.
 */
export interface Written {
  readonly base: Manifests
  readonly merged: Manifests
  readonly rendered: ReadonlySet<string>
  readonly parts: ReadonlySet<string>
}

/**
 * `resources`: what is done to what is written, and to what is delivered where that is said in another file; whoever lays something
 * over an object of others changes it, but for labels and annotations that nothing acts on. `delivered`: what becomes of the objects in
 * clusters, whatever file says so.
 */
export function writtenAndDelivered(
  comparison: Comparison,
  written: Written,
  consent: Policy['consent'],
): { readonly resources: readonly ResourceChange[]; readonly delivered: readonly ResourceChange[] } {
  const delivered = resourceChanges(comparison, consent)
  const { base, merged } = comparison
  if (written.base === base.manifests && written.merged === merged.manifests)
    return { resources: delivered, delivered }
  const asWritten = resourceChanges(
    {
      ...comparison,
      base: { ...base, manifests: written.base },
      merged: { ...merged, manifests: written.merged },
    },
    consent,
  )
  const texts = { before: textsOf(written.base), after: textsOf(written.merged) }
  const own = asWritten.filter((change) => !isSpokenFor(change, written.rendered, texts))
  const paths = new Set(own.flatMap(pathsOf))
  const isElsewhere = (change: ResourceChange) => pathsOf(change).every((path) => !paths.has(path))
  const others = [...partChanges(comparison, written.parts, texts), ...delivered.filter(isActedOn)]
  return { resources: [...own, ...others.filter(isElsewhere)], delivered }
}

/** A kustomization whose own text stays says nothing else by a file that it lists: the objects that it makes do. */
function isSpokenFor(
  change: ResourceChange,
  rendered: ReadonlySet<string>,
  { before, after }: Pair<ReadonlyMap<string, string>>,
): boolean {
  return (
    change.subject === 'unmodelled' &&
    pathsOf(change).every((path) => rendered.has(path) && before?.get(path) === after?.get(path))
  )
}

function textsOf({ files }: Manifests): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]))
}

function pathsOf(change: ResourceChange): readonly string[] {
  if (change.subject === 'document') return [change.before, change.after].flatMap((each) => each?.path ?? [])
  return [change.before, change.after].flatMap((each) => each?.file.path ?? [])
}

function isActedOn(change: ResourceChange): boolean {
  if (change.subject === 'document' || change.extent === 'meaning') return true
  return change.differences.some(
    ({ part, key }) => part === 'field' || Object.keys(actedOn({ [key]: '' })).length > 0,
  )
}
