import { currentId } from '../../kustomize/naming/identity.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import { gathered } from '../../source/multimap.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { YamlMap } from '../../source/yaml-node.ts'
import { objectsOfFile } from '../argo-cd/directory-objects.ts'
import type { Both } from '../both.ts'
import { partsOf } from '../delivered-files.ts'
import { type DeliveredObject, isDelivered } from '../units/build-unit.ts'
import type { BuiltUnit } from '../units/built-unit.ts'
import { isByHand } from '../units/unit.ts'

/** An object that a unit delivered and none does any more, although it stands in a file: perhaps no cluster has it then. */
export interface LetGo {
  readonly node: YamlMap
  /** The file in which it stands now. */
  readonly file: SourceFile
  /** The unit that delivered it, and the path at which it was written then. */
  readonly unit: string
  readonly from: string
}

/** What units let go of. A root that nobody is known to apply, and that is no more, is applied by its files as well as before. */
export function letGoIn(units: Both<readonly BuiltUnit[]>, files: readonly SourceFile[]): readonly LetGo[] {
  const standing = new Set(units.merged.map(({ unit }) => unit.key))
  const before = units.base.filter(({ unit }) => !isByHand(unit) || standing.has(unit.key))
  const kept = byName(units.merged.flatMap(objectsOf))
  const isKept = ({ node }: DeliveredObject) =>
    (kept.get(nameOf(node)) ?? []).some((each) => mayBe(each.node, node))
  const lost = before.flatMap((each) =>
    objectsOf(each)
      .filter((object) => !isKept(object))
      .map(({ node, from }) => ({ node, from: from.path, unit: each.unit.key })),
  )
  if (lost.length === 0) return []
  const taken = new Set(units.merged.flatMap(partsOf))
  const named = byName(lost)
  return files
    .filter(({ path }) => !taken.has(path))
    .flatMap((file) =>
      objectsOfFile(file).flatMap(({ node }) => {
        const old = named.get(nameOf(node))?.find((each) => mayBe(each.node, node))
        return old === undefined ? [] : [{ node, file, unit: old.unit, from: old.from }]
      }),
    )
}

/** The files of a side without what is let go of in them. */
export function withoutLetGo(files: readonly SourceFile[], letGo: readonly LetGo[]): readonly SourceFile[] {
  const gone = new Set(letGo.map(({ node }) => node))
  const touched = new Map(letGo.map(({ file }) => [file.path, file]))
  return files.map((file) => {
    const written = touched.get(file.path)
    return written === undefined
      ? file
      : fileOf(
          file.path,
          objectsOfFile(written).flatMap(({ node }) => (gone.has(node) ? [] : [node])),
        )
  })
}

function fileOf(path: string, nodes: readonly YamlMap[]): SourceFile {
  const text = nodes.map((node) => JSON.stringify(jsonOf(node))).join('\n---\n')
  const file = { path, text }
  const range = { file, start: 0, end: text.length }
  return Object.assign(file, { delivered: nodes.map((root) => ({ range, root, diagnostics: [] })) })
}

function objectsOf({ built }: BuiltUnit): readonly DeliveredObject[] {
  return isDelivered(built) ? built.objects : []
}

function byName<T extends { readonly node: YamlMap }>(
  objects: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return gathered(objects.map((each) => [nameOf(each.node), each]))
}

/** Without the version, which a cluster translates, and the namespace, which a file need not say. */
function nameOf(node: YamlMap): string {
  const { group, kind, name } = currentId(node)
  return JSON.stringify([group, kind, name])
}

/** Whoever applies what names no namespace may put it into any. */
function mayBe(a: YamlMap, b: YamlMap): boolean {
  const [one, other] = [currentId(a).namespace, currentId(b).namespace]
  return one === '' || other === '' || one === other
}
