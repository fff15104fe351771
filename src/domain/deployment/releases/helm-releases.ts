import type { NotRendered } from '../../doubt.ts'
import { sha256 } from '../../kustomize/naming/sha256.ts'
import { canonicalJson, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { deliverySays } from '../../manifest/layers/delivery/delivery-words.ts'
import { holdsBack } from '../../manifest/layers/delivery/holding-back.ts'
import type { DeliveryObject } from '../../manifest/layers/delivery-objects.ts'
import { resolvedPath } from '../../manifest/layers/paths.ts'
import { fieldsOf, listIn, textIn } from '../../manifest/layers/written.ts'
import { identityOf } from '../../manifest/names.ts'
import { type Deployer, deployerNamed } from '../deployer.ts'
import { type FluxSourceOf, fluxSources } from '../flux/flux-sources.ts'
import { destinationOfFlux } from '../flux/flux-units.ts'
import { configMapFor } from '../flux/flux-variables.ts'
import { followedBy } from '../revisions.ts'
import { type Declared, valuesIn } from './declared.ts'
import type { Values } from './release.ts'
import type { SideOfReleases } from './side-of-releases.ts'

/** What HelmReleases of Flux release of the charts here. */
export function helmReleases(side: SideOfReleases): readonly Declared[] {
  const sourceOf = fluxSources(side.deployers, side.own)
  return side.deployers
    .filter(({ kind }) => kind === 'HelmRelease')
    .flatMap((object) => {
      const chart = chartOf(object, side, sourceOf)
      return chart === undefined ? [] : [declared(object, chart, side)]
    })
}

function declared(
  object: Deployer,
  chart: Pick<Declared, 'chart' | 'revision' | 'isOfFlux' | 'repository'>,
  side: SideOfReleases,
): Declared {
  const { namespace, spec, file, by } = object
  const deployer = deployerNamed(object)
  const destination = destinationOfFlux(object)
  const into = textIn(spec['targetNamespace']) ?? namespace
  const from = listIn(spec['valuesFrom']).map((each) => valuesFrom(fieldsOf(each), object, side))
  const own: readonly Values[] =
    spec['values'] === undefined ? [] : [{ path: file.path, text: JSON.stringify(spec['values']) }]
  return {
    key: deployer.name,
    deployer,
    by,
    ...chart,
    name: releaseName(object),
    ...(into !== undefined && { namespace: into }),
    ...(destination !== undefined && { destination }),
    values: [...chartValues(spec, side), ...from.flat(), ...own],
    set: [],
    layer: { kind: 'HelmRelease', resource: identityOf(object) },
    rest: restOf(object),
    overlays: listIn(spec['postRenderers']).map(overlayOf),
    ...(spec['commonMetadata'] !== undefined && { metadata: fieldsOf(spec['commonMetadata']) }),
    why: canonicalJson(spec).includes('$' + '{') ? 'filled-in' : undefined,
  }
}

/** A path within a source that is this repository, as far as that is written, and what that follows. */
function chartOf(
  object: Deployer,
  side: SideOfReleases,
  sourceOf: FluxSourceOf,
): Pick<Declared, 'chart' | 'revision' | 'isOfFlux' | 'repository'> | undefined {
  const { chart, sourceRef } = fieldsOf(fieldsOf(object.spec['chart'])['spec'])
  const path = textIn(chart)
  const source = sourceOf(object, sourceRef ?? null)
  if (path === undefined || source.isElsewhere) return undefined
  const folder = resolvedPath('', path.replace(/^\/+/, ''))
  if (folder === undefined || !side.charts.has(folder)) return undefined
  return { chart: folder, ...followedBy(source) }
}

/** Images say nothing of requests. */
function overlayOf(renderer: JsonValue): JsonObject {
  const { images: _, ...overlay } = fieldsOf(fieldsOf(renderer)['kustomize'])
  return overlay
}

/** Names that are too long end in the beginning of their digest. */
function releaseName({ name, spec }: DeliveryObject): string {
  const target = textIn(spec['targetNamespace'])
  const full = textIn(spec['releaseName']) ?? (target === undefined ? name : `${target}-${name}`)
  return full.length > 53 ? `${full.slice(0, 40)}-${sha256(full).slice(0, 12)}` : full
}

function chartValues(spec: JsonObject, side: SideOfReleases): readonly (Values | NotRendered)[] {
  const { valuesFiles, valuesFile, ignoreMissingValuesFiles } = fieldsOf(fieldsOf(spec['chart'])['spec'])
  return [...listIn(valuesFiles), ...listIn(valuesFile)].flatMap((each) => {
    const found = valuesIn(resolvedPath('', textIn(each) ?? ''), side)
    return found === 'values' && ignoreMissingValuesFiles === true ? [] : [found]
  })
}

/** A Secret is never in Git, and a single value goes where no file goes. */
function valuesFrom(
  { kind, name, valuesKey, targetPath, optional }: JsonObject,
  object: Deployer,
  side: SideOfReleases,
): readonly (Values | NotRendered)[] {
  if (kind !== 'ConfigMap' || targetPath !== undefined) return ['values']
  const found = configMapFor(textIn(name) ?? '', object, side.folders)
  const text = textIn(found?.data[textIn(valuesKey) ?? 'values.yaml'])
  if (found === undefined || text === undefined) return optional === true ? [] : ['values']
  return [{ path: found.file.path, text }]
}

/** All but what the rendering shows: which chart, with what, under which name and into which namespace. */
function restOf(object: DeliveryObject): string {
  const { spec, annotations } = deliverySays(object)
  const {
    values: _,
    valuesFrom: _from,
    releaseName: _name,
    targetNamespace: _space,
    postRenderers: _over,
    commonMetadata: _all,
    chart,
    ...rest
  } = fieldsOf(spec)
  const { chart: _chart, valuesFiles: _files, valuesFile: _file, ...source } = fieldsOf(chart)
  return canonicalJson([rest, source as JsonValue, annotations ?? null, [...holdsBack(object)]])
}
