import type { JsonValue } from '../manifest/json.ts'
import { deliveriesIn } from '../manifest/layers/delivery-objects.ts'
import { fieldsOf, listIn, textIn, textsIn } from '../manifest/layers/written.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Both } from './both.ts'
import { isVersion } from './revisions.ts'

/**
 * The versions that deliverers newly name, as far as they may be names of Git: only its history says whether one is a branch, or of what
 * was merged. Ranges name nothing there.
 */
export function newlyNamedVersions({ base, merged }: Both<readonly SourceFile[]>): readonly string[] {
  const texts = new Map(base.map(({ path, text }) => [path, text]))
  const changed = merged.filter(({ path, text }) => texts.get(path) !== text)
  const named = new Set(changed.flatMap(versionsIn))
  if (named.size === 0) return []
  const known = new Set(base.flatMap(versionsIn))
  return [...named].filter((each) => !known.has(each)).toSorted()
}

function versionsIn(file: SourceFile): readonly string[] {
  return deliveriesIn(file)
    .objects.flatMap(({ kind, spec }) => [
      ...revisionsIn(spec),
      ...(kind === 'ApplicationSet' ? textsIn(spec['generators']) : []),
    ])
    .filter(isVersion)
    .map((each) => each.replace(/^refs\/tags\//, ''))
    .filter((each) => /^\w[\w.-]*(?:\/[\w.-]+)*$/.test(each) && !each.includes('..'))
}

/** `targetRevision` of Argo CD, and what `ref` of a source of Flux names, at any depth. */
function revisionsIn(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => revisionsIn(each))
  return Object.entries(fieldsOf(value)).flatMap(([field, inner = null]) => {
    if (field === 'targetRevision') return listIn(inner).flatMap((each) => textIn(each) ?? [])
    if (field === 'ref') {
      const { tag, name, commit } = fieldsOf(inner)
      return [tag, name, commit].flatMap((each) => textIn(each) ?? [])
    }
    return revisionsIn(inner)
  })
}
