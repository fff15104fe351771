import type { YamlNode } from '../../source/yaml-node.ts'
import { type Accumulated, nothingYet } from '../accumulated.ts'
import { type Building, builtUpon } from '../build.ts'
import { fail } from '../fault.ts'
import { fileAt, type Layer } from '../layer.ts'
import { configMapArguments } from '../reading/kustomization-shape.ts'
import { itemsAt, shaped } from '../reading/shape.ts'
import type { Session } from '../session.ts'
import { distinct, inlineOrListed } from '../transforming/plugins.ts'
import { textNode, textOf, valueAt, valueWithin, withValue } from '../values/tree.ts'
import { absorbed, type Generating, generated, type TextOfFile } from './generators.ts'

/** What there is, with the ConfigMaps and Secrets that the layer makes. What a chart or a plugin makes is not known. */
export function withGenerated(layer: Layer, before: Accumulated, building: Building): Accumulated {
  const { body } = layer
  const { session } = building
  const make = (kind: Generating['kind'], entry: YamlNode) =>
    generated({ kind, entry, common: valueAt(body, 'generatorOptions'), textOfFile: textsOf(layer, session) })
  const own = [
    ...itemsAt(body, 'configMapGenerator').map((entry) => make('ConfigMap', entry)),
    ...itemsAt(body, 'secretGenerator').map((entry) => make('Secret', entry)),
  ]
  const items = own.reduce(absorbed, before.items)
  for (const chart of [...itemsAt(body, 'helmCharts'), ...itemsAt(body, 'helmChartInflationGenerator')])
    session.leaveOut({
      code: 'helm-chart',
      range: chart.range,
      detail: textOf(valueAt(chart, 'name') ?? valueAt(chart, 'chartName')),
    })
  return withPlugins(layer, { ...before, items }, building)
}

function textsOf(layer: Layer, session: Session): TextOfFile {
  return (entry, path) =>
    fileAt(layer, session, { path, at: entry.range, role: 'generator', takesBinary: true })?.text
}

/** `generators`: those that are built into Kustomize, written in place, in files or in folders. */
function withPlugins(layer: Layer, before: Accumulated, building: Building): Accumulated {
  const { session } = building
  const { inline, paths } = inlineOrListed(itemsAt(layer.body, 'generators'))
  const listed = builtUpon(layer, nothingYet, { ...building, entries: paths, role: 'generator' })
  const items = distinct([...inline, ...listed.items.map(({ node }) => node)]).reduce((so, node) => {
    const kind = textOf(valueAt(node, 'kind'))
    const isBuiltIn = textOf(valueAt(node, 'apiVersion')) === 'builtin'
    if (!isBuiltIn || (kind !== 'ConfigMapGenerator' && kind !== 'SecretGenerator')) {
      if (isBuiltIn && kind.endsWith('Transformer')) fail('invalid-transformer', node.range, kind)
      const isChart = isBuiltIn && kind === 'HelmChartInflationGenerator'
      session.leaveOut({ code: isChart ? 'helm-chart' : 'plugin', range: node.range, detail: kind })
      return so
    }
    return absorbed(so, fromPlugin(node, kind, textsOf(layer, session)))
  }, before.items)
  return { ...before, items }
}

function fromPlugin(node: YamlNode, kind: string, textOfFile: TextOfFile) {
  const shape = { fields: { ...configMapArguments, type: 'text' }, open: true } as const
  const written = shaped(node, shape, kind)
  const entry = ['name', 'namespace'].reduce((so, field) => {
    const own = valueWithin(node, 'metadata', field)
    if (so.kind !== 'map' || own === undefined || textOf(valueAt(so, field)) !== '') return so
    return withValue(so, field, textNode(textOf(own), own.range))
  }, written)
  const made = kind === 'SecretGenerator' ? 'Secret' : 'ConfigMap'
  return generated({ kind: made, entry, common: undefined, textOfFile })
}
