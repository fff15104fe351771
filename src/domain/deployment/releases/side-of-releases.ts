import { withHelmCharts } from '../../manifest/layers/delivery/with-helm-charts.ts'
import { type DeliveryObject, deliveriesIn } from '../../manifest/layers/delivery-objects.ts'
import { folderOf } from '../../manifest/layers/paths.ts'
import { documentsIn, fieldsOf, textIn } from '../../manifest/layers/written.ts'
import type { Deployer } from '../deployer.ts'
import { type Folders, foldersOf } from '../folders.ts'
import type { DeployedSide } from '../tree-of-side.ts'
import { unitBuilder } from '../units/built-units.ts'

/** One side, as far as releases are looked for in it. */
export interface SideOfReleases {
  readonly folders: Folders
  /** The folders of charts that render something. */
  readonly charts: ReadonlySet<string>
  readonly objects: readonly DeliveryObject[]
  /** What releases them, as it is delivered: with patches, and for each Application that an ApplicationSet makes. */
  readonly deployers: readonly Deployer[]
  /** Whether something is at a path that is not read as a text, below a folder. */
  readonly unread: ReadonlySet<string>
  /** The `owner/repo` of the files, where it is known. */
  readonly own?: string
}

/** Sorts one side for those who look for releases. */
export function sideOfReleases(side: DeployedSide): SideOfReleases {
  const { files, unread = new Set(), own } = side
  const charts = files
    .filter(({ path }) => /(?:^|\/)Chart\.yaml$/.test(path))
    .filter((file) => textIn(fieldsOf(documentsIn(file)?.[0])['type']) !== 'library')
  return {
    folders: foldersOf(files),
    charts: new Set(charts.map(({ path }) => folderOf(path))),
    objects: files.flatMap((file) => deliveriesIn(file).objects),
    deployers: charts.length === 0 ? [] : withHelmCharts(unitBuilder(side).found(new Set()).deployers),
    unread,
    ...(own !== undefined && { own }),
  }
}
