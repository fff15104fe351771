/** One line of what `/metrics` says. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Reads the text format of Prometheus, and throws where it is something else. */
export function parseExposition(text: string): readonly Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parseSample)
}

function parseSample(line: string): Sample {
  const match = /^(?<name>[a-z_]+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/.exec(line)
  if (match?.groups === undefined) throw new Error(`no sample: ${line}`)
  const { name = '', labels = '', value = '' } = match.groups
  const pairs = [...labels.matchAll(/([a-z]+)="((?:[^"\\]|\\.)*)"(?:,|$)/g)]
  return {
    name,
    labels: Object.fromEntries(pairs.map(([, label = '', said = '']) => [label, said])),
    value: value === 'Nan' ? Number.NaN : Number(value),
  }
}

/** What a server exposes now; ask it as Prometheus does. */
export async function scrape(url: string) {
  const response = await fetch(`${url}/metrics`)
  const samples = parseExposition(await response.text())
  return {
    contentType: response.headers.get('content-type'),
    samples,
    /** The sum of all series of a name that have these labels; NaN where there is none. */
    value(name: string, labels: Readonly<Record<string, string>> = {}): number {
      const fitting = samples.filter(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([label, said]) => sample.labels[label] === said),
      )
      return fitting.length === 0 ? Number.NaN : fitting.reduce((sum, { value }) => sum + value, 0)
    },
  }
}
