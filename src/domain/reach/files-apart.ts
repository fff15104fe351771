import { canonicalJson } from '../manifest/json.ts'
import { writtenObjects } from '../manifest/kinds/written-objects.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { identityOf, isWildcard, resolveHost } from '../manifest/names.ts'
import { holdsUnknown } from '../manifest/placeholders/holds-unknown.ts'
import { isUnknown } from '../manifest/placeholders/placeholders.ts'
import { type DelegateName, plainTies, type Ties } from '../manifest/plain/plain-virtual-services.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { gathered } from '../source/multimap.ts'
import type { SourceFile } from '../source/source-file.ts'

/** Both sides, as far as files and what they hold are asked about. */
export interface FilesOfSides {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  /** The paths of all that the proposal changes, whatever it is. */
  readonly changed: ReadonlySet<string>
  readonly clusterDomain: string
  /** What a file holds; only asked of files that have to be read anyway. */
  readonly read: (file: SourceFile) => FileObjects
}

type FileObjects = Pick<Manifests, 'virtualServices' | 'unreadable' | 'diagnostics'>

/** A file of both sides with what ties it to others. */
interface Tied {
  readonly path: string
  readonly ties: readonly Ties[]
  /** It need not be read to know what it is tied to. */
  readonly isPlain: boolean
  readonly isChanged: boolean
}

/**
 * The files that are the same on both sides and that nothing ties to what changes: neither a host, nor a delegate, nor a name, over
 * whatever number of others. Of what they hold nothing can be new. Undefined where anything but routes of VirtualServices at gateways
 * changes, or where it cannot be said what something is tied to: then everything is to be read.
 */
export function filesApart(sides: FilesOfSides): ReadonlySet<string> | undefined {
  const files = tiedFiles(sides)
  if (files === undefined) return undefined
  const all = files.flatMap(({ ties }) => ties)
  if (new Set(all.map(identityOf)).size < all.length) return undefined
  const reached = reachedFrom(files, keysBy(all, sides.clusterDomain))
  return new Set(files.flatMap((each) => (each.isPlain && !reached.has(each) ? [each.path] : [])))
}

function tiedFiles(sides: FilesOfSides): readonly Tied[] | undefined {
  const { base, merged, changed } = sides
  if (base.length !== merged.length) return undefined
  const before = new Map(base.map((file) => [file.path, file]))
  const files: Tied[] = []
  for (const file of merged) {
    const old = before.get(file.path)
    const tied = old === undefined ? undefined : tiedFile(old, file, sides)
    if (tied === undefined) return undefined
    files.push(tied)
  }
  const differing = new Set(files.flatMap(({ path, isChanged }) => (isChanged ? [path] : [])))
  return differing.size > 0 && [...changed].every((path) => differing.has(path)) ? files : undefined
}

function tiedFile(before: SourceFile, after: SourceFile, { read }: FilesOfSides): Tied | undefined {
  const { path } = after
  const isChanged = before !== after
  const plain = isChanged ? undefined : plainTies(after)
  if (plain !== undefined) return { path, ties: [plain], isPlain: true, isChanged }
  const ties = isChanged ? tiesOfChanged(before, after, read) : tiesOf(read(after))
  return ties && { path, ties, isPlain: false, isChanged }
}

/** Nothing where something cannot be read, is refused with all that has its port, or is tied to whatever another tool fills in. */
function tiesOf({ virtualServices, unreadable, diagnostics }: FileObjects): readonly Ties[] | undefined {
  const ties = virtualServices.map(tiesIn)
  const isKnown = ({ namespace, ...each }: Ties) =>
    namespace !== '' &&
    ![each.name, namespace, ...each.hosts, ...each.delegates.flatMap(wordsOf)].some(isUnknown)
  const isRefused = diagnostics.some(({ id }) => id === 'rejected-by-proxy')
  return unreadable.length === 0 && !isRefused && ties.every(isKnown) ? ties : undefined
}

function wordsOf({ name = '', namespace = '' }: DelegateName): readonly string[] {
  return [name, namespace]
}

function tiesIn({ name, namespace = '', spec: { hosts = [], http = [] } }: VirtualService): Ties {
  const delegates = http.flatMap(({ delegate }) => delegate ?? [])
  return { name, namespace, hosts, delegates }
}

/** The ties of both versions, each object once; nothing where more than routes differs between them. */
function tiesOfChanged(
  before: SourceFile,
  after: SourceFile,
  read: FilesOfSides['read'],
): readonly Ties[] | undefined {
  const [old, now] = [before, after].map((file) => tiesOf(read(file)))
  const isRouting = [before, after].every((file) => holdsRoutesAlone(file, read(file)))
  const isSame = canonicalJson(headsOf(read(before))) === canonicalJson(headsOf(read(after)))
  if (old === undefined || now === undefined || !isRouting || !isSame) return undefined
  return now.map((each, at) => ({ ...each, delegates: [...each.delegates, ...(old[at]?.delegates ?? [])] }))
}

function holdsRoutesAlone(file: SourceFile, { virtualServices }: FileObjects): boolean {
  const all = writtenObjects(file, () => true)
  return (
    virtualServices.length > 0 &&
    virtualServices.length === all.length &&
    virtualServices.every((each) => each.refused !== true && !concernsTheMesh(each))
  )
}

/** Whoever takes calls inside the mesh, or lets another tool fill in anything, may have to ask whoever administers all of it. */
function concernsTheMesh({ spec: { hosts = [], gateways = [] }, body }: VirtualService): boolean {
  const isOnMesh = hosts.length > 0 && (gateways.length === 0 || gateways.includes('mesh'))
  return isOnMesh || holdsUnknown(body)
}

/** Everything that is written but routes of requests. */
function headsOf({ virtualServices }: FileObjects) {
  return virtualServices.map(
    ({ body, spec: { hosts = [], gateways = [], exportTo = [], tcp = [], tls = [] } }) => {
      const { spec: _, ...head } = body
      return { head, hosts, gateways, exportTo, routes: tcp.length + tls.length }
    },
  )
}

type KeysOf = (ties: Ties) => readonly string[]

/** What two objects have in common that are tied to each other: names, hosts, and wildcards over both. */
function keysBy(all: readonly Ties[], clusterDomain: string): KeysOf {
  const domain = clusterDomain.toLowerCase()
  const hostsIn = ({ hosts, namespace }: Ties) =>
    hosts.flatMap((host) => namesOf(resolveHost(host.toLowerCase(), namespace, domain), domain))
  const wildcards = new Set(all.flatMap(hostsIn).filter(isWildcard))
  const anywhere = new Set(
    all.flatMap(({ delegates }) => delegates.filter(isAnywhere).map(({ name = '' }) => name)),
  )
  return (ties) => [
    `object ${identityOf(ties)}`,
    ...(anywhere.has(ties.name) ? [`name ${ties.name}`] : []),
    ...ties.delegates.map((each) =>
      isAnywhere(each) ? `name ${each.name ?? ''}` : `object ${each.namespace}/${each.name ?? ''}`,
    ),
    ...hostsIn(ties)
      .flatMap((host) => [host, ...coveringOf(host, wildcards)])
      .map((host) => `host ${host}`),
  ]
}

/** Which namespace is meant where none is written differs between versions of Istio. */
function isAnywhere({ namespace = '' }: DelegateName): boolean {
  return namespace === ''
}

/** A host, and under which names else the mesh has it where it is one of a service. */
function namesOf(host: string, domain: string): readonly string[] {
  const end = [`.svc.${domain}`, '.svc'].find((each) => host.endsWith(each)) ?? ''
  const name = host.slice(0, host.length - end.length)
  return name.split('.').length === 2 ? [name, `${name}.svc`, `${name}.svc.${domain}`] : [host]
}

/** Those that cover a host, or all that it covers. */
function coveringOf(host: string, wildcards: ReadonlySet<string>): readonly string[] {
  if (wildcards.size === 0) return []
  return Array.from(host, (_, at) => `*${host.slice(at + 1)}`).filter((each) => wildcards.has(each))
}

function reachedFrom(files: readonly Tied[], keysOf: KeysOf): ReadonlySet<Tied> {
  const keysIn = new Map(files.map((each) => [each, new Set(each.ties.flatMap(keysOf))]))
  const byKey = gathered([...keysIn].flatMap(([each, keys]) => [...keys].map((key) => [key, each] as const)))
  const reached = new Set(files.filter(({ isChanged }) => isChanged))
  for (const each of reached)
    for (const key of keysIn.get(each) ?? []) {
      for (const other of byKey.get(key) ?? []) reached.add(other)
      byKey.delete(key)
    }
  return reached
}
