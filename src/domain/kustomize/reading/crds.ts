import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { YamlNode } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { isNothing, textOf, valueAt } from '../values/tree.ts'
import { type Configuration, mergedConfiguration, noConfiguration } from './configuration.ts'
import { refuse } from './refused-text.ts'

/**
 * A file of `crds`: definitions of Go types by their names, in which `x-kubernetes-` keys say which fields hold names, labels
 * and annotations. An ordinary CustomResourceDefinition is none, and ends the build.
 */
export function configurationOfCrds(file: SourceFile): Configuration {
  const [document] = parseYaml(file, { id: 'invalid-manifest' })
  if (document !== undefined && document.root === undefined) return refuse(document)
  const root = document?.root
  if (document === undefined || (root !== undefined && isNothing(root))) return noConfiguration
  if (root?.kind !== 'map') return fail('invalid-yaml', document.range, '')
  return root.entries.reduce((configuration, { key, value }) => {
    if (value.kind !== 'map' && !isNothing(value)) return fail('wrong-type', value.range, key)
    if (!['kind', 'apiVersion', 'metadata'].every((field) => property(value, field) !== undefined))
      return configuration
    const kind = key.split('.').at(-1) ?? ''
    const own = fieldsOf(key, { types: root, kind, path: [], open: [] })
    return own.reduce((before, each) => mergedConfiguration(before, each, value.range), configuration)
  }, noConfiguration)
}

function property(definition: YamlNode, name: string): YamlNode | undefined {
  return valueAt(valueAt(valueAt(definition, 'Schema'), 'properties'), name)
}

interface Walk {
  readonly types: YamlNode
  readonly kind: string
  readonly path: readonly string[]
  /** The types on the way, which are not entered once more. */
  readonly open: readonly string[]
}

function fieldsOf(type: string, walk: Walk): readonly Configuration[] {
  const properties = valueAt(valueAt(valueAt(walk.types, type), 'Schema'), 'properties')
  if (properties?.kind !== 'map' || walk.open.includes(type)) return []
  return properties.entries.flatMap(({ key, value }) => {
    const path = [...walk.path, key]
    const reference = textOf(valueAt(value, '$ref'))
    const below = reference === '' ? [] : fieldsOf(reference, { ...walk, path, open: [...walk.open, type] })
    return [...said(value, walk.kind, path), ...below]
  })
}

function said(value: YamlNode, kind: string, path: readonly string[]): readonly Configuration[] {
  const spec = { group: '', version: '', kind, path: path.join('/'), create: false }
  const has = (key: string) => valueAt(value, `x-kubernetes-${key}`) !== undefined
  const text = (key: string) => textOf(valueAt(value, `x-kubernetes-${key}`))
  const all: Configuration[] = []
  if (has('annotation')) all.push({ ...noConfiguration, commonAnnotations: [spec] })
  if (has('label-selector')) all.push({ ...noConfiguration, commonLabels: [spec] })
  if (has('identity')) all.push({ ...noConfiguration, namePrefix: [spec] })
  if (has('object-ref-api-version') && has('object-ref-kind')) {
    const name = has('object-ref-name-key') ? text('object-ref-name-key') : 'name'
    const to = { group: '', version: text('object-ref-api-version'), kind: text('object-ref-kind') }
    all.push({
      ...noConfiguration,
      nameReference: [{ to, from: [{ ...spec, path: [...path, name].join('/') }] }],
    })
  }
  return all
}
