import type { JsonValue } from '../json.ts'
import type { SideFiles } from './side-files.ts'
import { fieldsOf, textIn } from './written.ts'

/** What a patch or a replacement selects objects by; what it does not name may be anything. */
export interface Selector {
  readonly kind?: string | undefined
  readonly name?: string | undefined
}

/** The selector that is written under `target` or `select`. */
export function selectorOf(written: JsonValue | undefined): Selector {
  const { kind, name } = fieldsOf(written)
  return { kind: textIn(kind), name: textIn(name) }
}

/** What a document without a selector beside it applies to: the object of its own kind and name. */
export function selectorOfPatch(document: JsonValue): Selector {
  const { kind, metadata } = fieldsOf(document)
  return { kind: textIn(kind), name: textIn(fieldsOf(metadata)['name']) }
}

/**
 * Those of some files that hold an object which is selected. Kinds and names are regular expressions to Kustomize, and
 * names may have got a prefix on the way: where no object has exactly the name, any of the kind may be meant.
 */
export function selectedFiles(
  { kind, name }: Selector,
  among: readonly string[],
  { mesh, files }: SideFiles,
): readonly string[] {
  const isPlain = kind !== undefined && /^\w+$/.test(kind)
  const ofKind = among.filter((path) =>
    (mesh.get(path) ?? []).some(
      (object) =>
        !isPlain ||
        object.kind === kind ||
        (object.kind === '' && files.get(path)?.text.includes(kind) === true),
    ),
  )
  if (name === undefined) return ofKind
  const named = ofKind.filter((path) =>
    (mesh.get(path) ?? []).some((object) => object.name === name && (!isPlain || object.kind === kind)),
  )
  return named.length > 0 ? named : ofKind
}
