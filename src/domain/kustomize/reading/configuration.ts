import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { YamlNode } from '../../source/yaml-node.ts'
import type { Place } from '../fault.ts'
import { type FieldSpec, withSpecs } from '../values/field-spec.ts'
import { textOf, valueAt } from '../values/tree.ts'
import * as defaults from './default-fields.ts'
import { type NameReference, nameReferences } from './default-references.ts'
import { fieldSpecShape } from './kustomization-shape.ts'
import { refuse } from './refused-text.ts'
import { type Fields, isOn, itemsAt, shaped } from './shape.ts'

const plain = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const

/** Which fields each transformer works on. */
export type Configuration = Readonly<Record<(typeof plain)[number], readonly FieldSpec[]>> & {
  readonly nameReference: readonly NameReference[]
}

/** No field at all. */
export const noConfiguration: Configuration = {
  ...(Object.fromEntries(plain.map((field) => [field, []])) as unknown as Omit<
    Configuration,
    'nameReference'
  >),
  nameReference: [],
}

/** What Kustomize works on without being told. */
export const defaultConfiguration: Configuration = {
  namePrefix: defaults.names,
  nameSuffix: defaults.names,
  namespace: defaults.namespaces,
  commonLabels: defaults.commonLabels,
  labels: [],
  templateLabels: defaults.templateLabels,
  commonAnnotations: defaults.commonAnnotations,
  varReference: defaults.variables,
  images: defaults.images,
  replicas: defaults.replicas,
  nameReference: nameReferences,
}

/** Both together; what both say of the same field, and differently, ends the build. */
export function mergedConfiguration(a: Configuration, b: Configuration, at: Place): Configuration {
  if (a === b || b === noConfiguration) return a
  if (a === noConfiguration) return b
  const merged = plain.map((field) => [field, withSpecs(a[field], b[field], at)] as const)
  return {
    ...(Object.fromEntries(merged) as unknown as Omit<Configuration, 'nameReference'>),
    nameReference: b.nameReference.reduce((before, each) => withReference(before, each, at), a.nameReference),
  }
}

/** `references` and one more, with those to the same kind. */
function withReference(
  references: readonly NameReference[],
  one: NameReference,
  at: Place,
): readonly NameReference[] {
  const index = references.findIndex(({ to }) => sameGvk(to, one.to))
  const like = references[index]
  if (like === undefined) return [...references, one]
  return references.with(index, { ...like, from: withSpecs(like.from, one.from, at) })
}

function sameGvk(a: NameReference['to'], b: NameReference['to']): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind
}

const gvkShape = { group: 'text', version: 'text', kind: 'text' } as const

const configurationShape: Fields = {
  fields: {
    ...Object.fromEntries(plain.map((field) => [field, { list: fieldSpecShape }])),
    nameReference: { list: { fields: { ...gvkShape, fieldSpecs: { list: fieldSpecShape } } } },
  },
}

/** A file of `configurations`. What it does not know ends the build. */
export function readConfiguration(file: SourceFile): Configuration {
  const [document] = parseYaml(file, { id: 'invalid-manifest' })
  if (document === undefined) return noConfiguration
  if (document.root === undefined) return refuse(document)
  const root = shaped(document.root, configurationShape, file.path)
  return {
    ...(Object.fromEntries(
      plain.map((field) => [field, itemsAt(root, field).map(fieldSpecOf)]),
    ) as unknown as Omit<Configuration, 'nameReference'>),
    nameReference: itemsAt(root, 'nameReference').map((each) => ({
      to: gvkIn(each),
      from: itemsAt(each, 'fieldSpecs').map(fieldSpecOf),
    })),
  }
}

function gvkIn(node: YamlNode): NameReference['to'] {
  const textAt = (field: string) => textOf(valueAt(node, field))
  return { group: textAt('group'), version: textAt('version'), kind: textAt('kind') }
}

/** A field as a configuration, `labels` or an inline transformer names it. */
export function fieldSpecOf(node: YamlNode): FieldSpec {
  return { ...gvkIn(node), path: textOf(valueAt(node, 'path')), create: isOn(node, 'create') }
}
