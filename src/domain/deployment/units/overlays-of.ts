import type { Passing } from '../../kustomize/item.ts'
import { sameValue, textOf, textsIn, valueAt } from '../../kustomize/values/tree.ts'
import { kustomizationIn } from '../../manifest/layers/kustomization.ts'
import { isBelow, resolvedPath } from '../../manifest/layers/paths.ts'
import { listIn, textsIn as textsOfList } from '../../manifest/layers/written.ts'
import type { Overlay, SourceFile, SourceRange } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'
import type { Unit } from './unit.ts'

/** What made of an object what is delivered: a kustomization, or the object that delivers it. */
export type MadeBy = Overlay | { readonly by: 'deployer'; readonly over?: Overlay }

/** What a unit builds: the kustomization as it is written, where it is, and as the deployer builds it. */
interface BuiltKustomization {
  readonly unit: Unit
  readonly written: SourceFile | undefined
  readonly built: SourceFile
}

/**
 * What made another object of what is written, last: the outermost kustomization that changes what it is called or says. Whoever only
 * lists it, fills in a namespace that it does not name, or puts labels on it changes nothing. What a deployer says of all that it
 * delivers makes nothing its own; its patches and components do.
 */
export function overlaysOf(of: BuiltKustomization): (passed: readonly Passing[]) => MadeBy | undefined {
  const saidBy = speakers(of)
  return (passed) => {
    let over: Overlay | undefined
    for (const { path, at } of passed.filter(isOverlaid)) {
      const below = over && { over }
      const speaker = path === of.built.path ? saidBy(at) : 'kustomization'
      if (speaker === 'deployer') return { by: speaker, ...below }
      const saidIn = at.length === 0 ? [path] : [...new Set(at.map(({ file }) => file.path))]
      if (speaker === 'kustomization') over = { path, saidIn, ...below }
    }
    return over
  }
}

type Speaker = 'kustomization' | 'deployer' | 'nobody'

/** What a deployer says of single objects. */
const ofSingleObjects = new Set(['patches', 'patchesStrategicMerge', 'patchesJson6902', 'components'])

/** Who says what stands at some places of the kustomization that is built; nobody says of single objects what holds of all. */
function speakers({ unit, written, built }: BuiltKustomization) {
  const { over, folder } = unit
  if (Object.keys(over).length === 0) return (): Speaker => 'kustomization'
  const [document] = parseYaml(built, { id: 'invalid-manifest' })
  const own = (written && kustomizationIn(written)?.body) ?? {}
  const ranges = Object.keys(over).map((field) => {
    const node = document?.root && valueAt(document.root, field)
    const isList = node?.kind === 'sequence'
    const added = isList ? node.items.slice(listIn(own[field]).length) : node === undefined ? [] : [node]
    return { field, added: added.map(({ range }) => range) }
  })
  const components = textsOfList(over['components']).flatMap((path) => resolvedPath(folder, path) ?? [])
  const fieldOf = (at: SourceRange) => {
    if (components.some((inner) => isBelow(at.file.path, inner))) return 'components'
    if (at.file.path !== built.path) return undefined
    return ranges.find(({ field, added }) => isKeyOf(field, at) || added.some((range) => isWithin(at, range)))
      ?.field
  }
  return (places: readonly SourceRange[]): Speaker => {
    const fields = places.map(fieldOf)
    if (fields.some((field) => field !== undefined && ofSingleObjects.has(field))) return 'deployer'
    return places.length === 0 || fields.includes(undefined) ? 'kustomization' : 'nobody'
  }
}

function isWithin(inner: SourceRange, outer: SourceRange): boolean {
  return inner.start >= outer.start && inner.end <= outer.end
}

/** A namespace is said to be set at its key. */
function isKeyOf(field: string, { file, start, end }: SourceRange): boolean {
  return file.text.slice(start, end).replaceAll('"', '') === field
}

/** Whether what is made of an object is another one to the mesh. */
function isOverlaid({ before, after, fillsIn }: Passing): boolean {
  return (
    fillsIn === true ||
    textIn(before, 'name') !== textIn(after, 'name') ||
    isRenamed(textIn(before, 'namespace'), textIn(after, 'namespace')) ||
    saysOtherwise(before, after) ||
    ['labels', 'annotations'].some((field) => readByIstio(before, field) !== readByIstio(after, field))
  )
}

function textIn(node: YamlMap, field: string): string {
  return textOf(valueAt(valueAt(node, 'metadata'), field))
}

function isRenamed(before: string, after: string): boolean {
  return before !== '' && before !== after
}

function saysOtherwise(before: YamlMap, after: YamlMap): boolean {
  const keys = new Set([...before.entries, ...after.entries].map(({ key }) => key))
  return [...keys].some((key) => key !== 'metadata' && !isSame(valueAt(before, key), valueAt(after, key)))
}

function isSame(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && sameValue(a, b))
}

function readByIstio(node: YamlMap, field: string): string {
  const pairs = textsIn(valueAt(valueAt(node, 'metadata'), field))
  return JSON.stringify([...pairs].filter(([key]) => key.includes('istio.io')).toSorted())
}
