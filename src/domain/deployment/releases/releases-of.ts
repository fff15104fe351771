import { chartsOf } from '../../manifest/layers/charts/local-charts.ts'
import { deliveredPaths } from '../../manifest/layers/delivered-paths.ts'
import { folderOf, isBelow, pathIn } from '../../manifest/layers/paths.ts'
import { documentsIn, fieldsOf, textIn } from '../../manifest/layers/written.ts'
import { nameOfDeployer } from '../deployer.ts'
import { placed } from '../units/units-from.ts'
import { applicationReleases } from './application-releases.ts'
import { type Declared, releaseOf } from './declared.ts'
import { helmReleases } from './helm-releases.ts'
import { helmfileReleases } from './helmfile-releases.ts'
import type { Release, UnrenderedRelease } from './release.ts'
import type { SideOfReleases } from './side-of-releases.ts'

/**
 * All releases of charts that lie here: by Argo CD, Flux and helmfile. Whatever else delivers the folder of a chart releases it in a
 * way that is not followed; a chart that nothing names is taken to be released once, with its own values.
 */
export function releasesOf(side: SideOfReleases): readonly (Release | UnrenderedRelease)[] {
  const delivered = [...applicationReleases(side), ...helmReleases(side)]
  const declared = [...placed(delivered, side.deployers), ...helmfileReleases(side)]
  const named = [...declared.map((each) => releaseOf(each, side)), ...notFollowed(declared, side)]
  const taken = new Set([
    ...named.map(({ chart }) => chart),
    ...side.folders.all.flatMap(chartsOf),
    ...named.flatMap((each) => ('why' in each ? [] : [...each.drawn.values()])),
  ])
  const alone = [...side.charts].filter((chart) => !taken.has(chart) && !isWithinAnother(chart, side))
  return [...named, ...alone.map((chart) => releaseOf(byItself(chart, side), side))]
}

/** Objects that deliver the folder of a chart, and of which it is not known what they release. */
function notFollowed(declared: readonly Declared[], side: SideOfReleases): readonly UnrenderedRelease[] {
  const known = new Set(declared.flatMap(({ by, chart }) => by.map((path) => `${path} ${chart}`)))
  return side.objects
    .filter(({ kind }) => deployers.has(kind))
    .flatMap((object) => {
      const paths = deliveredPaths(object)
      const isDelivered = (chart: string) =>
        paths === 'mesh' || paths.some((path) => path === chart || (isBelow(chart, path) && path !== ''))
      return [...side.charts]
        .filter((chart) => isDelivered(chart) && !known.has(`${object.file.path} ${chart}`))
        .map((chart) => ({
          key: `${nameOfDeployer(object)} ${chart}`,
          by: [object.file.path],
          chart,
          why: 'filled-in' as const,
          reads: [],
        }))
    })
}

const deployers: ReadonlySet<string> = new Set([
  'Application',
  'ApplicationSet',
  'HelmRelease',
  'GitRepo',
  'App',
])

/** A chart in the `charts` of another is rendered with that. */
function isWithinAnother(chart: string, { folders }: SideOfReleases): boolean {
  const within = /^(?:(?<above>.*)\/)?charts\/[^/]+$/.exec(chart)
  return within !== null && folders.file(pathIn(within.groups?.['above'] ?? '', 'Chart.yaml')) !== undefined
}

function byItself(chart: string, { folders }: SideOfReleases): Declared {
  const path = pathIn(chart, 'Chart.yaml')
  const file = folders.file(path)
  const name = textIn(fieldsOf(file && documentsIn(file)?.[0])['name'])
  return {
    key: `Chart ${chart}`,
    by: [path],
    chart,
    name: name ?? folderOf(chart),
    values: [],
    set: [],
    rest: '',
  }
}
