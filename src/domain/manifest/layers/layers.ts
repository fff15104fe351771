import type { SourceFile } from '../../source/source-file.ts'
import { textAt } from '../../source/yaml-node.ts'
import type { UnmodelledResource } from '../resource.ts'
import { chartOfTemplate } from './charts/chart-family.ts'
import { chartLayers, takenForCharts } from './charts/chart-layers.ts'
import { delivering } from './charts/delivering-templates.ts'
import { helmfiles } from './charts/helmfiles.ts'
import { deliveredPaths } from './delivered-paths.ts'
import { type Delivering, deliveryLayers, unreadDeliveryLayer } from './delivery/delivery-layers.ts'
import { withoutForeignSources } from './delivery/foreign-sources.ts'
import { imageAutomation } from './delivery/image-automation.ts'
import { jsonnetFiles } from './delivery/jsonnet-files.ts'
import { skaffolds } from './delivery/skaffolds.ts'
import { skippedFiles } from './delivery/skipped-files.ts'
import { sourceOverrides } from './delivery/source-overrides.ts'
import { toolComments } from './delivery/tool-comments.ts'
import { withHelmCharts } from './delivery/with-helm-charts.ts'
import { withoutPatches } from './delivery/without-patches.ts'
import { type DeliveryObject, deliveriesIn } from './delivery-objects.ts'
import { ignoreLayers } from './git/ignore-files.ts'
import { linkLayers } from './git/link-layers.ts'
import { submodules } from './git/submodules.ts'
import { type Kustomization, kustomizationIn } from './kustomization.ts'
import { kustomizationStatements } from './kustomize/kustomization-statements.ts'
import { type Layer, resourceOfLayer } from './layer.ts'
import { pipelines } from './programs/pipelines.ts'
import { pluginPrograms } from './programs/plugin-programs.ts'
import { programLayers } from './programs/program-layers.ts'
import { createReach } from './reach.ts'
import type { SideFiles } from './side-files.ts'
import { carvelConfigurations } from './tools/carvel-configurations.ts'
import { fleetBundles } from './tools/fleet-bundles.ts'
import { kptPackages } from './tools/kpt-packages.ts'
import { syncSelectors } from './tools/sync-selectors.ts'
import { unknownDeliverers } from './tools/unknown-deliverers.ts'
import { yttFiles } from './tools/ytt-files.ts'

/** What layers are read with. */
export interface LayersReading {
  /** The `owner/repo` of the files, where that is known. */
  readonly own?: string | undefined
  /** What delivers, as it stands in clusters, where that was worked out. */
  readonly delivered?: readonly DeliveryObject[] | undefined
}

/**
 * Everything of one side that decides whether, where and how mesh manifests are deployed: kustomizations, charts, the
 * objects of Argo CD and Flux, helmfiles, ignore files, links. None of it is rendered; each says in normal form what it
 * says, and whom it reaches. What reaches no mesh manifest is left out.
 */
export function layersOf(
  given: SideFiles,
  { own, delivered }: LayersReading = {},
): readonly UnmodelledResource[] {
  const files = [...given.files.values()]
  const kustomizations = files.flatMap((file) => kustomizationIn(file) ?? [])
  const found = files.map(deliveriesIn)
  const written = withoutPatches(
    found.flatMap((each) => each.objects),
    kustomizations,
  )
  const objects = withHelmCharts(asDelivered(written, { side: given, delivered }))
  const here = withoutForeignSources(objects, given, own)
  const deliveries = here.flatMap((object) => {
    const paths = deliveredPaths(object)
    return paths === 'mesh' ? [] : paths.map((path) => ({ path, file: object.file.path }))
  })
  const reach = createReach(given, kustomizations, deliveries)
  const side = { ...given, leads: delivering(given, reach) }
  const byObject = new Map(objects.map((object, at) => [object, here[at] ?? object]))
  const hereOf = (object: DeliveryObject) => byObject.get(object) ?? object
  const around: Delivering = { objects, hereOf, reach, side }
  const byFolder = Map.groupBy(kustomizations, ({ folder }) => folder)
  const building = {
    side,
    reach,
    folders: new Set(byFolder.keys()),
    at: (folder: string) => byFolder.get(folder) ?? [],
  }
  const layers = [
    ...kustomizations.map((each) => layerOf(each, () => kustomizationStatements(each, building))),
    ...deliveryLayers(around),
    ...found.flatMap(({ unread }) => unread.map((each) => unreadDeliveryLayer(each, around))),
    ...chartLayers(side, reach),
    ...takenForCharts(around),
    ...jsonnetFiles(around),
    ...sourceOverrides(side, reach),
    ...fleetBundles(side, reach),
    ...kptPackages(side, reach),
    ...yttFiles(around),
    ...carvelConfigurations(around),
    ...syncSelectors(side),
    ...unknownDeliverers(side, reach),
    ...helmfiles(side, reach),
    ...skaffolds(side, reach),
    ...programLayers(side),
    ...pipelines(around),
    ...pluginPrograms(around),
    ...ignoreLayers({ side, reach, kustomizations }),
    ...skippedFiles(side),
    ...toolComments(side),
    ...imageAutomation(side),
    ...submodules(side),
    ...linkLayers(side, reach),
  ]
  return layers.flatMap(resourceOfLayer)
}

/** What releases charts counts as it is delivered: with patches, with variables, once for every overlay. */
function asDelivered(
  written: readonly DeliveryObject[],
  { side, delivered }: { readonly side: SideFiles; readonly delivered: LayersReading['delivered'] },
): readonly DeliveryObject[] {
  if (delivered === undefined) return written
  const releases = delivered.filter(
    ({ kind, node }) => kind === 'HelmRelease' && textAt(node, 'kind') === kind,
  )
  const isReplaced = ({ kind, file }: DeliveryObject) =>
    kind === 'HelmRelease' && chartOfTemplate(file.path, side) === undefined
  return [...written.filter((each) => !isReplaced(each)), ...releases]
}

function layerOf({ folder, file, range }: Kustomization, statements: () => Layer['statements']): Layer {
  return {
    kind: 'Kustomization',
    name: folder === '' ? '.' : folder,
    file,
    ...(range && { range }),
    statements: statements(),
  }
}

/** The files of one side by path. */
export function byPath(files: readonly SourceFile[]): ReadonlyMap<string, SourceFile> {
  return new Map(files.map((file) => [file.path, file]))
}
