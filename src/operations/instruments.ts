import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { buildInfo, type Metric, metrics } from './metrics-table.ts'

type Named<T extends Metric['type']> = {
  [K in keyof typeof metrics]: (typeof metrics)[K]['type'] extends T ? K : never
}[keyof typeof metrics]

/** The labels of a metric, each with what it says. */
type LabelsOf<K extends keyof typeof metrics> = Readonly<Record<keyof (typeof metrics)[K]['labels'], string>>

/** The metrics of the table, in a registry of their own. */
export interface Instruments {
  add<K extends Named<'counter'>>(name: K, labels: LabelsOf<K>, by?: number): void
  time<K extends Named<'histogram'>>(name: K, labels: LabelsOf<K>, seconds: number): void
  set<K extends Named<'gauge'>>(name: K, labels: LabelsOf<K>, value: number): void
  /** Says nothing of it until it is set again. */
  forget(name: Named<'gauge'>): void
  /** In the text format of Prometheus. */
  text(): Promise<string>
  readonly contentType: string
}

/** A counter with no more series than this begins with all of them at 0, so that the first that happens is an increase. */
const few = 20

export function createInstruments(version: string): Instruments {
  const registry = new Registry()
  const counters = new Map<string, Counter>()
  const gauges = new Map<string, Gauge>()
  const histograms = new Map<string, Histogram>()
  for (const [key, metric] of Object.entries<Metric>(metrics)) {
    const shape = { name: metric.name, help: metric.help, labelNames: Object.keys(metric.labels) }
    const given = { ...shape, registers: [registry] }
    if (metric.type === 'counter') counters.set(key, beginning(new Counter(given), metric))
    else if (metric.type === 'gauge') gauges.set(key, new Gauge(given))
    else histograms.set(key, new Histogram({ ...given, buckets: [...(metric.buckets ?? [])] }))
  }
  const { name, help, label } = buildInfo
  new Gauge({ name, help, labelNames: [label], registers: [registry] }).set({ [label]: version }, 1)

  return {
    add: (key, labels, by = 1) => counters.get(key)?.inc(known(metrics[key], labels), by),
    time: (key, labels, value) => histograms.get(key)?.observe(known(metrics[key], labels), value),
    set: (key, labels, value) => gauges.get(key)?.set(known(metrics[key], labels), value),
    forget: (key) => gauges.get(key)?.reset(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

/** Whatever the table does not list is `other`. */
function known({ labels }: Metric, said: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(said).map(([label, value]) => [label, labels[label]?.includes(value) ? value : 'other']),
  )
}

function beginning(counter: Counter, { labels }: Metric): Counter {
  const series = Object.entries(labels).reduce<readonly Record<string, string>[]>(
    (all, [label, values]) => values.flatMap((value) => all.map((each) => ({ ...each, [label]: value }))),
    [{}],
  )
  if (series.length <= few) for (const each of series) counter.inc(each, 0)
  return counter
}
