import type { DeliveryObject } from '../delivery-objects.ts'
import { fieldsOf } from '../written.ts'

/** HelmReleases that name a HelmChart, with what that says in its place: it is the same chart, named once for several. */
export function withHelmCharts<Named extends DeliveryObject>(objects: readonly Named[]): readonly Named[] {
  const charts = objects.filter(({ kind }) => kind === 'HelmChart')
  if (charts.length === 0) return objects
  return objects.map((object) => {
    const { chartRef, ...spec } = object.spec
    const named = object.kind === 'HelmRelease' ? fieldsOf(chartRef) : {}
    const namespace = named['namespace'] ?? object.namespace
    const isMeant = (each: DeliveryObject) =>
      each.name === named['name'] && (each.namespace ?? namespace) === (namespace ?? each.namespace)
    const chart = named['kind'] === 'HelmChart' ? charts.find(isMeant) : undefined
    return chart === undefined ? object : { ...object, spec: { ...spec, chart: { spec: chart.spec } } }
  })
}
