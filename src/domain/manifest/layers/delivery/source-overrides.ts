import type { JsonValue } from '../../json.ts'
import type { Layer } from '../layer.ts'
import { folderOf } from '../paths.ts'
import type { Reach } from '../reach.ts'
import { filesNamed, type SideFiles } from '../side-files.ts'
import { documentsIn } from '../written.ts'
import { sourceSays } from './delivery-words.ts'

/** `.argocd-source.yaml`, also with the name of an application, laid over what an Application says of this folder. */
export function sourceOverrides(side: SideFiles, reach: Reach): readonly Layer[] {
  return filesNamed(side, /(?:^|\/)\.argocd-source[^/]*\.yaml$/).map((file) => ({
    kind: '.argocd-source',
    name: file.path,
    file,
    statements: (documentsIn(file) ?? [file.text])
      .map((document) => withoutEmpty(sourceSays(document)))
      .filter((what) => what !== null)
      .map((what) => ({ what, reach: reach.below(folderOf(file.path)) })),
  }))
}

/** What is left of a value without empty lists and objects, into which image updaters write. */
function withoutEmpty(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([field, inner]) => [field, withoutEmpty((inner ?? null) as JsonValue)] as const)
    .filter(([, inner]) => inner !== null)
  if (kept.length === 0) return null
  return Array.isArray(value) ? kept.map(([, inner]) => inner) : Object.fromEntries(kept)
}
