import { assertNever } from '../source/assert-never.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { compareDiagnostics } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import { mayReadOtherwise } from '../source/unreadable-text.ts'
import {
  mayExceedLimits,
  type YamlDocument,
  type YamlNode,
  type YamlReader,
  yamlDocuments,
} from '../source/yaml.ts'
import { capped } from './capped.ts'
import { lfsPointers } from './files/lfs-pointers.ts'
import { withoutCompared } from './files/only-compared.ts'
import { readerDifference } from './files/reader-difference.ts'
import { refusedBeside } from './files/refused-beside.ts'
import { isTemplate, templateAt } from './files/template.ts'
import { withoutFiles } from './files/without-files.ts'
import type { Gateway } from './gateway.ts'
import { embeddedObjects } from './kinds/embedded-objects.ts'
import { meshObjects } from './kinds/mesh-objects.ts'
import { namesADecidingKind, namesAnObject, namesTheMesh } from './kinds/names-the-mesh.ts'
import { rewritings } from './layers/git/git-attributes.ts'
import { kustomizeFiles } from './layers/kustomize/kustomize-files.ts'
import { patchParts } from './layers/kustomize/patch-parts.ts'
import { byPath, layersOf } from './layers/layers.ts'
import { type NamedFiles, namedFiles } from './layers/named-files.ts'
import { partlyDeciding } from './layers/partly-deciding.ts'
import type { ObjectName } from './layers/side-files.ts'
import type { ManifestDiagnostic, Manifests, Unreadable } from './manifests.ts'
import { type ReadObject, readObject } from './read-object.ts'
import type { UnmodelledResource } from './resource.ts'
import type { Validation } from './validation/validation.ts'
import type { VirtualService } from './virtual-service.ts'

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
}

interface Collected {
  readonly virtualServices: VirtualService[]
  readonly gateways: Gateway[]
  readonly unmodelled: UnmodelledResource[]
  /** What is within something else: its file is no manifest of the mesh for that. */
  readonly embedded: UnmodelledResource[]
  readonly diagnostics: ManifestDiagnostic[]
  readonly unreadable: Unreadable[]
  readonly refusedBeside: Unreadable[]
}

/**
 * Everything that the files say about the mesh: objects of networking.istio.io, lists unwrapped, with the mistakes in
 * them and Istio's verdict on each, and those of other groups that as a whole decide about requests; not what tests only
 * compare with. Never throws; what cannot be read is listed.
 */
export function parseManifests(files: readonly SourceFile[], reading: ManifestReading): Manifests {
  const collected: Collected = {
    virtualServices: [],
    gateways: [],
    unmodelled: [],
    embedded: [],
    diagnostics: [],
    unreadable: [],
    refusedBeside: [],
  }
  const sorted = files.toSorted((a, b) => compareTexts(a.path, b.path))
  const named = namedFiles(sorted)
  const kustomized = kustomizeFiles(sorted)
  for (const file of sorted.filter(({ path }) => !named.isOnlySaid(path))) {
    const reader = kustomized.has(file.path) ? 'kustomize' : 'plain'
    collectFile(file, { ...reading, reader }, collected)
  }
  collected.unreadable.push(...lfsPointers(sorted, new Set(namesByPath(collected).keys()), named))
  const { links = new Map<string, string>(), unread = new Set<string>() } = reading
  const around = { files: byPath(sorted), links, unread }
  const whole = withoutFiles(
    collected,
    patchParts({ ...around, mesh: namesByPath(collected) }, refusedIn(collected)),
  )
  const names = namesByPath(whole)
  const partly = partlyDeciding(sorted, names)
  const layers = layersOf({ ...around, mesh: joined(names, partly) }, reading.repository)
  const { embedded, ...all } = whole
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
  })
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

interface FileReading extends ManifestReading {
  readonly reader: YamlReader
}

function collectFile(file: SourceFile, reading: FileReading, collected: Collected): void {
  const { reader } = reading
  const difference = reader === 'kustomize' && namesTheMesh(file.text) ? readerDifference(file) : undefined
  if (difference !== undefined) collected.diagnostics.push(difference)
  const mayExceed = mayExceedLimits(file.text)
  const wanted = (text: string) =>
    hidesAnObject(text) || namesADecidingKind(text) || (mayExceed && namesAnObject(text))
  for (const document of yamlDocuments(file, { id: 'invalid-manifest', wanted, reader }))
    if (document.root === undefined) collectUnreadable(document, file, collected)
    else collectObjects(document, document.root, reading, collected)
  if (holdsMesh(file, collected) || reading.alsoMesh?.has(file.path) === true)
    for (const each of refusedBeside(file, reader)) {
      collected.refusedBeside.push(each)
      if (each.template !== true) collected.diagnostics.push({ ...each.diagnostic, severity: 'warning' })
    }
}

/** Of the file that was read last. */
function holdsMesh({ path }: SourceFile, collected: Collected): boolean {
  const { virtualServices, gateways, unmodelled, unreadable } = collected
  const last = [virtualServices.at(-1), gateways.at(-1), unmodelled.at(-1)]
  return last.some((each) => each?.file.path === path) || unreadable.at(-1)?.path === path
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

function collectObjects(
  document: YamlDocument,
  root: YamlNode,
  reading: ManifestReading,
  collected: Collected,
): void {
  const { file } = document.range
  const objects = meshObjects(root)
  collected.embedded.push(...embeddedObjects(root, file))
  if (objects.length > 0) for (const each of capped(document.diagnostics)) collected.diagnostics.push(each)
  for (const object of objects) {
    const read = readObject(object, file, reading)
    for (const each of capped(read.diagnostics)) collected.diagnostics.push(each)
    collectObject(read, file, collected)
  }
}

function collectObject(read: ReadObject, file: SourceFile, collected: Collected): void {
  switch (read.kind) {
    case 'virtual-service':
      collected.virtualServices.push(read.resource)
      break
    case 'gateway':
      collected.gateways.push(read.resource)
      break
    case 'unmodelled':
      collected.unmodelled.push(read.resource)
      break
    case 'undecodable':
      collected.unreadable.push({ path: file.path, diagnostic: read.because, object: true })
      break
    default:
      assertNever(read)
  }
}

/** Kubernetes may read an object here that nobody sees, and any may decide: a Service, an Application, an Ingress. */
function hidesAnObject(text: string): boolean {
  return mayReadOtherwise(text) && namesAnObject(text)
}

/** A document that does not parse concerns the mesh if its text names a group that routes or forbids. */
function collectUnreadable(document: YamlDocument, file: SourceFile, collected: Collected): void {
  const text = file.text.slice(document.range.start, document.range.end)
  const [diagnostic] = document.diagnostics
  // What is given up for a limit of ours Kubernetes may read.
  const isHidden = hidesAnObject(text) || (document.overLimit === true && namesAnObject(text))
  if (diagnostic === undefined || !(namesTheMesh(text) || isHidden)) return
  if (isTemplate(document)) {
    collected.unreadable.push(templateAt(document))
    return
  }
  for (const each of capped(document.diagnostics)) collected.diagnostics.push(each)
  collected.unreadable.push({ path: file.path, diagnostic })
}
