import { memoized } from '../../../source/memoized.ts'
import type { JsonValue } from '../../json.ts'
import { isPartlyDeciding } from '../partly-deciding.ts'
import type { SideFiles } from '../side-files.ts'
import { fieldsOf, textIn } from '../written.ts'

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
  side: SideFiles,
): readonly string[] {
  const index = indexOf(among, side)
  const plain = kind !== undefined && /^\w+$/.test(kind) ? kind : undefined
  const named = name === undefined ? [] : (index.byName.get(name) ?? [])
  const exact = named.filter((each) => plain === undefined || each.kind === plain).map(({ path }) => path)
  if (exact.length > 0) return [...new Set(exact)]
  if (plain === undefined) return index.all
  return isPartlyDeciding(plain) && name !== undefined && /^[\w.-]+$/.test(name)
    ? index.within(plain, name)
    : index.ofKind(plain)
}

interface Index {
  readonly byName: ReadonlyMap<string, readonly { readonly path: string; readonly kind: string }[]>
  readonly all: readonly string[]
  ofKind(kind: string): readonly string[]
  /** Those with an object of the kind whose name is part of another one: most objects of such kinds are not among them. */
  within(kind: string, name: string): readonly string[]
}

/** What some files hold, looked through once: a kustomization may select as often as it likes. */
const indexOf = memoized((among: readonly string[], { mesh, files }: SideFiles): Index => {
  const objects = among.flatMap((path) =>
    (mesh.get(path) ?? []).map(({ kind, name }) => ({ path, kind, name })),
  )
  const byKind = new Map<string, readonly string[]>()
  const mayHold = ({ path, kind: own }: (typeof objects)[number], kind: string) =>
    own === kind || (own === '' && files.get(path)?.text.includes(kind) === true)
  const find = (kind: string) => [
    ...new Set(objects.filter((each) => mayHold(each, kind)).map(({ path }) => path)),
  ]
  const index: Index = {
    byName: Map.groupBy(objects, ({ name }) => name),
    all: [...new Set(objects.map(({ path }) => path))],
    ofKind: (kind) => {
      const found = byKind.get(kind) ?? find(kind)
      byKind.set(kind, found)
      return found
    },
    within: (kind, name) => [
      ...new Set(
        objects.filter((each) => each.kind === kind && name.includes(each.name)).map(({ path }) => path),
      ),
    ],
  }
  return index
})
