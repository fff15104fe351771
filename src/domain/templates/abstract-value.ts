/** Steps from `.Values`. */
export type ValuePath = readonly string[]

/** What is known of a value without running anything. */
export type Abstract =
  | { readonly kind: 'root' }
  | { readonly kind: 'values'; readonly path: ValuePath }
  /** What the chart says of itself. */
  | { readonly kind: 'chart' }
  /** A dictionary or list that the template makes, by literal keys. */
  | { readonly kind: 'made'; readonly entries: ReadonlyMap<string, Abstract> }
  /** Nothing is left in it that would not have been noted already. */
  | { readonly kind: 'noted' }

export const noted: Abstract = { kind: 'noted' }
export const root: Abstract = { kind: 'root' }

/** Stands for every field of `.Chart`. */
export const wholeChart = '*'

/** What was read so far. */
export interface Notes {
  readonly whole: Map<string, ValuePath>
  /** Only whether something is there. */
  readonly asked: Map<string, ValuePath>
  everything: boolean
  /** The fields of `.Chart`, and `wholeChart` where it is read as a whole. */
  readonly chart: Set<string>
  /** Whether it includes templates whose names are worked out. */
  includesAny: boolean
  /** Whether it writes among the values: Helm hands the same to every template. */
  writes: boolean
}

/** What is printed, compared, handed to a function or walked through counts with all that is below it. */
export function note(value: Abstract, notes: Notes): void {
  switch (value.kind) {
    case 'root':
      notes.everything = true
      notes.chart.add(wholeChart)
      break
    case 'chart':
      notes.chart.add(wholeChart)
      break
    case 'values':
      if (value.path.length === 0) notes.everything = true
      else notes.whole.set(value.path.join('\n'), value.path)
      break
    case 'made':
      for (const each of value.entries.values()) note(each, notes)
      break
    case 'noted':
      break
  }
}

/** A condition asks only whether something is there. */
export function ask(value: Abstract, notes: Notes): void {
  if (value.kind === 'values' && value.path.length > 0) notes.asked.set(value.path.join('\n'), value.path)
}

/** What a field of it holds. */
export function fieldIn(value: Abstract, name: string, notes: Notes): Abstract {
  switch (value.kind) {
    case 'root':
      if (name === 'Subcharts') notes.everything = true
      if (name === 'Chart') return { kind: 'chart' }
      return name === 'Values' ? { kind: 'values', path: [] } : noted
    case 'chart':
      notes.chart.add(name)
      return noted
    case 'values':
      return { kind: 'values', path: [...value.path, name] }
    case 'made':
      return value.entries.get(name) ?? noted
    case 'noted':
      return noted
  }
}

/** Equal for values of which nothing else will be read. */
export function keyOf(value: Abstract): string {
  switch (value.kind) {
    case 'values':
      return JSON.stringify(value.path)
    case 'made':
      return JSON.stringify([...value.entries].map(([key, each]) => [key, keyOf(each)]))
    default:
      return value.kind
  }
}
