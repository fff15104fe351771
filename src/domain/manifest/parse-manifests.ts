import { compareTexts } from '../source/compare-texts.ts'
import { compareDiagnostics } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { YamlReader } from '../source/yaml.ts'
import { lfsPointers } from './files/lfs-pointers.ts'
import { withoutCompared } from './files/only-compared.ts'
import { refusedBeside } from './files/refused-beside.ts'
import { withoutFiles } from './files/without-files.ts'
import type { DeliveryObject } from './layers/delivery-objects.ts'
import { rewritings } from './layers/git/git-attributes.ts'
import { kustomizeFiles } from './layers/kustomize/kustomize-files.ts'
import { patchParts } from './layers/kustomize/patch-parts.ts'
import { byPath, layersOf } from './layers/layers.ts'
import { type NamedFiles, namedFiles } from './layers/named-files.ts'
import { partlyDeciding } from './layers/partly-deciding.ts'
import type { ObjectName } from './layers/side-files.ts'
import { withoutRendered } from './layers/without-rendered.ts'
import type { Manifests, Unreadable } from './manifests.ts'
import type { NotDeployed } from './not-deployed.ts'
import { type Objects, objectsOfFile } from './objects-of-file.ts'
import type { Validation } from './validation/validation.ts'

/** What reading needs to know besides the files. */
export interface ManifestReading extends Validation {
  /** The namespace of what a file holds where an object names none. */
  readonly namespaceOf: (path: string) => string | undefined
  /** Where symbolic links that matter lead, as written, by path. */
  readonly links?: ReadonlyMap<string, string>
  /** Paths at which there is something that was not read as a text. */
  readonly unread?: ReadonlySet<string>
  /** The `owner/repo` of the files, where it is known: to tell objects of Argo CD that deliver another repository. */
  readonly repository?: string
  /** Files that hold an object of the mesh on the other side. */
  readonly alsoMesh?: ReadonlySet<string>
  /** Files that are not looked into: nothing of what they hold can be new. */
  readonly apart?: ReadonlySet<string>
  /** Where the files are as they are delivered: what units make of what is written. */
  readonly delivery?: Delivery
}

/** What is known of the units that deliver the files. */
interface Delivery {
  /** The files as they are written: what layers say is read there. */
  readonly written: readonly SourceFile[]
  /** The kustomizations for which the objects speak that they make. */
  readonly rendered: ReadonlySet<string>
  readonly notDeployed: readonly NotDeployed[]
  /** What delivers them, as it is delivered itself. */
  readonly deployers?: readonly DeliveryObject[]
}

interface Collected extends Objects {
  readonly unreadable: Unreadable[]
  readonly refusedBeside: readonly Unreadable[]
}

/**
 * Everything that the files say about the mesh: objects of networking.istio.io, lists unwrapped, with the mistakes in
 * them and Istio's verdict on each, and those of other groups that as a whole decide about requests; not what tests only
 * compare with. Never throws; what cannot be read is listed.
 */
export function parseManifests(files: readonly SourceFile[], reading: ManifestReading): Manifests {
  const sorted = files.toSorted((a, b) => compareTexts(a.path, b.path))
  const { delivery } = reading
  const written = delivery?.written ?? sorted
  const named = namedFiles(written)
  const kustomized = kustomizeFiles(written)
  const read = sorted
    .filter(({ path }) => !named.isOnlySaid(path) && reading.apart?.has(path) !== true)
    .map((file) => readFile(file, kustomized.has(file.path) ? 'kustomize' : 'plain', reading))
  const collected = collect(read)
  collected.unreadable.push(...lfsPointers(sorted, new Set(namesByPath(collected).keys()), named))
  const { links = new Map<string, string>(), unread = new Set<string>() } = reading
  const around = { files: byPath(written), links, unread }
  const whole = withoutFiles(
    collected,
    patchParts({ ...around, mesh: namesByPath(collected) }, refusedIn(collected)),
  )
  const names = namesByPath(whole)
  const partly = partlyDeciding(sorted, names)
  const layers = layersOf(
    { ...around, mesh: joined(names, partly) },
    { own: reading.repository, delivered: delivery?.deployers },
  ).map((each) => (delivery?.rendered.has(each.file.path) ? withoutRendered(each) : each))
  const { embedded: within, ...all } = whole
  const embedded = within.filter(({ file }) => delivery?.rendered.has(file.path) !== true)
  return withoutCompared({
    ...all,
    unmodelled: [...whole.unmodelled, ...embedded, ...layers],
    rewritten: rewritings(
      sorted,
      deployedFrom(sorted, [...names.keys(), ...layers.map(({ file }) => file.path)], named),
    ),
    diagnostics: whole.diagnostics.toSorted(compareDiagnostics),
    files: sorted,
    partly: new Set(partly.keys()),
    ...(reading.apart && { apart: reading.apart }),
    ...(delivery && { notDeployed: delivery.notDeployed }),
  })
}

interface ReadFile {
  readonly objects: Objects
  readonly beside: readonly Unreadable[]
}

function readFile(file: SourceFile, reader: YamlReader, reading: ManifestReading): ReadFile {
  const objects = objectsOfFile(file, { ...reading, reader, namespace: reading.namespaceOf(file.path) })
  const isMesh = holdsMesh(objects) || reading.alsoMesh?.has(file.path) === true
  return { objects, beside: isMesh ? refusedBeside(file, reader) : [] }
}

function holdsMesh({ virtualServices, gateways, unmodelled, unreadable }: Objects): boolean {
  return virtualServices.length + gateways.length + unmodelled.length + unreadable.length > 0
}

function collect(read: readonly ReadFile[]): Collected {
  const all = read.map(({ objects }) => objects)
  const refused = read.flatMap(({ beside }) => beside)
  const told = refused.filter(({ template }) => template !== true)
  return {
    virtualServices: all.flatMap(({ virtualServices }) => virtualServices),
    gateways: all.flatMap(({ gateways }) => gateways),
    unmodelled: all.flatMap(({ unmodelled }) => unmodelled),
    embedded: all.flatMap(({ embedded }) => embedded),
    diagnostics: [
      ...all.flatMap(({ diagnostics }) => diagnostics),
      ...told.map(({ diagnostic }) => ({ ...diagnostic, severity: 'warning' as const })),
    ],
    unreadable: all.flatMap(({ unreadable }) => unreadable),
    refusedBeside: refused,
  }
}

type Names = ReadonlyMap<string, readonly ObjectName[]>

function joined(some: Names, others: Names): Names {
  const all = new Map(some)
  for (const [path, names] of others) all.set(path, [...(all.get(path) ?? []), ...names])
  return all
}

/** The files of which no object can be in a cluster: each is refused, or cannot even be decoded. */
function refusedIn({ virtualServices, gateways, unmodelled, unreadable }: Collected): ReadonlySet<string> {
  const admitted = [...virtualServices, ...gateways, ...unmodelled].filter((each) => each.refused !== true)
  const others = new Set([
    ...admitted.map(({ file }) => file.path),
    ...unreadable.filter(({ object }) => object !== true).map(({ path }) => path),
  ])
  const refused = [...virtualServices, ...gateways].map(({ file }) => file.path)
  return new Set([...refused, ...unreadable.map(({ path }) => path)].filter((path) => !others.has(path)))
}

/** The files that decide what is deployed: manifests, layers, and what those name. */
function deployedFrom(
  files: readonly SourceFile[],
  known: readonly string[],
  named: NamedFiles,
): ReadonlySet<string> {
  return new Set([...known, ...files.map(({ path }) => path).filter(named.has)])
}

function namesByPath({
  virtualServices,
  gateways,
  unmodelled,
  unreadable,
}: Collected): ReadonlyMap<string, ObjectName[]> {
  const names = new Map<string, ObjectName[]>()
  const add = (path: string, name: ObjectName) => names.set(path, [...(names.get(path) ?? []), name])
  for (const { kind, name, namespace, file } of [...virtualServices, ...gateways, ...unmodelled])
    add(file.path, { kind, name, ...(namespace !== undefined && { namespace }) })
  for (const { path } of unreadable) add(path, { kind: '', name: '' })
  return names
}
