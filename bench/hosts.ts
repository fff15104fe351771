import { authoritiesOf } from '../src/domain/routing/host-choice.ts'
import { bestOf } from './best-of.ts'
import type { Growth } from './compare.ts'

const few = 100
let round = 0

/** Names that nobody has asked for before, so that none is remembered. */
function askForRest(count: number): void {
  round += 1
  const hosts = Array.from({ length: count }, (_, at) => `service-${at}.r${round}.example`)
  authoritiesOf(`*.r${round}.example`, hosts)
}

/** What a wildcard leaves to itself beside its more special hosts, and beside ten times as many. */
export function benchHosts(): Growth {
  const [small, large] = [few, few * 10].map((count) => bestOf(() => askForRest(count)).milliseconds)
  return { name: `hosts beside a wildcard, ${few} -> ${few * 10}`, small: small ?? 0, large: large ?? 0 }
}
