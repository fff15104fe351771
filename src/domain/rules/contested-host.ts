import { conditionOptions } from '../diff/placed-route.ts'
import { enumerateWords } from '../language/enumerate-words.ts'
import { unmetered, workOf } from '../language/string-set.ts'
import { identityOf } from '../manifest/names.ts'
import type { Ownership } from '../ownership/ownership.ts'
import type { Team } from '../ownership/team.ts'
import { requestsText } from '../reach/agreed-requests.ts'
import { type Contest, type Contested, contestsIn } from '../reach/contests.ts'
import type { Mesh } from '../routing/snapshot.ts'
import type { Because } from '../source/diagnostic.ts'
import { rangeOf } from '../source/located.ts'
import { actionWords } from '../wording/action-words.ts'
import { code, nameOf, namesOf } from '../wording/code.ts'
import { guessed, told } from '../words/told.ts'
import type { Fault, Rule } from './rule.ts'

/** VirtualServices on one host are read in the order of their creation, which Git does not know. */
export const contestedHost: Rule = {
  id: 'contested-host',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: 'Which of several VirtualServices on one host answers depends on when they were created.',
  *check(side, { settings, ownership }) {
    for (const mesh of side.meshes) {
      const work = workOf('contests')
      const contests = mesh.tables.flatMap((table) =>
        contestsIn(table, mesh.tables, conditionOptions(settings), work),
      )
      const alike = Map.groupBy(contests, keyOf)
      for (const [key, group] of alike) yield* explain(group, key, { mesh, ownership })
    }
  },
}

/** The same VirtualServices on several hosts are one dispute. */
function keyOf({ virtualServices, table }: Contest): string {
  const where = table.gateway === 'mesh' ? 'mesh' : 'gateway'
  return [where, ...virtualServices.map(identityOf).toSorted()].join(' ')
}

interface Place {
  readonly mesh: Mesh
  readonly ownership: Ownership
}

function* explain(contests: readonly Contest[], key: string, { mesh, ownership }: Place): Iterable<Fault> {
  const [contest] = contests
  if (contest === undefined) return
  const { virtualServices, table } = contest
  const [resource] = virtualServices
  if (resource === undefined) return
  const range = rangeOf(resource.spec, 'hosts')
  const hosts = [...new Set(contests.map((each) => each.table.host))]
  const ends = [...new Set(contests.map(disputeWords))].toSorted()
  const more = ends.length > 2 ? `; and ${ends.length - 2} more` : ''
  yield {
    ...told(
      `${listOf(namesOf(virtualServices), 4)} share ${listOf(hosts.map(code), 2)} on ${code(table.gateway)}, and which was created first decides ${ends.slice(0, 2).join('; ')}${more}.`,
    ),
    ...(range && { range }),
    because: [...virtualServices.slice(1, 4).map(placeNote), rule(table.gateway)],
    todo: guessed('Have one primary with this host delegate to both, in the order that is meant.'),
    resource: identityOf(resource),
    mesh: mesh.name,
    fingerprint: [key, ...ends].join(' '),
    teams: ownersOf(virtualServices, ownership),
  }
}

function listOf(names: readonly string[], most: number): string {
  return enumerateWords(names.slice(0, most), 'and', Math.max(0, names.length - most))
}

/** "who answers `/x*`: `login` if `a` is the oldest, `reviews` if `b` is". */
function disputeWords({ boxes, outcomes, table }: Contest): string {
  if (boxes.length === 0) return 'who answers what, which is more than could be worked out'
  const names = namesOf(outcomes.map(({ oldest }) => oldest))
  const ends = outcomes.map((outcome) => outcomeWords(outcome, table.gateway))
  if (new Set(ends).size < 2) return `how ${requestsText(boxes, unmetered)} is answered`
  const cases = ends.map((end, index) => `${end} if ${names[index] ?? ''} is the oldest`)
  return `who answers ${requestsText(boxes, unmetered)}: ${cases.join(', ')}`
}

function ownersOf(virtualServices: Contest['virtualServices'], ownership: Ownership): readonly Team[] {
  const teams = virtualServices
    .map((each) => ownership.teamOf(each))
    .filter(({ owners }) => owners.length > 0)
  return [...new Map(teams.map((team) => [team.key, team])).values()]
}

function outcomeWords({ routes }: Contested, gateway: string): string {
  const none = gateway === 'mesh' ? 'the service itself' : '404'
  const ends = [...new Set(routes.map((route) => (route === undefined ? none : actionWords(route))))]
  return enumerateWords(ends, 'or')
}

function placeNote(resource: Contest['virtualServices'][number]): Because {
  const range = rangeOf(resource.spec, 'hosts')
  return { ...told(`${nameOf(resource)} has the host here.`), ...(range && { range }) }
}

function rule(gateway: string): Because {
  return {
    ...told(
      gateway === 'mesh'
        ? 'In the mesh the oldest VirtualService of a host serves it alone; the others are ignored.'
        : 'At a gateway the VirtualServices of one host are read one after the other, the oldest first.',
    ),
  }
}
