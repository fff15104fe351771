import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml, type YamlReader } from '../../source/yaml.ts'
import { documentFault } from '../document-fault.ts'
import { canonicalJson } from '../json.ts'
import { namesTheMesh } from '../kinds/names-the-mesh.ts'
import type { ManifestDiagnostic } from '../manifests.ts'
import { jsonOf } from '../yaml-json.ts'

/**
 * A file that Kustomize builds upon, and that would be another one if it were applied directly: which of the two happens,
 * or both, is not in the repository, so that it is said.
 */
export function readerDifference(file: SourceFile): ManifestDiagnostic | undefined {
  if (said(file, 'plain') === said(file, 'kustomize')) return undefined
  return {
    id: 'invalid-manifest',
    severity: 'warning',
    ...documentFault('reader-difference'),
    range: { file, start: 0, end: 0 },
  }
}

function said(file: SourceFile, reader: YamlReader): string {
  const documents = parseYaml(file, { id: 'invalid-manifest', wanted: namesTheMesh, reader })
  return canonicalJson(documents.map(({ root }) => (root === undefined ? 'unreadable' : jsonOf(root))))
}
