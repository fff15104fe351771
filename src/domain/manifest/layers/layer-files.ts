import { isPipeline } from './programs/pipeline-names.ts'
import { isProjectFile, languageOf } from './programs/program-names.ts'

/** Names of files that say something about the files around them, wherever they lie. */
const names =
  /(?:^|\/)(?:kustomization\.ya?ml|Kustomization|Chart\.yaml|values\.schema\.json|values[^/]*\.ya?ml|(?:[^/]+\.)?helmfile\.ya?ml(?:\.gotmpl)?|helmfile\.d\/[^/]+\.gotmpl|fleet\.ya?ml|skaffold[^/]*\.ya?ml|Kptfile|\.argocd-source[^/]*\.yaml|[^/]+\.(?:jsonnet|libsonnet|star)|spec\.json|\.(?:sourceignore|helmignore|fleetignore|krmignore|gitattributes|gitmodules))$/

/**
 * Whether a file is by its name a layer over others: such files lie above, beside or far from the manifests that they
 * decide about, so that no pattern of manifests finds them.
 */
export function isLayerFile(path: string): boolean {
  return names.test(path) || languageOf(path) !== undefined || isProjectFile(path) || isPipeline(path)
}

/** Whether a file may be a kustomization, by its name. */
export function isKustomizationFile(path: string): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path)
}
