import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { type YamlDocument, type YamlNode, type YamlReader, yamlDocuments } from '../../source/yaml.ts'
import { entryOf } from '../../source/yaml-node.ts'
import { documentFault } from '../document-fault.ts'
import { meshObjects } from '../kinds/mesh-objects.ts'
import { namesTheMesh } from '../kinds/names-the-mesh.ts'
import { isKustomizationFile } from '../layers/layer-files.ts'
import type { ManifestDiagnostic, Unreadable } from '../manifests.ts'
import { isTemplate, templateAt } from './template.ts'

/**
 * The documents of a file with objects of the mesh that are none themselves and for which Kubernetes refuses it: kubectl
 * stops at what it cannot parse and reports what is no object; Argo CD and Kustomize give up the file for either.
 */
export function refusedBeside(file: SourceFile, reader: YamlReader): readonly Unreadable[] {
  return readBy[reader](file)
}

const readBy = {
  plain: memoized((file: SourceFile) => readBeside(file, 'plain')),
  kustomize: memoized((file: SourceFile) => readBeside(file, 'kustomize')),
} as const

function readBeside(file: SourceFile, reader: YamlReader): readonly Unreadable[] {
  // A kustomization needs no kind.
  if (isKustomizationFile(file.path)) return []
  return [...yamlDocuments(file, { id: 'invalid-manifest', reader })].flatMap((document) => {
    const { root, range } = document
    if (root !== undefined) return withoutKind(root)
    if (namesTheMesh(file.text.slice(range.start, range.end))) return []
    return [{ ...(isTemplate(document) ? templateAt(document) : brokenAt(document)), beside: true as const }]
  })
}

function brokenAt({ range, diagnostics }: YamlDocument): Unreadable {
  const [first] = diagnostics
  if (first === undefined) throw new Error('A document that cannot be read says why')
  return { path: range.file.path, diagnostic: first }
}

function withoutKind(root: YamlNode): readonly Unreadable[] {
  if (root.kind === 'scalar' && root.value === null) return []
  const kind = root.kind === 'map' ? entryOf(root, 'kind')?.value : undefined
  const isObject = kind?.kind === 'scalar' && typeof kind.value === 'string' && kind.value !== ''
  if (isObject || meshObjects(root).length > 0) return []
  const { file, start } = root.range
  const diagnostic: ManifestDiagnostic = {
    id: 'invalid-manifest',
    severity: 'error',
    ...documentFault('no-kind'),
    range: { file, start, end: start },
  }
  return [{ path: file.path, diagnostic, beside: true }]
}
