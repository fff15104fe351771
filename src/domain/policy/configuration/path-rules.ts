import type { Manifests } from '../../manifest/manifests.ts'
import { divideMeshes, type MeshDivision, onlyMesh } from '../../routing/meshes/mesh-division.ts'
import { matchesAny } from './glob.ts'
import type { Policy } from './policy.ts'

/** What the configuration says about the files of a repository, by their paths. */
export interface PathRules {
  /** Whether a file may hold manifests: included and not excluded. */
  isManifest(path: string): boolean
  /** The configured mesh of a file; undefined where no entry names it, or no mesh is configured. */
  meshOf(path: string): string | undefined
  /** The namespace of manifests in this file that do not name one; undefined where no entry says. */
  namespaceOf(path: string): string | undefined
}

/** Compiles the globs of `manifests`, `meshes` and `namespaces`. The first entry that matches a path decides. */
export function pathRules({ manifests, meshes, namespaces }: Policy): PathRules {
  const included = matchesAny(manifests.include)
  const excluded = matchesAny(manifests.exclude)
  const ofMesh = meshes.map(({ name, paths }) => ({ name, matches: matchesAny(paths) }))
  const ofNamespace = namespaces.map(({ namespace, paths }) => ({ namespace, matches: matchesAny(paths) }))
  return {
    isManifest: (path) => included(path) && !excluded(path),
    meshOf: (path) => ofMesh.find((entry) => entry.matches(path))?.name,
    namespaceOf: (path) => ofNamespace.find((entry) => entry.matches(path))?.namespace,
  }
}

/** The meshes of one side: as configured, or else as folders and deployers say. */
export function meshesUnder(policy: Policy, manifests: Manifests): MeshDivision {
  return policy.meshes.length === 0 ? divideMeshes(manifests, policy.istio) : configuredMeshes(policy)
}

/**
 * The meshes that the configuration names: by the unit that it states, by the folder that a unit delivers, else by the file; else the
 * cluster that it goes to, and where nothing says that, by the folder of the object that delivers it.
 */
export function configuredMeshes(policy: Policy): MeshDivision {
  const { meshOf } = pathRules(policy)
  const meshIn = (folder: string) =>
    meshOf(folder === '' ? 'kustomization.yaml' : `${folder}/kustomization.yaml`)
  return {
    meshOf: ({ file, unit }) =>
      unit?.mesh ??
      (unit && meshIn(unit.folder)) ??
      meshOf(file.path) ??
      unit?.destination ??
      (unit?.by === undefined ? undefined : meshIn(unit.by)) ??
      onlyMesh,
    assumptions: [],
  }
}
