import type { Decision } from '../app/decision.ts'

/** What differs between a record and what is judged now, one line each; nothing where all bytes are the same. */
export function differencesOf(recorded: Decision, now: Decision): readonly string[] {
  const files = differingKeys(recorded.inputs.files, now.inputs.files).map(
    (name) => `files (${name}): what was read then is not what is read now`,
  )
  const verdict = differingKeys(recorded.verdict, now.verdict).flatMap((name) =>
    name === 'report' ? [] : differencesIn(name, recorded.verdict[name], now.verdict[name]),
  )
  const isReportEqual = recorded.verdict.report === now.verdict.report
  const words = verdict.length > 0 || isReportEqual ? [] : ['report: the same verdict in other words']
  return [...files, ...verdict, ...words]
}

function differingKeys<T extends object>(a: T, b: T): readonly (keyof T & string)[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof T & string>
  return [...keys].filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]))
}

type Value = string | readonly (string | object)[]

function differencesIn(name: string, was: Value, is: Value): readonly string[] {
  if (typeof was === 'string' || typeof is === 'string')
    return [`${name}: was ${shown(was)}, is ${shown(is)}`]
  const [before, after] = [was.map(shown), is.map(shown)]
  const lines = [
    ...without(before, after).map((item) => `${name}: no more ${item}`),
    ...without(after, before).map((item) => `${name}: new ${item}`),
  ]
  return lines.length > 0 ? lines : [`${name}: in another order, or another number`]
}

function without(items: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others)
  return items.filter((item) => !known.has(item))
}

function shown(value: string | object): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
