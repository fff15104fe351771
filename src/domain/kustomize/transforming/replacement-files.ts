import { parseYaml } from '../../source/yaml.ts'
import type { YamlNode } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { fileAt, type Layer } from '../layer.ts'
import { replacementShape } from '../reading/kustomization-shape.ts'
import { refuse } from '../reading/refused-text.ts'
import { shaped } from '../reading/shape.ts'
import type { Session } from '../session.ts'
import { textOf, valueAt } from '../values/tree.ts'

/** The replacements of a list: each written there, or in the file that it names, one or a list of them. */
export function replacementsOf(
  layer: Layer,
  session: Session,
  entries: readonly YamlNode[],
): readonly YamlNode[] {
  return entries.flatMap((entry) => {
    const path = valueAt(entry, 'path')
    if (path === undefined || textOf(path) === '') return [entry]
    const targets = valueAt(entry, 'targets')
    if (valueAt(entry, 'source') !== undefined || (targets?.kind === 'sequence' && targets.items.length > 0))
      return fail('invalid-replacement', entry.range, 'path')
    const file = fileAt(layer, session, { path: textOf(path), at: path.range, role: 'replacement' })
    return file === undefined ? [] : inFile(parseYaml(file, { id: 'invalid-manifest' })[0], path)
  })
}

function inFile(
  document: ReturnType<typeof parseYaml>[number] | undefined,
  path: YamlNode,
): readonly YamlNode[] {
  if (document !== undefined && document.root === undefined) return refuse(document)
  const root = document?.root
  if (root === undefined || root.kind === 'scalar')
    return fail('invalid-replacement', document?.range ?? path.range, textOf(path))
  const all = root.kind === 'sequence' ? root.items : [root]
  return all.map((each) => shaped(each, replacementShape, 'replacement'))
}
