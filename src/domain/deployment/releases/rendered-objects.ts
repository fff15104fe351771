import { gvkOf } from '../../kustomize/naming/identity.ts'
import { isClusterScoped } from '../../kustomize/reading/cluster-scoped.ts'
import { objectsIn } from '../../manifest/kinds/mesh-objects.ts'
import { pathIn } from '../../manifest/layers/paths.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { Folders } from '../folders.ts'
import { type DeliveredObject, withMetadata, withNamespace } from '../units/build-unit.ts'
import { laidOver } from './laid-over.ts'
import { mapAt } from './placed-nodes.ts'
import type { Release } from './release.ts'

/** What helm prints before each document. */
const source = /^# Source: (?<chart>[^/\n]+)\/(?<path>[^\n]+)$/m

/**
 * The objects of what helm printed, each at the template that wrote it, the finest that helm says; at the chart itself where the
 * template is packed or lies in a chart of another name. Nothing where the output cannot be read.
 */
export function renderedObjects(
  text: string,
  release: Release,
  folders: Folders,
): readonly DeliveredObject[] | undefined {
  const documents = printedDocuments(text).map((each) => objectsOf(each, release, folders))
  const printed = documents.every((each) => each !== undefined) ? documents.flat() : undefined
  return printed && laidOver(printed, release.overlays)?.map((each) => placed(each, release))
}

/** Helm divides what it prints at each line that begins with `---`, and writes one itself before each document. */
function printedDocuments(text: string): readonly string[] {
  return text.split(/^---.*$/m).filter((each) => each.trim() !== '')
}

function objectsOf(text: string, release: Release, folders: Folders): readonly DeliveredObject[] | undefined {
  const from = fileOf(text, release, folders)
  const documents = parseYaml({ path: from.path, text }, { id: 'invalid-manifest' })
  if (documents.some(({ root }) => root === undefined)) return undefined
  const range = { file: from, start: 0, end: 0 }
  return documents
    .flatMap(({ root }) => (root === undefined ? [] : objectsIn(root)))
    .map(({ map }) => ({ node: mapAt(map, range), from }))
}

/** Its own first line alone says where a document is from: a template may print others like it. */
function fileOf(text: string, { chart, drawn }: Release, folders: Folders): SourceFile {
  const path = source.exec(text)?.groups?.['path'] ?? ''
  const within = /^charts\/(?<name>[^/]+)\/(?<rest>.*)$/.exec(path)?.groups
  const folder = drawn.get(within?.['name'] ?? '')
  const file =
    (folder === undefined ? undefined : folders.file(pathIn(folder, within?.['rest'] ?? ''))) ??
    folders.file(pathIn(chart, path)) ??
    folders.file(pathIn(chart, 'Chart.yaml'))
  return file ?? { path: pathIn(chart, 'Chart.yaml'), text: '' }
}

/** What names no namespace is applied in that of the release; labels and annotations of Flux come last. */
function placed(object: DeliveredObject, { namespace, metadata }: Release): DeliveredObject {
  const node = metadata === undefined ? object.node : withMetadata(object.node, metadata)
  if (namespace === undefined || isClusterScoped(gvkOf(node))) return { ...object, node }
  return { ...object, node: withNamespace(node, namespace) }
}
