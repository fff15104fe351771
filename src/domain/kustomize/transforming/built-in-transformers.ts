import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { entryOf } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import type { Item } from '../item.ts'
import type { Layer } from '../layer.ts'
import { withHashes } from '../naming/name-hash.ts'
import { operationsOf, patchesOf, patchSource } from '../patching/patch-sources.ts'
import { byOperations, mergePatched, patched } from '../patching/patches.ts'
import { fieldSpecOf } from '../reading/configuration.ts'
import {
  fieldSpecShape,
  imageShape,
  kustomizationShape,
  patchShape,
  replicaShape,
  selectorShape,
} from '../reading/kustomization-shape.ts'
import { objectsInText } from '../reading/read-objects.ts'
import { entriesAt, type Fields, isOn, itemsAt, type Shape, shaped } from '../reading/shape.ts'
import { retagged, scaled } from '../reading/workloads.ts'
import { leaveOutHash, type Session } from '../session.ts'
import { textOf, valueAt, valueWithin } from '../values/tree.ts'
import { affixed } from './affix.ts'
import { withPairs } from './metadata.ts'
import { inNamespace } from './namespace.ts'
import { replacementsOf } from './replacement-files.ts'
import { replacedBy } from './replacements.ts'
import { valueAdded } from './value-add.ts'

/** Where a transformer stands that is written as an object. */
interface Around {
  readonly layer: Layer
  readonly session: Session
}

interface Applying extends Around {
  readonly items: readonly Item[]
}

type Transformer = (config: YamlMap, applying: Applying) => readonly Item[]

const texts: Shape = { texts: 'text' }
const fieldSpecs: Shape = { list: fieldSpecShape }
const open = (fields: Readonly<Record<string, Shape>>): Fields => ({ fields, open: true })

const specsOf = (config: YamlNode) => itemsAt(config, 'fieldSpecs').map(fieldSpecOf)

const patching = ({ items, session }: Applying) => ({
  items,
  schemas: session.schema.schemas,
  isIncomplete: session.met.notRendered.length > 0,
})

function affixOf(kind: 'prefixes' | 'suffixes', field: string): Transformer {
  return (config, { items }) => {
    const written = valueAt(config, field)
    if (valueAt(config, 'fieldSpecs') === undefined)
      return fail('invalid-transformer', config.range, 'fieldSpecs')
    return affixed(items, {
      kind,
      text: textOf(written),
      at: written?.range ?? config.range,
      fields: specsOf(config),
    })
  }
}

const prefix = affixOf('prefixes', 'prefix')
const suffix = affixOf('suffixes', 'suffix')
const affixShape = open({ prefix: 'text', suffix: 'text', fieldSpecs })

const namespace: Transformer = (config, { items }) => {
  const metadata = valueAt(config, 'metadata')
  const entry = metadata?.kind === 'map' ? entryOf(metadata, 'namespace') : undefined
  const subjects = textOf(valueAt(config, 'setRoleBindingSubjects')) || 'defaultOnly'
  if (subjects !== 'defaultOnly' && subjects !== 'allServiceAccounts' && subjects !== 'none')
    return fail('invalid-transformer', config.range, subjects)
  if (entry?.value.kind !== 'scalar' || entry.value.text === '') return items
  const unsetOnly = isOn(config, 'unsetOnly')
  return inNamespace(items, {
    value: entry.value,
    keyRange: entry.keyRange,
    fields: specsOf(config),
    unsetOnly,
    subjects,
  })
}

const patch: Transformer = (config, applying) => {
  const source = patchSource(applying.layer, applying.session, config)
  return source === undefined ? applying.items : patched(patching(applying), config, source)
}

const jsonPatch: Transformer = (config, applying) => {
  const found = operationsOf(applying.layer, applying.session, config)
  return found === undefined
    ? applying.items
    : byOperations(patching(applying), { ...found, remembers: false })
}

const strategicMerge: Transformer = (config, applying) => {
  const written = valueAt(config, 'patches')
  const objects = [
    ...itemsAt(config, 'paths').flatMap((entry) => patchesOf(applying.layer, applying.session, entry)),
    ...(written?.kind === 'scalar' && written.text !== '' ? objectsInText(written) : []),
  ]
  if (objects.length === 0 && applying.session.met.notRendered.length === 0)
    return fail('no-patch', config.range, '')
  return mergePatched(patching(applying), objects)
}

const replacement: Transformer = (config, { items, layer, session }) =>
  replacementsOf(layer, session, itemsAt(config, 'replacements')).reduce(
    (so, each) => replacedBy({ items: so, isIncomplete: session.met.notRendered.length > 0 }, each),
    items,
  )

const known: Readonly<Record<string, readonly [Fields, Transformer]>> = {
  NamespaceTransformer: [
    open({
      metadata: open({ name: 'text', namespace: 'text' }),
      fieldSpecs,
      unsetOnly: 'flag',
      setRoleBindingSubjects: 'text',
    }),
    namespace,
  ],
  PrefixTransformer: [affixShape, prefix],
  SuffixTransformer: [affixShape, suffix],
  PrefixSuffixTransformer: [
    affixShape,
    (config, applying) => suffix(config, { ...applying, items: prefix(config, applying) }),
  ],
  LabelTransformer: [
    open({ labels: texts, fieldSpecs }),
    (config, { items }) => withPairs(items, entriesAt(config, 'labels'), specsOf(config)),
  ],
  AnnotationsTransformer: [
    open({ annotations: texts, fieldSpecs }),
    (config, { items }) => withPairs(items, entriesAt(config, 'annotations'), specsOf(config)),
  ],
  PatchTransformer: [{ ...patchShape, open: true }, patch],
  PatchJson6902Transformer: [open({ target: selectorShape, path: 'text', jsonOp: 'text' }), jsonPatch],
  PatchStrategicMergeTransformer: [open({ paths: { list: 'text' }, patches: 'text' }), strategicMerge],
  ReplacementTransformer: [
    open({ replacements: kustomizationShape.fields['replacements'] ?? 'anything' }),
    replacement,
  ],
  ImageTagTransformer: [
    open({ imageTag: imageShape, fieldSpecs }),
    (config, { items }) => retagged(items, valueAt(config, 'imageTag') ?? config, specsOf(config)),
  ],
  ReplicaCountTransformer: [
    open({ replica: replicaShape, fieldSpecs }),
    (config, { items }) => scaled(items, valueAt(config, 'replica') ?? config, specsOf(config)),
  ],
  ValueAddTransformer: [
    open({
      value: 'text',
      targets: { list: open({ selector: selectorShape, fieldPath: 'text', filePathPosition: 'whole' }) },
      targetFilePath: 'text',
    }),
    valueAdded,
  ],
  HashTransformer: [open({}), (_, { items, session }) => withHashes(items, leaveOutHash(session))],
}

/** A transformer that is written as an object. One that is not built into Kustomize is a program, and does what nobody knows. */
export function builtInTransformer(node: YamlMap, items: readonly Item[], around: Around): readonly Item[] {
  const kind = textOf(valueAt(node, 'kind'))
  if (textOf(valueAt(node, 'apiVersion')) !== 'builtin') {
    around.session.leaveOut({ code: 'plugin', range: node.range, detail: kind })
    return items
  }
  const found = Object.hasOwn(known, kind) ? known[kind] : undefined
  if (found === undefined)
    return fail('invalid-transformer', valueWithin(node, 'kind')?.range ?? node.range, kind)
  const [shape, transform] = found
  const config = shaped(node, shape, kind)
  return config.kind === 'map' ? transform(config, { ...around, items }) : items
}
