import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Subject } from '../reach.ts'
import { at, objectsOf, textOf } from '../reading/written.ts'

/** The charts of Istio's control plane. */
const charts = /(?:^|\/)(?:istiod|istio-discovery|istio-base|istio-control.*|ztunnel|cni|istio-cni)$/

/** One way of installing a chart: which one, with which values. */
interface Installed {
  readonly chart: string
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
    if (charts.test(chart)) return [{ chart, values }]
    const configurations = values.flatMap((each) => at(each, 'meshConfig') ?? [])
    return configurations.length === 0 ? [] : [{ configurations }]
  })
  return found.length === 0 ? undefined : found
}

const kinds = {
  'argoproj.io': ['Application'],
  'helm.toolkit.fluxcd.io': ['HelmRelease'],
  'helm.cattle.io': ['HelmChart', 'HelmChartConfig'],
}

/** Installing Istio itself from a chart, with the values of whoever writes them. */
export const installs: readonly KindEntry[] = Object.entries(kinds).map(([group, each]) => ({
  group,
  kinds: each,
  decides,
  reach: () => [{ kind: 'everybody' }],
  partial: true,
}))
