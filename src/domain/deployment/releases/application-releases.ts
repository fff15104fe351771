import type { NotRendered } from '../../doubt.ts'
import { canonicalJson, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { literalFolder, sourcesOf } from '../../manifest/layers/delivered-paths.ts'
import { addressOf, ownerAndRepo } from '../../manifest/layers/delivery/addresses.ts'
import { deliverySays } from '../../manifest/layers/delivery/delivery-words.ts'
import { holdsBack } from '../../manifest/layers/delivery/holding-back.ts'
import { fileOfSource, refNamedBy } from '../../manifest/layers/delivery/value-files.ts'
import type { DeliveryObject } from '../../manifest/layers/delivery-objects.ts'
import { fieldsOf, listIn, textIn } from '../../manifest/layers/written.ts'
import { identityOf } from '../../manifest/names.ts'
import { sourceInFolder } from '../argo-cd/argo-units.ts'
import { destinationOf, isOpen } from '../argo-cd/destinations.ts'
import { type Deployer, deployerNamed } from '../deployer.ts'
import { repositoryOf, revisionOfSource } from '../revisions.ts'
import { type Declared, valuesIn } from './declared.ts'
import type { ChartParameter, Values } from './release.ts'
import type { SideOfReleases } from './side-of-releases.ts'

/** What Applications of Argo CD, and those of ApplicationSets with lists, release of the charts here. */
export function applicationReleases(side: SideOfReleases): readonly Declared[] {
  return side.deployers
    .filter(({ kind }) => kind === 'Application')
    .flatMap((application) =>
      sourcesOf(application.spec).flatMap((source) => releaseOfSource(source, application, side)),
    )
}

function releaseOfSource(
  written: JsonObject,
  application: Deployer,
  side: SideOfReleases,
): readonly Declared[] {
  const folder = folderOfChart(written, side)
  if (folder === undefined) return []
  const { name, spec, file, by } = application
  const deployer = deployerNamed(application)
  const { source, overrides } = sourceInFolder(written, { name, folder, folders: side.folders })
  const destination = destinationOf(application, side.folders)
  const helm = fieldsOf(source['helm'])
  const revision = revisionOfSource(source, spec)
  const into = textIn(helm['namespace']) ?? textIn(fieldsOf(spec['destination'])['namespace'])
  return [
    {
      key: `${deployer.name} ${folder}`,
      deployer,
      by: [...by, ...overrides],
      chart: folder,
      name: textIn(helm['releaseName']) ?? name,
      ...(into !== undefined && { namespace: into }),
      ...(destination !== undefined && { destination }),
      ...(revision !== undefined && { revision }),
      ...repositoryOf(textIn(written['repoURL']), side.own),
      values: [
        ...valueFiles(source, { folder, side, besides: sourcesOf(spec) }),
        ...inlineValues(helm, file.path),
      ],
      set: listIn(helm['parameters']).map(parameter),
      layer: { kind: 'Application', resource: identityOf(application) },
      rest: restOf(application),
      why:
        listIn(helm['fileParameters']).length > 0
          ? 'values'
          : isFilledIn(application)
            ? 'filled-in'
            : undefined,
    },
  ]
}

/** The folder of a chart that is here. */
function folderOfChart(written: JsonObject, side: SideOfReleases): string | undefined {
  const path = textIn(written['path'])
  if (path === undefined || written['chart'] !== undefined || isOpen(path) || isForeign(written, side))
    return undefined
  const folder = literalFolder(path)
  return folder !== undefined && side.charts.has(folder) ? folder : undefined
}

/** Of another repository, where that is known. */
function isForeign({ repoURL }: JsonObject, { own }: SideOfReleases): boolean {
  const url = textIn(repoURL)
  if (own === undefined || url === undefined || url === '') return false
  return ownerAndRepo(addressOf(url)) !== own.toLowerCase()
}

/** Marks that nothing here fills in; in values, templates fill them in. */
function isFilledIn({ name, spec }: DeliveryObject): boolean {
  const plain = sourcesOf(spec).map(({ helm: _, ...source }) => source)
  return /\{\{/.test(canonicalJson([name, spec['destination'] ?? null, plain]))
}

interface ValuesFrom {
  readonly folder: string
  readonly side: SideOfReleases
  /** All sources of the Application. */
  readonly besides: readonly JsonObject[]
}

function valueFiles(
  source: JsonObject,
  { folder, side, besides }: ValuesFrom,
): readonly (Values | NotRendered)[] {
  const helm = fieldsOf(source['helm'])
  const isHere = (ref: string | undefined) =>
    ref === undefined ||
    besides.some((each) => textIn(each['ref']) === ref && isOfOneRepository(each, source, side))
  return listIn(helm['valueFiles']).flatMap((each) => {
    const written = textIn(each) ?? ''
    if (/[*?[{]|:\/\//.test(written) || !isHere(refNamedBy(written))) return ['values' as const]
    const found = valuesIn(fileOfSource(written, folder), side)
    return found === 'values' && helm['ignoreMissingValueFiles'] === true ? [] : [found]
  })
}

/** A source beside that of a chart that is here. */
function isOfOneRepository(source: JsonObject, chart: JsonObject, side: SideOfReleases): boolean {
  if (side.own !== undefined) return !isForeign(source, side)
  const [one, other] = [source, chart].map(({ repoURL }) => addressOf(textIn(repoURL) ?? ''))
  return one === other
}

function inlineValues({ values, valuesObject }: JsonObject, path: string): readonly Values[] {
  const text = textIn(values)
  return [
    ...(text === undefined || text === '' ? [] : [{ path, text }]),
    ...(valuesObject === undefined || valuesObject === null
      ? []
      : [{ path, text: JSON.stringify(valuesObject) }]),
  ]
}

/** Argo CD keeps commas within a value from beginning another. */
function parameter(written: JsonValue): ChartParameter {
  const { name, value, forceString } = fieldsOf(written)
  const text = textIn(value) ?? ''
  return {
    name: textIn(name) ?? '',
    value: text.startsWith('{') ? text : text.replaceAll(/(?<!\\),/g, '\\,'),
    isText: forceString === true ? 'yes' : 'no',
  }
}

/** All but what the rendering shows: which chart, with what, and into which namespace. */
function restOf(application: DeliveryObject): string {
  const { spec, annotations } = deliverySays(application)
  const { source, sources, destination, ...rest } = fieldsOf(spec)
  const { namespace: _, ...cluster } = fieldsOf(destination)
  const places = [source, ...listIn(sources)].map((each) => {
    const { helm: _helm, path: _path, ...place } = fieldsOf(each)
    return place
  })
  return canonicalJson([rest, cluster, places, annotations ?? null, [...holdsBack(application)]])
}
