import { isBelow } from '../../manifest/layers/paths.ts'
import { nearestName } from '../../manifest/validation/values/nearest-name.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import { entryOf, type YamlNode, type YamlScalar } from '../../source/yaml-node.ts'
import { configurationMistake } from './configuration-fault.ts'
import { folderAt } from './configuration-values.ts'
import type { KnownRule } from './effect.ts'

/**
 * What a schema cannot say: rules must exist and be configurable, and meshes have different names. Looks at whatever
 * has the right shape, so that one mistake does not hide another.
 */
export function meaningMistakes(root: YamlNode, knownRules: readonly KnownRule[]): readonly Diagnostic[] {
  const configured = slugMistakes(keysOf(root, 'rules'), knownRules, 'rule-configured')
  const suppressed = slugMistakes(scalarsOf(root, 'suppress', 'rule'), knownRules, 'rule-suppressed')
  return [
    ...configured,
    ...suppressed,
    ...doubles(scalarsOf(root, 'meshes', 'name')),
    ...unitMistakes(unitsOf(root)),
  ]
}

/** A unit as it is written, as far as it has the right shape. */
interface WrittenUnit {
  readonly path: Word
  readonly folder: string
  readonly kind: string
  readonly mesh: string
}

function unitsOf(root: YamlNode): readonly WrittenUnit[] {
  const node = root.kind === 'map' ? entryOf(root, 'units')?.value : undefined
  const items = node?.kind === 'sequence' ? node.items : []
  return items.flatMap((item) => {
    const read = (key: string) => {
      const value = item.kind === 'map' ? entryOf(item, key)?.value : undefined
      return value?.kind === 'scalar' && value.text !== '' ? value : undefined
    }
    const path = read('path')
    const of = { kind: read('kind')?.text ?? '', mesh: read('mesh')?.text.trim() ?? '' }
    return path === undefined ? [] : [{ path, folder: folderAt(path.text), ...of }]
  })
}

/** One folder is one unit of each mesh, and what a unit takes with everything below it is no other's. */
function unitMistakes(units: readonly WrittenUnit[]): readonly Diagnostic[] {
  return units.flatMap(({ path: { text, range }, folder, mesh }, at) => {
    const isTwice = units.slice(0, at).some((other) => other.folder === folder && other.mesh === mesh)
    const outer = units.find(
      (other) =>
        other.kind === 'recursive-directory' && other.folder !== folder && isBelow(folder, other.folder),
    )
    return [
      ...(isTwice ? [configurationMistake('unit-twice', range, text)] : []),
      ...(outer === undefined ? [] : [configurationMistake('unit-within', range, text, outer.path.text)]),
    ]
  })
}

type Word = Pick<YamlScalar, 'text' | 'range'>

function keysOf(root: YamlNode, section: string): readonly Word[] {
  const node = root.kind === 'map' ? entryOf(root, section)?.value : undefined
  return node?.kind === 'map' ? node.entries.map(({ key, keyRange }) => ({ text: key, range: keyRange })) : []
}

/** The texts under one key of each item of a list. */
function scalarsOf(root: YamlNode, section: string, key: string): readonly Word[] {
  const node = root.kind === 'map' ? entryOf(root, section)?.value : undefined
  const items = node?.kind === 'sequence' ? node.items : []
  return items.flatMap((item) => {
    const value = item.kind === 'map' ? entryOf(item, key)?.value : undefined
    return value?.kind === 'scalar' && value.text !== '' ? [value] : []
  })
}

function slugMistakes(
  words: readonly Word[],
  known: readonly KnownRule[],
  code: 'rule-configured' | 'rule-suppressed',
): readonly Diagnostic[] {
  return words.flatMap(({ text, range }): readonly Diagnostic[] => {
    const rule = known.find((each) => each.id === text)
    if (rule?.configurable) return []
    if (rule !== undefined) return [configurationMistake(code, range, text)]
    const configurable = known.filter((each) => each.configurable).map((each) => each.id)
    return [configurationMistake('unknown-rule', range, text, nearestName(text, configurable))]
  })
}

function doubles(names: readonly Word[]): readonly Diagnostic[] {
  return names
    .filter(({ text }, at) => names.findIndex((other) => other.text === text) !== at)
    .map(({ text, range }) => configurationMistake('mesh-twice', range, text))
}
