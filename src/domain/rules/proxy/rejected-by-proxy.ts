import { budgets } from '../../budgets.ts'
import type { Comparison } from '../../diff/comparison.ts'
import { shownGateway } from '../../manifest/names.ts'
import type { Ownership } from '../../ownership/ownership.ts'
import { distinctTeams, teamNamed } from '../../ownership/team.ts'
import { type RouteTable, supplierOf } from '../../routing/route-table.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import { code } from '../../terms/code.ts'
import { fewOf } from '../../words/few-of.ts'
import { type Phrase, quoted, say, words } from '../../words/phrase.ts'
import { faultOfManifest } from '../input/manifest-fault.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'
import { type Refused, type RefusedPort, refusedPorts, sharePort } from './refused-ports.ts'

/** Istio lets it pass, and Envoy refuses all routes of the port, and with them every host and team of it (measured). */
export const rejectedByProxy: Rule = {
  id: 'rejected-by-proxy',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'Istio lets it pass, and Envoy refuses it, with every host of the port.',
  *check(side, comparison) {
    for (const refused of refusedPorts(side)) yield explain(refused, side, comparison)
  },
}

function explain({ diagnostic, ports }: Refused, side: Snapshot, comparison: Comparison): Fault {
  const { because = [] } = diagnostic
  const notes = ports
    .filter(({ tables }) => tables.length > 0)
    .slice(0, budgets.notes.size)
    .map((port) => portNote(port, comparison.ownership))
  const before = side === comparison.base ? [] : refusedBefore(ports, comparison)
  return faultOfManifest({ ...diagnostic, because: [...because, ...notes, ...before] }, side, comparison)
}

/** Who stops updating. */
function portNote({ gateway, numbers, tables }: RefusedPort, ownership: Ownership): Because {
  const hosts = tables.map(({ host }) => code(host))
  const where = gateway === 'mesh' ? words('every sidecar') : code(shownGateway(gateway))
  return note(say`On ${where}${portWords(numbers)} that is ${fewOf(hosts, 4)}${teamWords(tables, ownership)}`)
}

function portWords(numbers: readonly number[] = []): Phrase {
  if (numbers.length === 0) return []
  return say` (port ${fewOf(
    numbers.map((each) => words(`${each}`)),
    4,
  )})`
}

function teamWords(tables: readonly RouteTable[], ownership: Ownership): Phrase {
  if (!ownership.known) return []
  const written = tables.flatMap(({ routes, bound }) => [...bound, ...routes.map(supplierOf)])
  const teams = distinctTeams([...new Set(written)].map((each) => ownership.teamOf(each)))
  return teams.length === 0 ? [] : say`, of ${fewOf(teams.map(teamNamed), 4)}`
}

/** The proxies of the port keep older routes than those of the base side. */
function refusedBefore(ports: readonly RefusedPort[], { base }: Comparison): readonly Because[] {
  const known = refusedPorts(base).flatMap((each) => each.ports)
  if (!ports.some((port) => known.some((other) => sharePort(port, other)))) return []
  return [
    {
      clause: words('Envoy refuses the routes of this port on the base side already'),
      rest: say`; what is said to be so ${quoted('after the merge')} is not true of it until all that is refused is mended`,
    },
  ]
}
