import type { YamlNode } from '../../source/yaml-node.ts'
import { entryOf } from '../../source/yaml-node.ts'
import { type Accumulated, nothingYet } from '../accumulated.ts'
import { type Building, builtUpon } from '../build.ts'
import { fail } from '../fault.ts'
import type { Item } from '../item.ts'
import type { Layer } from '../layer.ts'
import { operationsOf, patchSource, strategicPatches } from '../patching/patch-sources.ts'
import { byOperations, mergePatched, patched } from '../patching/patches.ts'
import { fieldSpecOf } from '../reading/configuration.ts'
import { metadataLabels } from '../reading/default-fields.ts'
import { entriesAt, isOn, itemsAt } from '../reading/shape.ts'
import { retagged, scaled } from '../reading/workloads.ts'
import { type FieldSpec, withSpecs } from '../values/field-spec.ts'
import { sameValue, textOf, valueAt } from '../values/tree.ts'
import { affixed } from './affix.ts'
import { builtInTransformer } from './built-in-transformers.ts'
import { withPairs } from './metadata.ts'
import { inNamespace } from './namespace.ts'
import { distinct, inlineOrListed } from './plugins.ts'
import { replacementsOf } from './replacement-files.ts'
import { replacedBy } from './replacements.ts'

type Step = (items: readonly Item[]) => readonly Item[]

/** The transformers of a layer, in the order that Kustomize has for them whatever the order in the file. */
export function withTransformed(layer: Layer, before: Accumulated, building: Building): Accumulated {
  const steps: readonly Step[] = [
    ...patchSteps(layer, building),
    ...identitySteps(layer, before),
    ...metadataSteps(layer, before),
    ...lateSteps(layer, before, building),
    ...pluginSteps(layer, building, 'transformers'),
  ]
  return { ...before, items: steps.reduce((items, step) => step(items), before.items) }
}

function patchSteps(layer: Layer, { session }: Building): readonly Step[] {
  const patching = (items: readonly Item[]) => ({
    items,
    schemas: session.schema.schemas,
    isIncomplete: session.met.notRendered.length > 0,
  })
  return [
    (items) => mergePatched(patching(items), strategicPatches(layer, session)),
    ...itemsAt(layer.body, 'patches').map(
      (entry): Step =>
        (items) => {
          const source = patchSource(layer, session, entry)
          return source === undefined ? items : patched(patching(items), entry, source)
        },
    ),
  ]
}

function identitySteps({ body }: Layer, { configuration }: Accumulated): readonly Step[] {
  const namespace = entryOf(body, 'namespace')
  const affix = (field: 'namePrefix' | 'nameSuffix', kind: 'prefixes' | 'suffixes'): readonly Step[] => {
    const written = valueAt(body, field)
    const text = textOf(written)
    if (written === undefined || text === '') return []
    return [(items) => affixed(items, { kind, text, at: written.range, fields: configuration[field] })]
  }
  const setting = {
    fields: configuration.namespace,
    unsetOnly: false,
    subjects: 'defaultOnly',
  } as const
  const value = namespace?.value
  return [
    ...(namespace !== undefined && value?.kind === 'scalar' && value.text !== ''
      ? [(items: readonly Item[]) => inNamespace(items, { ...setting, value, keyRange: namespace.keyRange })]
      : []),
    ...affix('namePrefix', 'prefixes'),
    ...affix('nameSuffix', 'suffixes'),
  ]
}

function metadataSteps({ body }: Layer, { configuration }: Accumulated): readonly Step[] {
  return [
    ...itemsAt(body, 'labels').map(
      (entry): Step =>
        (items) =>
          withPairs(items, entriesAt(entry, 'pairs'), fieldsOfLabels(entry, configuration)),
    ),
    (items) => withPairs(items, entriesAt(body, 'commonLabels'), configuration.commonLabels),
    (items) => withPairs(items, entriesAt(body, 'commonAnnotations'), configuration.commonAnnotations),
  ]
}

function fieldsOfLabels(entry: YamlNode, configuration: Accumulated['configuration']): readonly FieldSpec[] {
  const own = itemsAt(entry, 'fields').map(fieldSpecOf)
  const fields = withSpecs(own, configuration.labels, entry.range)
  if (isOn(entry, 'includeSelectors')) return withSpecs(fields, configuration.commonLabels, entry.range)
  const templates = isOn(entry, 'includeTemplates') ? configuration.templateLabels : []
  return withSpecs(withSpecs(fields, templates, entry.range), [metadataLabels], entry.range)
}

function lateSteps(layer: Layer, { configuration }: Accumulated, { session }: Building): readonly Step[] {
  const { body } = layer
  const isIncomplete = () => session.met.notRendered.length > 0
  return [
    ...itemsAt(body, 'patchesJson6902').map(
      (entry): Step =>
        (items) => {
          const patch = operationsOf(layer, session, entry)
          const patching = { items, schemas: session.schema.schemas, isIncomplete: isIncomplete() }
          return patch === undefined ? items : byOperations(patching, { ...patch, remembers: false })
        },
    ),
    ...itemsAt(body, 'replicas').map(
      (entry): Step =>
        (items) =>
          scaled(items, entry, configuration.replicas),
    ),
    ...[...itemsAt(body, 'images'), ...itemsAt(body, 'imageTags')].map(
      (entry): Step =>
        (items) =>
          retagged(items, entry, configuration.images),
    ),
    (items) =>
      replacementsOf(layer, session, itemsAt(body, 'replacements')).reduce(
        (so, replacement) => replacedBy({ items: so, isIncomplete: isIncomplete() }, replacement),
        items,
      ),
  ]
}

/** What is written under `transformers` or `validators`: only what is built into Kustomize is known. */
function pluginSteps(
  layer: Layer,
  building: Building,
  field: 'transformers' | 'validators',
): readonly Step[] {
  const { inline, paths } = inlineOrListed(itemsAt(layer.body, field))
  const listed = builtUpon(layer, nothingYet, { ...building, entries: paths, role: 'transformer' })
  return distinct([...inline, ...listed.items.map(({ node }) => node)]).map(
    (node): Step =>
      (items) =>
        builtInTransformer(node, items, { layer, session: building.session }),
  )
}

/** What validators look at they may not change. */
export function withValidated(layer: Layer, before: Accumulated, building: Building): Accumulated {
  for (const step of pluginSteps(layer, building, 'validators')) {
    const after = step(before.items)
    const isSame =
      after.length === before.items.length &&
      after.every(({ node }, index) => {
        const item = before.items[index]
        return item !== undefined && sameValue(node, item.node)
      })
    if (!isSame) fail('validator-changes', layer.file.path, '')
  }
  return before
}
