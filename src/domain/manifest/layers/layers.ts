import type { SourceFile } from '../../source/source-file.ts'
import type { UnmodelledResource } from '../resource.ts'
import { chartLayers, takenForCharts } from './charts/chart-layers.ts'
import { helmfiles } from './charts/helmfiles.ts'
import { deliveredPaths } from './delivered-paths.ts'
import { type Delivering, deliveryLayers, unreadDeliveryLayer } from './delivery/delivery-layers.ts'
import { withoutForeignSources } from './delivery/foreign-sources.ts'
import { jsonnetFiles } from './delivery/jsonnet-files.ts'
import { skaffolds } from './delivery/skaffolds.ts'
import { skippedFiles } from './delivery/skipped-files.ts'
import { sourceOverrides } from './delivery/source-overrides.ts'
import { toolComments } from './delivery/tool-comments.ts'
import { withoutPatches } from './delivery/without-patches.ts'
import { type DeliveryObject, deliveriesIn } from './delivery-objects.ts'
import { ignoreLayers } from './git/ignore-files.ts'
import { linkLayers } from './git/link-layers.ts'
import { submodules } from './git/submodules.ts'
import { type Kustomization, kustomizationIn } from './kustomization.ts'
import { kustomizationStatements } from './kustomize/kustomization-statements.ts'
import { type Layer, resourceOfLayer } from './layer.ts'
import { createReach } from './reach.ts'
import type { SideFiles } from './side-files.ts'
import { carvelConfigurations } from './tools/carvel-configurations.ts'
import { fleetBundles } from './tools/fleet-bundles.ts'
import { kptPackages } from './tools/kpt-packages.ts'
import { syncSelectors } from './tools/sync-selectors.ts'
import { unknownDeliverers } from './tools/unknown-deliverers.ts'
import { yttFiles } from './tools/ytt-files.ts'

/**
 * Everything of one side that decides whether, where and how mesh manifests are deployed: kustomizations, charts, the
 * objects of Argo CD and Flux, helmfiles, ignore files, links. None of it is rendered; each says in normal form what it
 * says, and whom it reaches. What reaches no mesh manifest is left out. `own`: the `owner/repo` of the files, where that is known.
 */
export function layersOf(side: SideFiles, own?: string): readonly UnmodelledResource[] {
  const files = [...side.files.values()]
  const kustomizations = files.flatMap((file) => kustomizationIn(file) ?? [])
  const found = files.map(deliveriesIn)
  const objects = withoutPatches(
    found.flatMap((each) => each.objects),
    kustomizations,
  )
  const here = withoutForeignSources(objects, side, own)
  const deliveries = here.flatMap((object) => {
    const paths = deliveredPaths(object)
    return paths === 'mesh' ? [] : paths.map((path) => ({ path, file: object.file.path }))
  })
  const reach = createReach(side, kustomizations, deliveries)
  const byObject = new Map(objects.map((object, at) => [object, here[at] ?? object]))
  const hereOf = (object: DeliveryObject) => byObject.get(object) ?? object
  const delivering: Delivering = { objects, hereOf, reach, side }
  const byFolder = Map.groupBy(kustomizations, ({ folder }) => folder)
  const around = {
    side,
    reach,
    folders: new Set(byFolder.keys()),
    at: (folder: string) => byFolder.get(folder) ?? [],
  }
  const layers = [
    ...kustomizations.map((each) => layerOf(each, () => kustomizationStatements(each, around))),
    ...deliveryLayers(delivering),
    ...found.flatMap(({ unread }) => unread.map((each) => unreadDeliveryLayer(each, delivering))),
    ...chartLayers(side, reach),
    ...takenForCharts(delivering),
    ...jsonnetFiles(delivering),
    ...sourceOverrides(side, reach),
    ...fleetBundles(side, reach),
    ...kptPackages(side, reach),
    ...yttFiles(delivering),
    ...carvelConfigurations(delivering),
    ...syncSelectors(side),
    ...unknownDeliverers(side, reach),
    ...helmfiles(side, reach),
    ...skaffolds(side, reach),
    ...ignoreLayers({ side, reach, kustomizations }),
    ...skippedFiles(side),
    ...toolComments(side),
    ...submodules(side),
    ...linkLayers(side, reach),
  ]
  return layers.flatMap(resourceOfLayer)
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
