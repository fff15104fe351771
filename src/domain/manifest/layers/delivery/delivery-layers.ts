import { memoized } from '../../../source/memoized.ts'
import { gathered } from '../../../source/multimap.ts'
import { canonicalJson, type JsonValue } from '../../json.ts'
import { valuesOf, valuesStatements } from '../charts/read-values.ts'
import { chartsReleased, releaseWritten } from '../charts/release-statements.ts'
import { deliveredPaths, joinedPaths, literalFolder } from '../delivered-paths.ts'
import { type DeliveryObject, isKarmadaKind, isSourceKind, type UnreadDelivery } from '../delivery-objects.ts'
import { identityStatements } from '../kustomize/identity-statements.ts'
import { selectedFiles, selectorOf } from '../kustomize/selected.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { resolvedPath } from '../paths.ts'
import type { Reach } from '../reach.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { weightyValues } from '../silent-values.ts'
import { contentOf, fieldsOf, listIn, textIn, textsIn, without } from '../written.ts'
import { addressOf } from './addresses.ts'
import { renamingsOf } from './delivery-renaming.ts'
import { deliverySays } from './delivery-words.ts'
import { generatorInputs } from './generator-inputs.ts'
import { holdsBack } from './holding-back.ts'
import { postBuildStatements } from './post-build.ts'
import { filesMeantBy, valueFilesOf } from './value-files.ts'
import { readySays, waitingFor } from './waiting-for.ts'

/** All that delivers on one side, and where it leads. */
export interface Delivering {
  readonly objects: readonly DeliveryObject[]
  /** The same object without sources that are another repository. */
  readonly hereOf: (object: DeliveryObject) => DeliveryObject
  readonly reach: Reach
  readonly side: SideFiles
}

/** What Applications, Flux Kustomizations, HelmReleases, and what those draw from, say of the mesh manifests that they deliver. */
export function deliveryLayers(delivering: Delivering): readonly Layer[] {
  const values = delivering.objects.flatMap((object) => [
    ...valueLayers(object, delivering),
    ...inputLayers(object, delivering),
  ])
  const delivered = gathered(
    delivering.objects.map((object) => [`${identityOf(object)} ${object.file.path}`, object] as const),
  )
  return [
    ...[...delivered.values()].flatMap((objects) => layerOf(objects, delivering)),
    ...new Map(
      values.map((each) => [canonicalJson([each.name, each.statements.map(({ reach }) => reach)]), each]),
    ).values(),
  ]
}

/** What is written once and delivered several times says all that it becomes. */
function layerOf(objects: readonly DeliveryObject[], delivering: Delivering): readonly Layer[] {
  const [object] = objects
  if (object === undefined) return []
  return [
    {
      kind: object.kind,
      name: object.name,
      ...(object.namespace !== undefined && { namespace: object.namespace }),
      file: object.file,
      range: object.range,
      statements: objects.flatMap((each) => [
        ...statementsOf(each, delivering),
        ...takingTheName(each, delivering),
      ]),
    },
  ]
}

/** Of two objects of one name a cluster has the one applied last: what the other delivers may go with it, wherever this one leads. */
function takingTheName(object: DeliveryObject, delivering: Delivering): readonly LayerStatement[] {
  const others = (namesakes(delivering).get(identityOf(object)) ?? []).filter(
    ({ file }) => file.path !== object.file.path,
  )
  return others.map((other) => ({
    what: { hasNameOf: other.file.path },
    reach: reachOf(other, delivering),
  }))
}

const namesakes = memoized(({ objects }: Delivering) => Map.groupBy(objects, identityOf))

function identityOf({ kind, namespace, name }: DeliveryObject): string {
  return canonicalJson([kind, namespace ?? null, name])
}

/** The files of values that an object hands to a chart, each by itself: they have owners of their own. */
function valueLayers(object: DeliveryObject, delivering: Delivering): readonly Layer[] {
  const { side } = delivering
  const charts = isForeign(object, delivering) ? [] : chartsReleased(delivering.hereOf(object), side)
  return valueFilesOf(object)
    .flatMap((written) => filesMeantBy(written, side.files))
    .map((file) => ({
      kind: 'values',
      name: file.path,
      file,
      statements:
        charts === undefined
          ? [{ what: { values: weightyValues(contentOf(file)) }, reach: reachOf(object, delivering) }]
          : charts.flatMap((chart) => valuesStatements(valuesOf(file), chart, side)),
    }))
}

/** What gives the generators of an ApplicationSet their values, each by itself. */
function inputLayers(object: DeliveryObject, delivering: Delivering): readonly Layer[] {
  const reach = reachOf(object, delivering)
  return generatorInputs(object, delivering.side).map(({ file, says }) => ({
    kind: 'input of a generator',
    name: file.path,
    file,
    statements: [{ what: says, reach }],
  }))
}

function statementsOf(object: DeliveryObject, delivering: Delivering): readonly LayerStatement[] {
  const reach = reachOf(object, delivering)
  if (object.kind === 'ApplicationSet') return applicationSet(object, reach, delivering)
  const variables = object.kind === 'Kustomization' ? postBuildStatements(object, reach, delivering) : []
  const { side } = delivering
  const leadsNowhere = reach.length === 0 && (side.leads?.size ?? 0) === 0
  const released = leadsNowhere ? undefined : releaseWritten(delivering.hereOf(object), side)
  return [
    { what: deliverySays(released?.object ?? object), reach },
    ...held(object, reach),
    ...awaited(object, delivering),
    ...(released?.values ?? []),
    ...variables,
    ...renamed(object, reach, delivering),
  ]
}

function awaited(object: DeliveryObject, delivering: Delivering): readonly LayerStatement[] {
  const waiting = waitingFor(object, delivering.objects)
  return waiting.length === 0 ? [] : [{ what: readySays(object), reach: ofAll(waiting, delivering) }]
}

function held(object: DeliveryObject, reach: LayerStatement['reach']): readonly LayerStatement[] {
  return holdsBack(object).map((what) => ({ what, reach, isHeld: true }))
}

/** The files of others whose names what it delivers gets. */
function renamed(
  object: DeliveryObject,
  reach: LayerStatement['reach'],
  { side }: Delivering,
): readonly LayerStatement[] {
  if (reach === 'mesh') return []
  return renamingsOf(object).flatMap((renaming) => identityStatements(renaming, { files: reach, side }))
}

/** The files with mesh manifests that an object delivers, as far as it says so itself. */
export function reachOf(object: DeliveryObject, delivering: Delivering): LayerStatement['reach'] {
  const { kind, name } = object
  if (kind === 'AppProject') {
    return ofAll(
      delivering.objects.filter((each) => each.kind === 'Application' && each.spec['project'] === name),
      delivering,
    )
  }
  if (isSourceKind(kind))
    return ofAll(
      delivering.objects.filter((each) => drawsFrom(each, object)),
      delivering,
    )
  if (isKarmadaKind(kind)) return selectedBy(object, delivering)
  if (isForeign(object, delivering)) return []
  const paths = deliveredPaths(delivering.hereOf(object))
  return paths === 'mesh' ? paths : [...new Set(paths.flatMap((path) => delivering.reach.below(path)))]
}

/**
 * Karmada names objects by kind and name, or leaves the name out; without a selector it means all. A policy that has a namespace
 * is for that alone.
 */
function selectedBy(
  { kind, namespace, spec }: DeliveryObject,
  { side }: Delivering,
): LayerStatement['reach'] {
  const own = kind.startsWith('Cluster') ? undefined : namespace
  const all = meshBelow('', side)
  const written = listIn(spec['resourceSelectors']).map(fieldsOf)
  if (written.length === 0) return own === undefined ? 'mesh' : all.filter((path) => isIn(own, path, side))
  const found = written.flatMap((each) => {
    const there = textIn(each['namespace']) ?? own
    const files = selectedFiles(selectorOf(each), all, side)
    return there === undefined ? files : files.filter((path) => isIn(there, path, side))
  })
  return [...new Set(found)]
}

/** Whether a file has something in a namespace, or something that says none. */
function isIn(namespace: string, path: string, { mesh }: SideFiles): boolean {
  return (mesh.get(path) ?? []).some((each) => each.namespace === undefined || each.namespace === namespace)
}

function ofAll(objects: readonly DeliveryObject[], delivering: Delivering): LayerStatement['reach'] {
  const reaches = objects.map((each) => reachOf(each, delivering))
  return reaches.includes('mesh')
    ? 'mesh'
    : [...new Set(reaches.flatMap((each) => (each === 'mesh' ? [] : each)))]
}

function sourceRefOf({ spec }: DeliveryObject) {
  return fieldsOf(
    spec['sourceRef'] ?? fieldsOf(fieldsOf(spec['chart'])['spec'])['sourceRef'] ?? spec['chartRef'],
  )
}

function drawsFrom(object: DeliveryObject, source: DeliveryObject): boolean {
  const { kind, name } = sourceRefOf(object)
  return kind === source.kind && name === source.name
}

/** Of another repository than the one that Flux itself is installed from, as far as both are written here. */
function isForeign(object: DeliveryObject, { objects }: Delivering): boolean {
  const repositories = repositoriesIn(objects)
  const { kind, name } = sourceRefOf(object)
  const own = repositories.get('flux-system')
  const source = kind === 'GitRepository' ? repositories.get(textIn(name) ?? '') : undefined
  return (
    own !== undefined &&
    source !== undefined &&
    addressOf(textIn(own.spec['url']) ?? '') !== addressOf(textIn(source.spec['url']) ?? '')
  )
}

const repositoriesIn = memoized(
  (objects: readonly DeliveryObject[]): ReadonlyMap<string, DeliveryObject> =>
    new Map(objects.flatMap((each) => (each.kind === 'GitRepository' ? [[each.name, each]] : []))),
)

/** An element of a list is a statement by itself: who adds one says nothing of the others. */
function applicationSet(
  object: DeliveryObject,
  reach: LayerStatement['reach'],
  { side, reach: leads }: Delivering,
): readonly LayerStatement[] {
  const { generators = null } = object.spec
  const elements = elementsIn(generators).map((element) => ({
    element,
    folders: textsIn(element).flatMap((text) => foldersNamed(text, '', side)),
  }))
  const reachOfElement = (folders: readonly string[]) =>
    folders.length === 0 ? reach : folders.flatMap((folder) => leads.below(folder))
  const rest = {
    ...object,
    spec: { ...object.spec, generators: without(generators, (field) => field === 'elements') },
  }
  const isListed = isOfLists(generators) && elements.every(({ folders }) => folders.length > 0)
  const whole =
    reach === 'mesh' && isListed
      ? [...new Set(elements.flatMap(({ folders }) => folders.flatMap((folder) => leads.below(folder))))]
      : reach
  return [
    { what: deliverySays(rest), reach: whole },
    ...held(object, whole),
    ...elements.map(({ element, folders }) => ({ what: { element }, reach: reachOfElement(folders) })),
  ]
}

/** Nothing but the elements of lists says which Applications there are. */
function isOfLists(generators: JsonValue): boolean {
  return listIn(generators).every((each) =>
    Object.keys(fieldsOf(each)).every((field) => field === 'list' || field === 'selector'),
  )
}

function elementsIn(value: JsonValue): readonly JsonValue[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => elementsIn(each))
  return Object.entries(fieldsOf(value)).flatMap(([field, inner]) =>
    field === 'elements' ? listIn(inner) : elementsIn(inner ?? null),
  )
}

/** The folder with files that a text names, from where it stands or from the root. */
export function foldersNamed(text: string, from: string, side: SideFiles): readonly string[] {
  if (text === '' || text === '.' || !/^[\w./-]+$/.test(text)) return []
  const paths = [resolvedPath(from, text), resolvedPath('', text)].flatMap((each) => each || [])
  return [...new Set(paths)].filter((path) => filesBelow(path, side).length > 0)
}

/** A document that is a template delivers the folders that it names, or any. */
export function unreadDeliveryLayer({ file, range, text }: UnreadDelivery, { reach }: Delivering): Layer {
  const written = [...text.matchAll(/^[ \t-]*path:[ \t]*["']?(?<path>[^\s"'#]+)/gm)]
  const paths = joinedPaths(written.map(({ groups }) => literalFolder(groups?.['path'] ?? '')))
  const folders = paths === 'mesh' ? paths : paths.flatMap((path) => reach.below(path))
  const unmarked = text.replaceAll(/^[ \t]*#.*$/gm, '').trim()
  return {
    kind: 'template of a delivery',
    name: file.path,
    file,
    range,
    statements: [{ what: { template: unmarked }, reach: folders }],
  }
}
