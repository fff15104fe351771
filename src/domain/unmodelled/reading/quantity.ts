import type { JsonValue } from '../../manifest/json.ts'

/** The suffixes of quantities: thousandths, powers of a thousand and of 1024. */
const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  Ki: 2 ** 10,
  M: 1e6,
  Mi: 2 ** 20,
  G: 1e9,
  Gi: 2 ** 30,
  T: 1e12,
  Ti: 2 ** 40,
}

/** A quantity of Kubernetes as a number, in its base unit (cores, bytes); what is none is the least there is. */
export function amountOf(quantity: JsonValue | undefined, otherwise = Number.NEGATIVE_INFINITY): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(m|k|[KMGT]i?)?$/.exec(String(quantity)) ?? []
  return number === undefined ? otherwise : Number(number) * (units[unit] ?? 1)
}
