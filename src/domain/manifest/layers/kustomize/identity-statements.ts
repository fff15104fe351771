import { memoized } from '../../../source/memoized.ts'
import { gathered } from '../../../source/multimap.ts'
import type { JsonObject, JsonValue } from '../../json.ts'
import { rootNamespacesIn } from '../../kinds/root-namespaces.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { isPartlyDeciding } from '../partly-deciding.ts'
import type { ObjectName, SideFiles } from '../side-files.ts'
import { documentsIn, fieldsOf, listIn, textIn, textsIn } from '../written.ts'
import type { Built } from './patch-statements.ts'

/** What a layer makes of the names of all that it builds. */
export interface Renaming {
  /** For every object, whatever it says itself. */
  readonly namespace?: string | undefined
  /** For those that say none. */
  readonly otherwise?: string | undefined
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
  /** As they are written, in place or in files. */
  readonly patches?: readonly JsonValue[]
}

/** The files whose objects get names, and what they stand among. */
type Naming = Pick<Built, 'files' | 'side'>

/**
 * The objects that a layer gives the name, or the hosts, of others, which it does not build: by a namespace, a prefix, a
 * suffix or a patch one's own manifest takes the place of what others have under that name.
 */
export function identityStatements(renaming: Renaming, built: Naming): readonly LayerStatement[] {
  const claims = claimsIn(renaming.patches ?? [])
  return [
    ...becomings(renaming, claims, built),
    ...intoRoot(renaming, claims, built),
    ...claims.hosts.flatMap((host) => claiming(host, built)),
  ]
}

/** Where the mesh's own objects are, unless its configuration says otherwise: a policy there is one for all. */
const usualRoot = 'istio-system'

/** Objects that are written for another namespace, or for none, and come to lie in the root namespace. */
function intoRoot(renaming: Renaming, claims: Claims, { files, side }: Naming): readonly LayerStatement[] {
  const isRoot = new Set([usualRoot, ...rootNamespacesIn([...side.files.values()])])
  const entering = files
    .flatMap((path) => side.mesh.get(path) ?? [])
    .filter((object) => !(isRoot.has(object.namespace ?? '') || isPartlyDeciding(object.kind)))
    .flatMap((object) => namesOf(object, renaming, claims))
    .filter(({ namespace = '' }) => isRoot.has(namespace))
  return entering.map((object) => ({ what: { entersRootNamespace: keyOf(object) }, reach: 'mesh' }))
}

function becomings(renaming: Renaming, claims: Claims, { files, side }: Naming): readonly LayerStatement[] {
  const own = new Set(files)
  const holders = holdersIn(side)
  const objects = files.flatMap((path) => side.mesh.get(path) ?? [])
  const keys = objects.flatMap((object) => {
    const same = keyOf(object)
    return namesOf(object, renaming, claims)
      .map(keyOf)
      .filter((key) => key !== same)
  })
  return [...new Set(keys)].flatMap((key) => {
    const reach = (holders.get(key) ?? []).filter((path) => !own.has(path))
    return reach.length === 0 ? [] : [{ what: { becomes: key }, reach }]
  })
}

/** All names that an object may have in the end. */
function namesOf(
  object: ObjectName,
  { namespace, otherwise, prefix = '', suffix = '' }: Renaming,
  claims: Claims,
): readonly ObjectName[] {
  const { kind } = object
  const names = [object.name, ...claims.names].map((name) => `${prefix}${name}${suffix}`)
  const spaces = [namespace || object.namespace || otherwise, ...claims.namespaces]
  return names.flatMap((name) =>
    spaces.map((space) => ({ kind, name, ...(space !== undefined && { namespace: space }) })),
  )
}

/** What patches write into metadata and hosts. */
interface Claims {
  readonly names: readonly string[]
  readonly namespaces: readonly string[]
  readonly hosts: readonly string[]
}

function claimsIn(patches: readonly JsonValue[]): Claims {
  const written = patches.flatMap(operationsIn)
  const at = (path: RegExp) =>
    written.filter((each) => path.test(each.path)).flatMap(({ value }) => textsIn(value))
  return {
    names: at(/^\/metadata\/name$/),
    namespaces: at(/^\/metadata\/namespace$/),
    hosts: [
      ...at(/^\/spec\/hosts(?:\/|$)/),
      // A host has a dot or a star; names and protocols of servers have none.
      ...at(/^\/spec\/servers(?:\/|$)/).filter((text) => /[.*]/.test(text)),
    ].map((host) => host.toLowerCase()),
  }
}

interface Written {
  readonly path: string
  readonly value: JsonValue
}

/** The fields that a patch writes, be it a list of operations or a part of an object. */
function operationsIn(patch: JsonValue): readonly Written[] {
  if (typeof patch === 'string')
    return (documentsIn({ path: '', text: patch }) ?? [])
      .filter((each) => typeof each !== 'string')
      .flatMap(operationsIn)
  if (Array.isArray(patch))
    return patch.flatMap((each: JsonValue) => {
      const { op, path, value = null } = fieldsOf(each)
      if (textIn(op) === undefined) return operationsIn(each)
      return fieldsBelow(textIn(path) ?? '', value as JsonValue)
    })
  const { metadata: _, ...rest } = fieldsOf(patch)
  return fieldsBelow('', rest)
}

function fieldsBelow(path: string, value: JsonValue): readonly Written[] {
  const fields = fieldsOf(value)
  const inner = Object.entries(fields).flatMap(([field, each]) =>
    path.split('/').length > 3 ? [] : fieldsBelow(`${path}/${field}`, each ?? null),
  )
  return [{ path, value }, ...inner]
}

/** A host that others write; a wildcard may take any. */
function claiming(host: string, { files, side }: Naming): readonly LayerStatement[] {
  if (files.length === 0) return []
  if (host.startsWith('*')) return [{ what: { claims: host }, reach: 'mesh' }]
  const own = new Set(files)
  const word = new RegExp(`(?<![\\w.-])${host.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w.-])`, 'i')
  const reach = [...side.mesh]
    .filter(([, objects]) => objects.some(({ kind }) => kind === 'VirtualService' || kind === ''))
    .map(([path]) => path)
    .filter((path) => !own.has(path) && word.test(side.files.get(path)?.text ?? ''))
  return reach.length === 0 ? [] : [{ what: { claims: host }, reach }]
}

/** The files that hold an object of each name. */
const holdersIn = memoized(
  ({ mesh }: SideFiles): ReadonlyMap<string, readonly string[]> =>
    gathered([...mesh].flatMap(([path, objects]) => objects.map((each) => [keyOf(each), path] as const))),
)

function keyOf({ kind, namespace = '', name }: ObjectName): string {
  return `${kind} ${namespace}/${name}`
}

/** The names that fields of Kustomize give, wherever they are written. */
export function renamingIn(fields: JsonObject, patches: readonly JsonValue[]): Renaming {
  const [namespace, prefix, suffix] = ['namespace', 'namePrefix', 'nameSuffix'].map((field) =>
    textIn(fields[field]),
  )
  return { namespace, prefix, suffix, patches }
}

/** The patches under some fields of an object, as they are written in place. */
export function patchesIn(fields: JsonObject): readonly JsonValue[] {
  return ['patches', 'patchesStrategicMerge', 'patchesJson6902'].flatMap((field) =>
    listIn(fields[field]).map((entry) => fieldsOf(entry)['patch'] ?? entry),
  )
}
