import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { attempt, fail } from '../fault.ts'
import { fileAt, type Layer } from '../layer.ts'
import { objectsIn, objectsInText } from '../reading/read-objects.ts'
import type { Session } from '../session.ts'
import { textOf, valueAt } from '../values/tree.ts'
import { operationsIn } from './json-patch.ts'
import type { PatchSource } from './patches.ts'

/** Where the patch of an entry is: in its text, or in the file that it names; exactly one of both. */
export function patchSource(layer: Layer, session: Session, entry: YamlNode): PatchSource | undefined {
  const [text, path] = [valueAt(entry, 'patch'), valueAt(entry, 'path')]
  const isText = textOf(text).trim() !== ''
  const isPath = textOf(path) !== ''
  if (isText === isPath) return fail('no-patch', entry.range, '')
  if (isText) return text?.kind === 'scalar' ? text : undefined
  return path && fileAt(layer, session, { path: textOf(path), at: path.range, role: 'patch' })
}

/** All patches of `patchesStrategicMerge`: an entry that does not read as objects is the path of a file that does. */
export function strategicPatches(layer: Layer, session: Session): readonly YamlMap[] {
  const entries = valueAt(layer.body, 'patchesStrategicMerge')
  if (entries?.kind !== 'sequence' || entries.items.length === 0) return []
  const patches = entries.items.flatMap((entry) => patchesOf(layer, session, entry))
  if (patches.length === 0 && session.met.notRendered.length === 0) return fail('no-patch', entries.range, '')
  return patches
}

/** The objects of one such entry. */
export function patchesOf(layer: Layer, session: Session, entry: YamlNode): readonly YamlMap[] {
  const inline = entry.kind === 'scalar' ? attempt(() => objectsInText(entry)) : undefined
  if (inline !== undefined && !('fault' in inline)) return inline.value
  const file = fileAt(layer, session, { path: textOf(entry), at: entry.range, role: 'patch' })
  return file === undefined ? [] : objectsIn(file)
}

/** An entry of `patchesJson6902`, which wants the name of its target; `text`: the field that holds operations in place. */
export function operationsOf(
  layer: Layer,
  session: Session,
  entry: YamlNode,
): { readonly target: YamlNode; readonly operations: readonly YamlMap[] } | undefined {
  const target = valueAt(entry, 'target')
  if (target === undefined || textOf(valueAt(target, 'name')) === '')
    return fail('patch-without-target', entry.range, 'target.name')
  const [text, path] = [valueAt(entry, 'patch') ?? valueAt(entry, 'jsonOp'), valueAt(entry, 'path')]
  if ((textOf(text) === '') === (textOf(path) === '')) return fail('no-patch', entry.range, '')
  const file =
    path && textOf(path) !== ''
      ? fileAt(layer, session, { path: textOf(path), at: path.range, role: 'patch' })
      : undefined
  const source = file ?? (text?.kind === 'scalar' && textOf(path) === '' ? text : undefined)
  if (source === undefined) return undefined
  const operations = operationsIn(source)
  if (operations === undefined || operations.length === 0) return fail('invalid-patch', entry.range, '')
  return { target, operations }
}
