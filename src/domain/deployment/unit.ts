import type { JsonObject, JsonValue } from '../manifest/json.ts'
import { deliveredPaths, literalFolder, sourcesOf } from '../manifest/layers/delivered-paths.ts'
import { type DeliveryObject, deliveriesIn } from '../manifest/layers/delivery-objects.ts'
import { builtUpon, kustomizationIn, pathsIn } from '../manifest/layers/kustomization.ts'
import { fieldsOf, textIn } from '../manifest/layers/written.ts'
import type { SourceFile } from '../source/source-file.ts'

/** What one deployer applies at once: a root of Kustomize, or a folder as an object of Argo CD or Flux delivers it. */
export interface Unit {
  /** Equal on both sides for the same unit. */
  readonly key: string
  /** The file that says that it is delivered, where one does. */
  readonly by?: string
  readonly folder: string
  /** What the deployer lays over what the folder builds, as fields of a kustomization. */
  readonly over: JsonObject
  /** Where an object names no namespace. */
  readonly otherwise?: string
  /** Values of variables in the rendered texts (Flux `postBuild.substitute`). */
  readonly variables: ReadonlyMap<string, string>
  readonly loadRestrictions: 'root only' | 'none'
}

/** The units of one side: kustomizations that no other builds upon, and what is delivered with something laid over it. */
export function unitsOf(files: readonly SourceFile[]): readonly Unit[] {
  const kustomizations = files.flatMap((file) => kustomizationIn(file) ?? [])
  const used = new Set(kustomizations.flatMap((each) => builtUpon.flatMap((field) => pathsIn(each, field))))
  const roots = kustomizations.filter(
    ({ folder, body }) => !used.has(folder) && body?.['kind'] !== 'Component',
  )
  const delivered = files.flatMap((file) => deliveriesIn(file).objects).flatMap(unitsOfDelivery)
  const byKey = [...roots.map(({ folder }) => plainUnit(folder)), ...delivered].map(
    (unit) => [unit.key, unit] as const,
  )
  return [...new Map(byKey).values()]
}

function plainUnit(folder: string): Unit {
  return { key: folder, folder, over: {}, variables: new Map(), loadRestrictions: 'root only' }
}

function unitsOfDelivery(object: DeliveryObject): readonly Unit[] {
  const paths = deliveredPaths(object)
  if (paths === 'mesh') return []
  const { kind, name, namespace = '', spec } = object
  const unit = (folder: string, own: Partial<Unit>): Unit => ({
    ...plainUnit(folder),
    key: `${kind} ${namespace}/${name} ${folder}`,
    by: object.file.path,
    ...own,
  })
  if (kind === 'Kustomization')
    return paths.slice(0, 1).map((folder) => unit(folder, { ...ofFlux(spec), loadRestrictions: 'none' }))
  if (kind !== 'Application') return []
  const otherwise = textIn(fieldsOf(spec['destination'])['namespace'])
  return sourcesOf(spec).flatMap(({ path, kustomize }) => {
    const folder = typeof path === 'string' ? literalFolder(path) : undefined
    if (folder === undefined) return []
    return [unit(folder, { over: overOf(fieldsOf(kustomize), argoFields), ...(otherwise && { otherwise }) })]
  })
}

const argoFields = [
  'namespace',
  'namePrefix',
  'nameSuffix',
  'patches',
  'components',
  'commonLabels',
  'commonAnnotations',
]

const fluxFields = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'components',
  'namePrefix',
  'nameSuffix',
]

/** Flux `kustomize-controller`: `targetNamespace` sets the namespace of everything. */
function ofFlux(spec: JsonObject): Partial<Unit> {
  const { targetNamespace, postBuild } = spec
  const over = overOf(spec, fluxFields)
  const variables = Object.entries(fieldsOf(fieldsOf(postBuild)['substitute'])).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return {
    over: { ...over, ...(typeof targetNamespace === 'string' && { namespace: targetNamespace }) },
    variables: new Map(variables),
  }
}

function overOf(written: JsonObject, fields: readonly string[]): JsonObject {
  const laid = fields.flatMap((field): readonly (readonly [string, JsonValue])[] => {
    const value = written[field]
    return value === undefined || value === null ? [] : [[field, value]]
  })
  return Object.fromEntries(laid)
}
