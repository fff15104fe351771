import type { SourceFile } from '../source/source-file.ts'
import { parseYaml, type YamlReader } from '../source/yaml.ts'
import { guessed, told } from '../words/told.ts'
import { canonicalJson } from './json.ts'
import type { ManifestDiagnostic } from './manifests.ts'
import { namesTheMesh } from './names-the-mesh.ts'
import { jsonOf } from './yaml-json.ts'

/**
 * A file that Kustomize builds upon, and that would be another one if it were applied directly: which of the two happens,
 * or both, is not in the repository, so that it is said.
 */
export function readerDifference(file: SourceFile): ManifestDiagnostic | undefined {
  if (said(file, 'plain') === said(file, 'kustomize')) return undefined
  return {
    id: 'invalid-manifest',
    severity: 'warning',
    ...told('Kustomize reads this file otherwise than Kubernetes would; it is taken as Kustomize reads it'),
    range: { file, start: 0, end: 0 },
    todo: guessed('Put words such as `yes` and dates into quotes, and write each key once'),
  }
}

function said(file: SourceFile, reader: YamlReader): string {
  const documents = parseYaml(file, { id: 'invalid-manifest', wanted: namesTheMesh, reader })
  return canonicalJson(documents.map(({ root }) => (root === undefined ? 'unreadable' : jsonOf(root))))
}
