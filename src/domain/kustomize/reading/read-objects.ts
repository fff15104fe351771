import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml, type YamlDocument } from '../../source/yaml.ts'
import type { YamlMap, YamlNode, YamlScalar } from '../../source/yaml-node.ts'
import { attempt, fail, failWith } from '../fault.ts'
import { embeddedText, relocated } from '../values/embedded-text.ts'
import { isEmpty, isNothing, textOf, valueAt, valueWithin } from '../values/tree.ts'
import { refuse } from './refused-text.ts'

/**
 * The objects of a file as Kustomize reads resources and strategic merge patches: lists are unwrapped, empty documents left out.
 * One document that is no object ends the build. A file is read once, however many kustomizations name it.
 */
export function objectsIn(file: SourceFile): readonly YamlMap[] {
  const reading = readingOf(file)
  return 'value' in reading ? reading.value : failWith(reading.fault)
}

const readingOf = memoized((file: SourceFile) =>
  attempt(() => objectsOf(parseYaml(file, { id: 'invalid-manifest', reader: 'kustomize' }))),
)

/** The same of a text that stands in a kustomization. */
export function objectsInText(node: YamlScalar, cut?: (text: string) => string): readonly YamlMap[] {
  const { file, placed } = embeddedText(node, cut)
  const documents = parseYaml(file, { id: 'invalid-manifest', reader: 'kustomize' })
  return objectsOf(
    documents.map((document) => ({
      ...document,
      range: placed(document.range),
      diagnostics: document.diagnostics.map((each) => ({
        ...each,
        ...(each.range && { range: placed(each.range) }),
      })),
      ...(document.root && { root: relocated(document.root, placed) }),
    })),
  )
}

function objectsOf(documents: readonly YamlDocument[]): readonly YamlMap[] {
  const pending: YamlNode[] = documents.flatMap((document) => rootOf(document))
  const objects: YamlMap[] = []
  for (let node = pending.shift(); node !== undefined; node = pending.shift()) {
    const object = checked(node)
    if (object === undefined) continue
    const items = textOf(valueAt(object, 'kind')).endsWith('List') ? valueAt(object, 'items') : undefined
    if (items === undefined) objects.push(object)
    else if (items.kind === 'sequence') pending.push(...items.items)
    else if (!isNothing(items)) fail('not-an-object', items.range, 'items')
  }
  return objects
}

function rootOf(document: YamlDocument): readonly YamlNode[] {
  if (document.root !== undefined) return isNothing(document.root) ? [] : [document.root]
  return refuse(document)
}

/** What has a kind and a name, as every object must; a list needs no name. */
function checked(node: YamlNode): YamlMap | undefined {
  if (isEmpty(node)) return undefined
  if (node.kind !== 'map') return fail('not-an-object', node.range, '')
  const [kind, name] = [valueAt(node, 'kind'), valueWithin(node, 'metadata', 'name')]
  const metadata = valueAt(node, 'metadata')
  if (metadata !== undefined && metadata.kind !== 'map' && !isNothing(metadata))
    fail('not-an-object', metadata.range, 'metadata')
  if (isEmpty(kind) || textOf(kind) === '') fail('not-an-object', node.range, 'kind')
  if (!textOf(kind).endsWith('List') && (isEmpty(name) || textOf(name) === ''))
    fail('not-an-object', node.range, 'metadata.name')
  return node
}
