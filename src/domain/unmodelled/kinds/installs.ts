import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { at, labelsOf, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { KindEntry } from '../kind-entry.ts'
import { everybody, type Labels, type Subject, type Target } from '../reach.ts'

/** The charts of Istio's control plane. */
const charts = /(?:^|\/)(?:istiod|istio-discovery|istio-base|istio-control.*|ztunnel|cni|istio-cni)$/

/** Packages of Carvel are called by their name and the domain of whoever makes them. */
const packages = /^(?:istio|istiod|istio-base|ztunnel|istio-cni)\.[\w-]+\./

/** Whether a chart, or a release of this name, is one of the control plane. */
export function controlPlaneChart(name: string): boolean {
  return charts.test(name) || packages.test(name)
}

/** One way of installing a chart: which one, with which values. */
interface Installed {
  readonly chart: string
  /** Where that is said of each chart. */
  readonly namespace?: string | undefined
  readonly values: readonly JsonValue[]
}

/** Values as they are written, or as a text. */
function read(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return []
  if (typeof value !== 'string') return [value]
  const documents = parseYaml({ path: '', text: value }, { id: 'invalid-manifest' })
  return documents.flatMap(({ root }) => (root === undefined ? [value] : [jsonOf(root)]))
}

function bySource(source: JsonObject): Installed {
  const helm = source['helm']
  return {
    chart: textOf(source['chart']) ?? '',
    values: [...read(at(helm, 'values')), ...read(at(helm, 'valuesObject')), ...read(at(helm, 'parameters'))],
  }
}

function installedBy({ kind, body }: Subject): readonly Installed[] {
  const spec = at(body, 'spec')
  switch (kind) {
    case 'Application':
      return [...objectsOf(at(spec, 'source')), ...objectsOf(at(spec, 'sources'))].map(bySource)
    case 'HelmRelease':
      return [
        {
          chart: textOf(at(spec, 'chart', 'spec', 'chart')) ?? textOf(at(spec, 'chartRef', 'name')) ?? '',
          values: read(at(spec, 'values')),
        },
      ]
    case 'Release':
      return [
        {
          chart: textOf(at(spec, 'forProvider', 'chart', 'name')) ?? '',
          values: [...read(at(spec, 'forProvider', 'values')), ...read(at(spec, 'forProvider', 'set'))],
        },
      ]
    case 'Profile':
    case 'ClusterProfile':
      return objectsOf(at(spec, 'helmCharts')).map((each) => ({
        chart: textOf(each['chartName']) ?? '',
        values: read(each['values']),
        namespace: textOf(each['releaseNamespace']),
      }))
    case 'PackageInstall':
      return [{ chart: textOf(at(spec, 'packageRef', 'refName')) ?? '', values: [] }]
    default:
      return [
        {
          chart: textOf(at(spec, 'chart')) ?? textOf(at(body, 'metadata', 'name')) ?? '',
          values: [...read(at(spec, 'valuesContent')), ...read(at(spec, 'set'))],
        },
      ]
  }
}

/** The values of Istio's own charts, and the mesh's configuration wherever else it is one of the values. */
function decides(subject: Subject): JsonValue | undefined {
  const found = installedBy(subject).flatMap(({ chart, values }): readonly JsonValue[] => {
    if (controlPlaneChart(chart)) return [{ chart, values }]
    const configurations = values.flatMap((each) => at(each, 'meshConfig') ?? [])
    return configurations.length === 0 ? [] : [{ configurations }]
  })
  return found.length === 0 ? undefined : found
}

const kinds = {
  'argoproj.io': ['Application'],
  'helm.toolkit.fluxcd.io': ['HelmRelease'],
  'helm.cattle.io': ['HelmChart', 'HelmChartConfig'],
  'helm.crossplane.io': ['Release'],
  'config.projectsveltos.io': ['Profile', 'ClusterProfile'],
  'packaging.carvel.dev': ['PackageInstall'],
}

/** Values by which charts label the pods that they make. */
const labelling = /^(?:podLabels|extraPodLabels|additionalPodLabels|commonLabels|globalLabels)$/

/** What some values give as labels of pods, however deep it stands; names as Helm writes a path. */
function labelsGiven(value: JsonValue | undefined): readonly Labels[] {
  if (Array.isArray(value))
    return value.flatMap((each: JsonValue) => [...labelsGiven(each), ...asParameter(each)])
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([field, inner]) =>
    labelling.test(field) ? [labelsOf(inner)] : field === 'pod' ? labelsIn(inner) : labelsGiven(inner),
  )
}

function labelsIn(pod: JsonValue | undefined): readonly Labels[] {
  return [labelsOf(at(pod, 'labels')), ...labelsGiven(pod)]
}

/** `{ name: podLabels.app, value: login }` */
function asParameter(value: JsonValue): readonly Labels[] {
  const [name, text] = [textOf(at(value, 'name')), textOf(at(value, 'value'))]
  const [, field = '', key] = /^(?:.*\.)?(\w+)\.((?:\\\.|[^.])+)$/.exec(name ?? '') ?? []
  if (key === undefined || text === undefined || !labelling.test(field)) return []
  return [{ [key.replaceAll('\\.', '.')]: text }]
}

function podsDecide(subject: Subject): JsonValue | undefined {
  const given = podLabelsOf(subject)
  return Object.keys(given).length === 0 ? undefined : { ...given }
}

function podLabelsOf(subject: Subject): Labels {
  return Object.assign({}, ...installedBy(subject).flatMap(({ values }) => values.flatMap(labelsGiven)))
}

/** The namespace in which the pods come to stand. */
function targetOf({ kind, namespace, body }: Subject): string | undefined {
  const spec = at(body, 'spec')
  if (kind === 'Application') return textOf(at(spec, 'destination', 'namespace'))
  if (kind === 'Release') return textOf(at(spec, 'forProvider', 'namespace'))
  return textOf(at(spec, 'targetNamespace')) ?? namespace
}

/** The pods have these labels besides those that the chart gives them by its own and the release's name. */
function podsReach(subject: Subject): readonly Target[] {
  const [chart] = installedBy(subject).map((each) => each.chart.split('/').at(-1) ?? '')
  const usual = { 'app.kubernetes.io/name': chart ?? '', 'app.kubernetes.io/instance': subject.name }
  const labels = { ...usual, ...podLabelsOf(subject) }
  return [
    ...targetsOf(subject).map((namespace) => ({ kind: 'selecting', namespace, labels }) as const),
    { kind: 'gateway-pods', labels },
  ]
}

/** The namespaces in which something comes to stand. */
function targetsOf(subject: Subject): readonly (string | undefined)[] {
  const told = installedBy(subject).map(({ namespace }) => namespace)
  const all = told.map((each) => each ?? targetOf(subject))
  return all.length === 0 ? [targetOf(subject)] : [...new Set(all)]
}

/** Into which namespaces something from elsewhere is installed; what it holds is not known here. */
function placeDecides(subject: Subject): JsonValue | undefined {
  const isElsewhere = installedBy(subject).some(({ chart }) => chart !== '' && !/^\.{0,2}\//.test(chart))
  return isElsewhere ? targetsOf(subject).map((each) => each ?? null) : undefined
}

/** A chart that is packed into the object: what it delivers, and where to, nobody sees here. */
function packedDecides({ body }: Subject): JsonValue | undefined {
  return textOf(at(body, 'spec', 'chartContent'))
}

/** Manifests that Sveltos fetches by themselves. */
function remoteDecides({ body }: Subject): JsonValue | undefined {
  const addresses = objectsOf(at(body, 'spec', 'policyRefs')).flatMap(
    (each) => textOf(at(each['remoteURL'], 'url')) ?? [],
  )
  return addresses.length === 0 ? undefined : addresses
}

/** Installing from a chart, with the values of whoever writes them: Istio itself, and pods with whatever labels. */
export const installs: readonly KindEntry[] = Object.entries(kinds).flatMap(([group, each]) => [
  { group, kinds: each, decides, reach: everybody, partial: true },
  { group, kinds: each, decides: packedDecides, reach: everybody, partial: true },
  {
    group,
    kinds: each,
    decides: remoteDecides,
    reach: everybody,
    partial: true,
    quietIfGone: true,
  },
  { group, kinds: each, decides: podsDecide, reach: podsReach, partial: true, quiet: true },
  {
    group,
    kinds: each,
    decides: placeDecides,
    reach: (subject) => targetsOf(subject).map((namespace) => ({ kind: 'entered', namespace })),
    partial: true,
    quiet: true,
  },
])
