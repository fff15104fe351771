import { assertNever } from '../source/assert-never.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { compareDiagnostics } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import { type YamlDocument, type YamlNode, type YamlReader, yamlDocuments } from '../source/yaml.ts'
import { capped } from './capped.ts'
import type { Gateway } from './gateway.ts'
import { kustomizations } from './kustomizations.ts'
import { kustomizeFiles } from './kustomize-files.ts'
import type { ManifestDiagnostic, Manifests, Unreadable } from './manifests.ts'
import { meshObjects } from './mesh-objects.ts'
import { namesTheMesh } from './names-the-mesh.ts'
import { type ReadObject, readObject } from './read-object.ts'
import { readerDifference } from './reader-difference.ts'
import { refusedBeside } from './refused-beside.ts'
import type { UnmodelledResource } from './resource.ts'
import { isTemplate, templateAt } from './template.ts'
import type { Validation } from './validation.ts'
import type { VirtualService } from './virtual-service.ts'

/** What reading needs to know besides the files. */
export interface ManifestReading extends Validation {
  /** The namespace of what a file holds where an object names none. */
  readonly namespaceOf: (path: string) => string | undefined
  /** Files that hold an object of the mesh on the other side. */
  readonly alsoMesh?: ReadonlySet<string>
}

interface Collected {
  readonly virtualServices: VirtualService[]
  readonly gateways: Gateway[]
  readonly unmodelled: UnmodelledResource[]
  readonly diagnostics: ManifestDiagnostic[]
  readonly unreadable: Unreadable[]
  readonly refusedBeside: Unreadable[]
}

/**
 * Everything that the files say about the mesh: objects of networking.istio.io, lists unwrapped, with the mistakes in
 * them and Istio's verdict on each. Other API groups are passed over. Never throws; what cannot be read is listed.
 */
export function parseManifests(files: readonly SourceFile[], reading: ManifestReading): Manifests {
  const collected: Collected = {
    virtualServices: [],
    gateways: [],
    unmodelled: [],
    diagnostics: [],
    unreadable: [],
    refusedBeside: [],
  }
  const sorted = files.toSorted((a, b) => compareTexts(a.path, b.path))
  const kustomized = kustomizeFiles(files)
  for (const file of sorted) {
    const reader = kustomized.has(file.path) ? 'kustomize' : 'plain'
    collectFile(file, { ...reading, reader }, collected)
  }
  return {
    ...collected,
    unmodelled: [...collected.unmodelled, ...kustomizations(files, meshPaths(collected))],
    diagnostics: collected.diagnostics.toSorted(compareDiagnostics),
    files: sorted,
  }
}

interface FileReading extends ManifestReading {
  readonly reader: YamlReader
}

function collectFile(file: SourceFile, reading: FileReading, collected: Collected): void {
  const { reader } = reading
  const difference = reader === 'kustomize' && namesTheMesh(file.text) ? readerDifference(file) : undefined
  if (difference !== undefined) collected.diagnostics.push(difference)
  for (const document of yamlDocuments(file, { id: 'invalid-manifest', wanted: namesTheMesh, reader }))
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

/** The files that hold an object of the mesh, or what may be one. */
export function meshPaths({
  virtualServices,
  gateways,
  unmodelled,
  unreadable,
}: Pick<Manifests, 'virtualServices' | 'gateways' | 'unmodelled' | 'unreadable'>): ReadonlySet<string> {
  const resources = [...virtualServices, ...gateways, ...unmodelled]
  return new Set([...resources.map(({ file }) => file.path), ...unreadable.map(({ path }) => path)])
}

function collectObjects(
  document: YamlDocument,
  root: YamlNode,
  reading: ManifestReading,
  collected: Collected,
): void {
  const { file } = document.range
  const objects = meshObjects(root)
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
      collected.unreadable.push({ path: file.path, diagnostic: read.because })
      break
    default:
      assertNever(read)
  }
}

/** A document that does not parse concerns the mesh if its text names the group. */
function collectUnreadable(document: YamlDocument, file: SourceFile, collected: Collected): void {
  const text = file.text.slice(document.range.start, document.range.end)
  const [diagnostic] = document.diagnostics
  if (diagnostic === undefined || !namesTheMesh(text)) return
  if (isTemplate(document)) {
    collected.unreadable.push(templateAt(document))
    return
  }
  for (const each of capped(document.diagnostics)) collected.diagnostics.push(each)
  collected.unreadable.push({ path: file.path, diagnostic })
}
