import type { JsonObject, JsonValue } from '../json.ts'
import type { DeliveryObject } from './delivery-objects.ts'
import { resolvedPath } from './paths.ts'
import { documentsIn, fieldsOf, listIn, textIn, textsIn } from './written.ts'

/** The folders that something delivers; `mesh` where that cannot be said. */
export type DeliveredPaths = 'mesh' | readonly string[]

/** A path with marks to be filled in stands for every folder below its literal beginning. */
export function literalFolder(path: string): string | undefined {
  const mark = path.search(/\{\{|\$\{|[*?[]/)
  if (mark === -1) return resolvedPath('', path.replace(/^\/+/, ''))
  const folder = path.slice(0, mark).replace(/[^/]*$/, '')
  return folder === '' || folder === './' ? undefined : resolvedPath('', folder)
}

/** Several places, or any. */
export function joinedPaths(paths: readonly (string | undefined)[]): DeliveredPaths {
  const known = paths.filter((each) => each !== undefined)
  return known.length === paths.length ? known : 'mesh'
}

/** Which folders of this repository an object delivers, as far as it says so itself. */
export function deliveredPaths({ kind, spec }: DeliveryObject): DeliveredPaths {
  switch (kind) {
    case 'Application':
      return ofApplication(spec)
    case 'ApplicationSet':
      return ofApplicationSet(spec)
    case 'Kustomization':
      return joinedPaths(withComponents(textIn(spec['path']) ?? '', spec['components']).map(literalFolder))
    case 'FluxInstance':
      return ofInstance(spec)
    case 'HelmRelease':
      return ofHelmRelease(spec)
    case 'GitRepo':
      return ofGitRepo(spec)
    case 'RootSync':
    case 'RepoSync':
      return ofSync(spec)
    case 'App':
      return joinedPaths(
        listIn(spec['fetch']).flatMap((each) => {
          const { git } = fieldsOf(each)
          return git === undefined ? [] : [literalFolder(textIn(fieldsOf(git)['subPath']) ?? '')]
        }),
      )
    case 'ConfigManagementPlugin':
      return 'mesh'
    default:
      return []
  }
}

/** The folder that is synchronized, and what a patch may put in its place. */
function ofInstance({ sync, kustomize }: JsonObject): DeliveredPaths {
  if (sync === undefined) return []
  const patches = listIn(fieldsOf(kustomize)['patches']).map((each) => textIn(fieldsOf(each)['patch']) ?? '')
  const said = patches.flatMap((text) => documentsIn({ path: '', text }) ?? []).flatMap(pathsSaid)
  return joinedPaths([textIn(fieldsOf(sync)['path']) ?? '', ...said].map(literalFolder))
}

/** A path in a merge patch, or the value of an operation. */
function pathsSaid(patch: JsonValue): readonly string[] {
  const merged = fieldsOf(fieldsOf(patch)['spec'])['path']
  const values = listIn(patch).map((each) => fieldsOf(each)['value'])
  return [merged, ...values].flatMap((each) => textIn(each) ?? [])
}

/** Fleet looks for bundles in the paths, or takes those that are written; in all of it where neither is. */
function ofGitRepo({ paths, bundles }: JsonObject): DeliveredPaths {
  const bases = listIn(bundles).flatMap((each) => textIn(fieldsOf(each)['base']) ?? [])
  const written = [...textsIn(paths), ...bases]
  return joinedPaths((written.length === 0 ? [''] : written).map(literalFolder))
}

/** A chart from elsewhere has no folder here; an image is taken to hold what this repository does. */
function ofSync({ sourceType, git, oci }: JsonObject): DeliveredPaths {
  if (sourceType === 'helm') return []
  const { dir, policyDir } = fieldsOf(sourceType === 'oci' ? oci : git)
  return joinedPaths([literalFolder(textIn(dir) ?? textIn(policyDir) ?? '')])
}

/** The sources of an Application that are folders: a chart from elsewhere has no path here. */
export function sourcesOf(spec: JsonObject): readonly JsonObject[] {
  const several = listIn(spec['sources']).map(fieldsOf)
  return several.length > 0 ? several : [fieldsOf(spec['source'])]
}

function ofApplication(spec: JsonObject): DeliveredPaths {
  const paths = sourcesOf(spec).flatMap(({ path, chart, kustomize }) =>
    chart === undefined && typeof path === 'string'
      ? withComponents(path, fieldsOf(kustomize)['components'])
      : [],
  )
  return joinedPaths(paths.map(literalFolder))
}

/** A path, and the components that are added to what it builds: they are written from there. */
function withComponents(path: string, components: JsonValue | undefined): readonly string[] {
  return [path, ...textsIn(components).map((each) => `${path}/${each}`)]
}

function ofApplicationSet(spec: JsonObject): DeliveredPaths {
  const own = ofApplication(fieldsOf(fieldsOf(spec['template'])['spec']))
  if (own !== 'mesh') return own
  const generated = generatedPaths(spec['generators'])
  return generated.length === 0 ? 'mesh' : joinedPaths(generated.map(literalFolder))
}

/** The patterns of Git generators, however deep they are nested. */
function generatedPaths(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => generatedPaths(each))
  return Object.entries(fieldsOf(value)).flatMap(([field, inner]) =>
    field === 'directories' || field === 'files'
      ? listIn(inner).flatMap((each) => {
          const { path, exclude } = fieldsOf(each)
          return typeof path === 'string' && exclude !== true ? [path] : []
        })
      : generatedPaths(inner),
  )
}

function ofHelmRelease(spec: JsonObject): DeliveredPaths {
  const { chart, sourceRef } = fieldsOf(fieldsOf(spec['chart'])['spec'])
  const kind = textIn(fieldsOf(sourceRef)['kind'])
  if (typeof chart !== 'string' || kind === 'HelmRepository') return []
  return joinedPaths([literalFolder(chart)])
}
