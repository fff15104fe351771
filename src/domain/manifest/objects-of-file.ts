import { assertNever } from '../source/assert-never.ts'
import { memoized } from '../source/memoized.ts'
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
import { readerDifference } from './files/reader-difference.ts'
import { isTemplate, templateAt } from './files/template.ts'
import type { Gateway } from './gateway.ts'
import { embeddedObjects } from './kinds/embedded-objects.ts'
import { meshObjects } from './kinds/mesh-objects.ts'
import { namesADecidingKind, namesAnObject, namesTheMesh } from './kinds/names-the-mesh.ts'
import type { ManifestDiagnostic, Unreadable } from './manifests.ts'
import { type ReadObject, readObject } from './read-object.ts'
import type { UnmodelledResource } from './resource.ts'
import type { Validation } from './validation/validation.ts'
import type { VirtualService } from './virtual-service.ts'

/** What the text of one file says about the mesh. */
export interface Objects {
  readonly virtualServices: readonly VirtualService[]
  readonly gateways: readonly Gateway[]
  readonly unmodelled: readonly UnmodelledResource[]
  /** What is within something else: its file is no manifest of the mesh for that. */
  readonly embedded: readonly UnmodelledResource[]
  readonly diagnostics: readonly ManifestDiagnostic[]
  readonly unreadable: readonly Unreadable[]
}

/** How one file is read. */
export interface FileReading extends Validation {
  readonly reader: YamlReader
  /** Where an object that names no namespace stands. */
  readonly namespace: string | undefined
}

const readings = memoized((_file: SourceFile) => new Map<string, Objects>())

/** The objects of a file, with the mistakes in them. A file that both sides have is read once. */
export function objectsOfFile(file: SourceFile, reading: FileReading): Objects {
  const { reader, namespace, version } = reading
  const key = JSON.stringify([reader, namespace, version])
  const found = readings(file).get(key) ?? readObjects(file, reading)
  readings(file).set(key, found)
  return found
}

type Collected = { -readonly [Key in keyof Objects]: Objects[Key][number][] }

function readObjects(file: SourceFile, reading: FileReading): Objects {
  const { reader } = reading
  const collected: Collected = {
    virtualServices: [],
    gateways: [],
    unmodelled: [],
    embedded: [],
    diagnostics: [],
    unreadable: [],
  }
  const difference = reader === 'kustomize' && namesTheMesh(file.text) ? readerDifference(file) : undefined
  if (difference !== undefined) collected.diagnostics.push(difference)
  const mayExceed = mayExceedLimits(file.text)
  const wanted = (text: string) =>
    hidesAnObject(text) || namesADecidingKind(text) || (mayExceed && namesAnObject(text))
  for (const document of yamlDocuments(file, { id: 'invalid-manifest', wanted, reader }))
    if (document.root === undefined) collectUnreadable(document, file, collected)
    else collectObjects(document, document.root, reading, collected)
  return collected
}

function collectObjects(
  document: YamlDocument,
  root: YamlNode,
  reading: FileReading,
  collected: Collected,
): void {
  const { file } = document.range
  const objects = meshObjects(root)
  collected.embedded.push(...embeddedObjects(root, file))
  if (objects.length > 0) for (const each of capped(document.diagnostics)) collected.diagnostics.push(each)
  for (const object of objects) {
    const read = readObject(object, file, reading)
    for (const each of capped(read.diagnostics)) collected.diagnostics.push(each)
    collectObject(deliveredBy(document, read), file, collected)
  }
}

function deliveredBy({ unit, overlay }: YamlDocument, read: ReadObject): ReadObject {
  if (unit === undefined) return read
  const how = { unit, ...(overlay && { overlay }) }
  switch (read.kind) {
    case 'virtual-service':
      return { ...read, resource: { ...read.resource, ...how } }
    case 'gateway':
      return { ...read, resource: { ...read.resource, ...how } }
    case 'unmodelled':
      return { ...read, resource: { ...read.resource, ...how } }
    case 'undecodable':
      return read
    default:
      return assertNever(read)
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
