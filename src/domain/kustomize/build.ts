import type { YamlNode } from '../source/yaml-node.ts'
import { type Accumulated, merged, nothingYet } from './accumulated.ts'
import type { RenderCache } from './cache.ts'
import { fail, type Place } from './fault.ts'
import { withGenerated } from './generating/generating.ts'
import { havingPassed, type Item, itemOf } from './item.ts'
import { appended, withoutDuplicates } from './items.ts'
import { fileAt, type Layer, layerAt } from './layer.ts'
import { exceed, limits } from './limits.ts'
import type { Role } from './not-rendered.ts'
import { defaultConfiguration, mergedConfiguration, readConfiguration } from './reading/configuration.ts'
import { configurationOfCrds } from './reading/crds.ts'
import { noteObjects, useSchema } from './reading/openapi.ts'
import { objectsIn } from './reading/read-objects.ts'
import { itemsAt } from './reading/shape.ts'
import { adopt, type Session, sessionWithin } from './session.ts'
import { withTransformed, withValidated } from './transforming/transforming.ts'
import { withHolders, withVariables } from './transforming/variables.ts'
import { isRemoteFile, isRepository, isWithin, joined } from './values/paths.ts'
import { isNothing, textOf } from './values/tree.ts'

/** What builds upon folders and files: the session of the layer, and what was built before. */
export interface Building {
  readonly session: Session
  readonly cache: RenderCache
}

/**
 * One kustomization, in Kustomize's order: what it builds upon, its configuration, its generators, its components, which work on
 * all of that, its transformers, its validators, and last its variables.
 */
function accumulated(layer: Layer, before: Accumulated, building: Building): Accumulated {
  const { body } = layer
  const { session } = building
  const resources = [...itemsAt(body, 'resources'), ...itemsAt(body, 'bases')]
  const upon = builtUpon(layer, before, { ...building, entries: resources, role: 'resource' })
  const configured = withConfiguration(layer, upon, session)
  const generated = withGenerated(layer, configured, building)
  const composed = itemsAt(body, 'components').reduce(
    (so, entry) => withComponent(layer, so, { ...building, entry }),
    generated,
  )
  const transformed = withTransformed(layer, composed, building)
  const validated = withValidated(layer, transformed, building)
  const variables = itemsAt(body, 'vars')
  const after = {
    ...validated,
    items: withHolders(validated.items, variables),
    variables: withVariables(validated.variables, variables),
  }
  // What a component changes is changed by the kustomization that names it.
  if (layer.isComponent && layer.above !== undefined) return after
  const own = [...after.variables.keys()].filter((name) => !upon.variables.has(name))
  return { ...after, items: after.items.map(passedBy(layer, own)) }
}

/** What it gives to the variables that are its own is filled in at the very end. */
function passedBy({ file }: Layer, variables: readonly string[]): (item: Item) => Item {
  const marks = variables.map((name) => `$(${name})`)
  return (item) => havingPassed(item, file.path, marks.length > 0 && holdsText(item.node, marks))
}

function holdsText(node: YamlNode, texts: readonly string[]): boolean {
  if (node.kind === 'scalar') return texts.some((text) => node.text.includes(text))
  const values = node.kind === 'map' ? node.entries.map(({ value }) => value) : node.items
  return values.some((value) => holdsText(value, texts))
}

function withConfiguration(layer: Layer, before: Accumulated, session: Session): Accumulated {
  const files = (field: string) =>
    itemsAt(layer.body, field).flatMap((entry) => {
      const file = fileAt(layer, session, { path: stringOf(entry), at: entry.range, role: 'configuration' })
      return file === undefined ? [] : [{ file, at: entry.range }]
    })
  const own = files('configurations').reduce(
    (configuration, { file, at }) => mergedConfiguration(configuration, readConfiguration(file), at),
    defaultConfiguration,
  )
  const merged = mergedConfiguration(before.configuration, own, layer.file.path)
  const all = files('crds').reduce(
    (configuration, { file, at }) => mergedConfiguration(configuration, configurationOfCrds(file), at),
    merged,
  )
  return { ...before, configuration: all }
}

/** A text of a list, where null is an empty one. */
function stringOf(node: YamlNode): string {
  return isNothing(node) ? '' : textOf(node)
}

interface Upon extends Building {
  readonly entries: readonly YamlNode[]
  readonly role: Role
}

/** Files first, then folders: what an entry names, one after the other. */
export function builtUpon(
  layer: Layer,
  before: Accumulated,
  { entries, role, ...building }: Upon,
): Accumulated {
  return entries.reduce((so, entry) => withEntry(layer, so, { ...building, entry, role }), before)
}

interface One extends Building {
  readonly entry: YamlNode
}

function withEntry(
  layer: Layer,
  before: Accumulated,
  { entry, role, ...building }: One & { readonly role: Role },
): Accumulated {
  const { session } = building
  const path = stringOf(entry)
  const place = joined(layer.folder, path)
  const isFile = place !== undefined && ['file', 'not-text'].includes(session.tree(place)?.kind ?? '')
  if (!isFile && !isRemoteFile(path)) return withFolder(layer, before, { ...building, entry })
  const file = fileAt(layer, session, { path, at: entry.range, role })
  if (file === undefined) return before
  const objects = objectsIn(file)
  noteObjects(objects, session)
  const items = objects.map((node) => itemOf(node, node.range))
  return { ...before, items: appended(before.items, items, entry.range) }
}

function withFolder(layer: Layer, before: Accumulated, { entry, ...building }: One): Accumulated {
  const folder = folderAt(layer, entry, building.session)
  if (folder === undefined) return before
  const built = builtFolder(folder, layer, { ...building, entry })
  return merged(before, built, entry.range)
}

/** A component works on everything that is there already. */
function withComponent(layer: Layer, before: Accumulated, { entry, ...building }: One): Accumulated {
  const { session } = building
  const folder = folderAt(layer, entry, session)
  if (folder === undefined) return before
  const inner = opened(folder, layer, { session, at: entry.range })
  if (!inner.isComponent) return fail('not-a-component', entry.range, stringOf(entry))
  const built = accumulated(inner, before, building)
  return { ...built, items: withoutDuplicates(built.items, entry.range) }
}

/** The folder that an entry names; nothing where it is a repository that would be cloned. */
function folderAt(layer: Layer, entry: YamlNode, session: Session): string | undefined {
  const path = stringOf(entry)
  if (path === '') return fail('empty-entry', entry.range, '')
  if (isRepository(path)) {
    session.leaveOut({ code: 'remote-base', range: entry.range, detail: path })
    return undefined
  }
  if (path.startsWith('/')) return fail('absolute-path', entry.range, path)
  const place = joined(layer.folder, path)
  const found = place === undefined ? undefined : session.tree(place)
  if (found?.kind !== 'folder') return fail('missing-file', entry.range, path)
  for (let each: Layer | undefined = layer; each !== undefined; each = each.above)
    if (isWithin(each.folder, found.path)) fail('cycle', entry.range, path)
  return found.path
}

function opened(
  folder: string,
  above: Layer | undefined,
  { session, at }: { readonly session: Session; readonly at: Place },
): Layer {
  session.count.layers += 1
  if (session.count.layers > limits.layers) exceed('layers')
  const layer = layerAt(folder, session, { above, at })
  session.takePart('kustomization', layer.file.path)
  useSchema(layer, session)
  return layer
}

/** What a folder builds to, which does not depend on who builds upon it, but for the schema that holds already. */
function builtFolder(folder: string, above: Layer, { session, cache, entry }: One): Accumulated {
  const known = cache.find(folder, above, session)
  if (known !== undefined) {
    adopt(session, known.met)
    Object.assign(session.schema, known.schema)
    return known.accumulated
  }
  const before = { ...session.schema }
  const own = sessionWithin(session)
  const layer = opened(folder, above, { session: own, at: entry.range })
  if (layer.isComponent) fail('component-as-resource', entry.range, stringOf(entry))
  const result = accumulated(layer, nothingYet, { session: own, cache })
  cache.keep(folder, before, { accumulated: result, met: own.met, schema: { ...session.schema } }, session)
  adopt(session, own.met)
  return result
}

/** The root itself: a kustomization, or a component that is built alone. */
export function builtRoot(
  folder: string,
  building: Building,
): { readonly layer: Layer; readonly all: Accumulated } {
  const layer = opened(folder, undefined, { session: building.session, at: folder })
  return { layer, all: accumulated(layer, nothingYet, building) }
}
