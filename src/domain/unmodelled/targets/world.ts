import type { Comparison } from '../../diff/comparison.ts'
import { dwellingPaths, residentPaths } from '../../manifest/files/residents.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import type { Resource, UnmodelledResource } from '../../manifest/resource.ts'
import type { Owned } from '../../ownership/ownership.ts'
import { type Team, unowned } from '../../ownership/team.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { memoized, memoizedByText } from '../../source/memoized.ts'
import { remembered } from '../../source/remembered.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { Labels, Setting } from '../reach.ts'
import { type Reached, type ReachedBy, reachedBy } from '../reached.ts'
import { dependedUpon, workloadsUpon } from '../reading/depended-upon.ts'
import { type InputsRead, inputsRead } from '../reading/inputs-read.ts'
import { type NamedSecret, namedSecrets } from '../reading/named-secrets.ts'
import { settingOf } from '../reading/setting/setting.ts'
import { type ValuesRead, valuesRead } from '../reading/values-read.ts'

/** Both sides, ready to be asked whose something is. Whatever stands on either side counts. */
export interface World {
  readonly comparison: Comparison
  readonly setting: Setting
  readonly meshes: readonly Mesh[]
  /** Objects that as a whole decide, of one kind. */
  objects(kind: string): readonly UnmodelledResource[]
  /** Objects of which a part decides, of one kind. */
  partial(kind: string): readonly UnmodelledResource[]
  /** Objects of whatever kind that make pods. */
  workloads(): readonly UnmodelledResource[]
  /** Secrets by which something proves who it is. */
  secretsNamed(): readonly NamedSecret[]
  /** Secrets, and ConfigMaps, from which deployers take values. */
  valuesRead(): readonly ValuesRead[]
  /** Where ResourceSets take the inputs from that decide about requests. */
  inputsRead(): readonly InputsRead[]
  /** Whether an object stands on the base side, in a file that stays where it is. */
  isOnBase(resource: Pick<Resource, 'file'>): boolean
  /** Istio Gateways that may run on pods with these labels. */
  gatewaysOn(labels: Labels): readonly Gateway[]
  /** The owners of what lives in a namespace on the base side, of the `Namespace` where that is all; nobody for what nobody owns. */
  residents(namespace: string): readonly Team[]
  /** Whether something of the same owners, or of the same file, lives in a namespace on the base side. */
  isAtHome(resource: Pick<Resource, 'file'>, namespace: string): boolean
  /** The namespaces in which a team has something on the base side. */
  homesOf(team: Team): readonly string[]
  /** Whose an object is as it is delivered. */
  ownerOf(resource: Owned): Team
  /** Who wrote it, whoever makes of it what is delivered. */
  writerOf(resource: Pick<Resource, 'file'>): Team
}

/** The world of a comparison; worked out once, and each part of it only when it is asked for. */
export const worldOf = memoized(createWorld)

function createWorld(comparison: Comparison): World {
  const { base, merged, ownership } = comparison
  const objects = remembered(() =>
    Map.groupBy([...base.manifests.unmodelled, ...merged.manifests.unmodelled], ({ kind }) => kind),
  )
  const partialOfKind = memoizedByText((kind) =>
    onBothSides(comparison, (files) => dependedUpon(files, kind)),
  )
  const meshes = [...base.meshes, ...merged.meshes]
  const pathsIn = memoizedByText((namespace) => residentPaths(base.manifests, namespace))
  const residents = memoizedByText((namespace) =>
    owned(dwellingPaths(base.manifests, namespace).map((path) => ownership.ownersOf(path))),
  )
  const kept = remembered(() => {
    const after = new Set(merged.manifests.files.map(({ path }) => path))
    return new Set(base.manifests.files.map(({ path }) => path).filter((path) => after.has(path)))
  })
  const objectsOfKind = (kind: string) => objects().get(kind) ?? []
  const gateways = meshes.flatMap((mesh) => mesh.gateways)
  const secrets = remembered(() => namedSecrets([...gateways, ...proving.flatMap(objectsOfKind)]))
  const values = remembered(() => onBothSides(comparison, valuesRead))
  const workloads = remembered(() => onBothSides(comparison, workloadsUpon))
  const kinds = { objects: objectsOfKind, partial: partialOfKind, secrets, values, workloads }
  return {
    comparison,
    setting: settingOf(comparison, kinds),
    secretsNamed: secrets,
    valuesRead: values,
    inputsRead: remembered(() => onBothSides(comparison, inputsRead)),
    meshes,
    objects: objectsOfKind,
    partial: partialOfKind,
    workloads,
    isOnBase: ({ file }) => kept().has(file.path),
    gatewaysOn: (labels) => gateways.filter(({ spec }) => mayRunOn(spec.selector ?? {}, labels)),
    residents,
    isAtHome: ({ file }, namespace) =>
      pathsIn(namespace).includes(file.path) ||
      owned(pathsIn(namespace).map((path) => ownership.ownersOf(path))).some(
        ({ key }) => key === ownership.ownersOf(file.path).key,
      ),
    homesOf: ({ key }) => {
      const { virtualServices, gateways, unmodelled } = base.manifests
      const theirs = [...virtualServices, ...gateways, ...unmodelled].filter(
        ({ file }) => key !== unowned.key && ownership.ownersOf(file.path).key === key,
      )
      return [...new Set(theirs.flatMap(({ namespace }) => namespace ?? []))].toSorted()
    },
    ownerOf: (resource) => ownership.teamOf(resource),
    writerOf: ({ file }) => ownership.ownersOf(file.path),
  }
}

/** Kinds that name Secrets, or ConfigMaps, by which something proves who it is, or is deployed. */
const proving = [
  'Gateway',
  'DestinationRule',
  'ListenerSet',
  'XListenerSet',
  'BackendTLSPolicy',
  'GatewayClass',
]

/** What both sides have in common is read once. */
function onBothSides<T>(
  { base, merged }: Comparison,
  read: (files: readonly SourceFile[]) => readonly T[],
): readonly T[] {
  const texts = new Map(base.manifests.files.map(({ path, text }) => [path, text]))
  const changed = merged.manifests.files.filter(({ path, text }) => texts.get(path) !== text)
  return [...read(base.manifests.files), ...read(changed)]
}

/** Nobody can be asked about what nobody owns. */
export function owned(teams: readonly Team[]): readonly Team[] {
  return teams.filter(({ key }) => key !== unowned.key)
}

/** Some objects of others, by their names, and whoever owns them; nobody where there are none. */
export function ownersOf(
  by: ReachedBy,
  objects: readonly Pick<UnmodelledResource, 'name' | 'file' | 'overlay'>[],
  world: World,
): readonly Reached[] {
  if (objects.length === 0) return []
  return [
    reachedBy(
      by,
      objects.map(({ name }) => name),
      owned(objects.map(world.ownerOf)),
    ),
  ]
}

/** Whether a Gateway's selector and the labels of pods, or what selects them, meet: something in common, nothing against it. */
function mayRunOn(selector: Labels, labels: Labels): boolean {
  const keys = Object.keys(selector)
  const shared = keys.filter((key) => Object.hasOwn(labels, key))
  return shared.length > 0 && shared.every((key) => selector[key] === labels[key])
}
