import type { SourceFile } from '../../../source/source-file.ts'
import { kustomizationIn, pathsIn } from '../kustomization.ts'

/** What Kustomize reads with its own reader; JSON patches are read as everything else is. */
const fields = ['resources', 'bases', 'patchesStrategicMerge', 'patches']

/**
 * The files that a kustomization of the repository names as a resource or a patch: Kustomize reads them, and prints what
 * Kubernetes reads then.
 */
export function kustomizeFiles(files: readonly SourceFile[]): ReadonlySet<string> {
  const kustomizations = files.flatMap((file) => kustomizationIn(file) ?? [])
  return new Set(kustomizations.flatMap((each) => fields.flatMap((field) => pathsIn(each, field))))
}
