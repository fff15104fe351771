import { conditionOptions } from '../../diff/tables/placed-route.ts'
import { type Unanswered, unansweredIn } from '../../diff/unanswered.ts'
import { BudgetExceeded, unmetered, workOf } from '../../language/string-set.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf, shownGateway } from '../../manifest/names.ts'
import { type Box, keyOfBox, mayOccur, type Space, subtractBox } from '../../match/box.ts'
import type { ConditionOptions } from '../../match/conditions.ts'
import type { Ownership } from '../../ownership/ownership.ts'
import { distinctTeams } from '../../ownership/team.ts'
import { requestsText } from '../../reach/agreed-requests.ts'
import { type Contest, type Contested, contestsIn } from '../../reach/contests.ts'
import type { RouteTable } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { memoized } from '../../source/memoized.ts'
import { shortWords } from '../../terms/action-words.ts'
import { noRoute } from '../../terms/answer-words.ts'
import { code, nameOf, namesOf } from '../../terms/code.ts'
import { owned } from '../../unmodelled/targets/world.ts'
import { distinct, fewOf } from '../../words/few-of.ts'
import { joined, listed, type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** VirtualServices on one host are read in the order of their creation, which Git does not know. */
export const contestedHost: Rule = {
  id: 'contested-host',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: 'Which of several VirtualServices on one host answers depends on when they were created.',
  *check(side, { settings, ownership, base }) {
    const options = conditionOptions(settings)
    for (const mesh of side.meshes) {
      const other = side === base ? undefined : base.meshes.find(({ name }) => name === mesh.name)
      for (const [key, group] of contestsOf(mesh, options)) {
        const before = other && contestsOf(other, options).get(key)
        yield* explain(group, { mesh, ownership, grown: !isAmong(group, before ?? []) })
      }
    }
  },
}

/** The contests of a mesh, by the VirtualServices that are in dispute. */
const contestsOf = memoized(
  (mesh: Mesh, options: ConditionOptions): ReadonlyMap<string, readonly Contest[]> => {
    const work = workOf('contests')
    const contests = mesh.tables.flatMap((table) => contestsIn(table, mesh.tables, options, work))
    return Map.groupBy(contests, keyOf)
  },
)

/** Whether each request that is in dispute was so before, whoever answers it. Not where that takes too long to find out. */
function isAmong(contests: readonly Contest[], before: readonly Contest[]): boolean {
  const known = before.flatMap(({ boxes }) => boxes)
  const isVague = ({ boxes }: Contest) => boxes.length === 0
  if (contests.some(isVague)) return before.some(isVague)
  const work = workOf('contests')
  try {
    return contests.every(({ boxes, universe }) =>
      boxes.every((box) => isCovered(box, known, { universe, work })),
    )
  } catch (error) {
    if (error instanceof BudgetExceeded) return false
    throw error
  }
}

function isCovered(box: Box, known: readonly Box[], space: Space): boolean {
  const rest = known.reduce<readonly Box[]>(
    (parts, each) => parts.flatMap((part) => subtractBox(part, each, space)),
    [box],
  )
  return !rest.some((part) => mayOccur(part, space))
}

/** The same VirtualServices on several hosts are one dispute. */
function keyOf({ virtualServices, table }: Contest): string {
  const where = table.gateway === 'mesh' ? 'mesh' : 'gateway'
  return [where, ...virtualServices.map(identityOf).toSorted()].join(' ')
}

interface Place {
  readonly mesh: Mesh
  readonly ownership: Ownership
  /** Whether more requests are in dispute than before. */
  readonly grown: boolean
}

function* explain(contests: readonly Contest[], { mesh, ownership, grown }: Place): Iterable<Fault> {
  const [contest] = contests
  if (contest === undefined) return
  const { virtualServices, table } = contest
  const [resource] = virtualServices
  if (resource === undefined) return
  const hosts = [...new Set(contests.map((each) => each.table.host))]
  const disputes = disputesIn(contests)
  const [first = [], ...others] = [...disputes.values()].map(disputeWords)
  yield {
    code: 'contested-host',
    clause: say`${fewOf(namesOf(virtualServices), 4)} share ${fewOf(hosts.map(code), 2)} on ${code(shownGateway(table.gateway))}, and which ${firstWords(table)} decides ${first}`,
    rest: otherDisputes(others),
    range: rangeOf(resource.spec, 'hosts'),
    because: [...virtualServices.slice(1, 4).map(placeNote), rule(table)],
    todo: words('Have one primary with this host delegate to both, in the order that is meant'),
    resource: identityOf(resource),
    mesh: mesh.name,
    fingerprint: canonicalJson([keyOf(contest), ...disputes.keys()]),
    matter: keyOf(contest),
    grown,
    teams: distinctTeams(owned(virtualServices.map((each) => ownership.teamOf(each)))),
  }
}

/** Each dispute once, on however many hosts: by what it is about, and in that order. */
function disputesIn(contests: readonly Contest[]): ReadonlyMap<string, Contest> {
  const found = contests.map((contest) => [disputeKey(contest), contest] as const)
  return new Map(found.toSorted(([a], [b]) => compareTexts(a, b)))
}

function disputeKey({ boxes, outcomes }: Contest): string {
  const ends = outcomes.map(({ oldest, routes }) => [
    identityOf(oldest),
    ...routes.map((route) => route?.outcome.key ?? null),
  ])
  return canonicalJson([boxes.map(keyOfBox).toSorted(), ends])
}

/** "who answers `/x*`: `login` if `a` is the oldest, `reviews` if `b` is the oldest". */
function disputeWords({ boxes, outcomes, table, universe }: Contest): Phrase {
  if (boxes.length === 0) return words('who answers what, which is more than could be worked out')
  const names = namesOf(outcomes.map(({ oldest }) => oldest))
  const asking = { gateway: table.gateway, boxes, work: workOf('fate') }
  const unanswered = unansweredIn(table, asking)
  const ends = outcomes.map((outcome) => outcomeWords(outcome, unanswered))
  if (distinct(ends).length < 2) return say`how ${requestsText(boxes, unmetered, universe)} is answered`
  const cases = ends.map(
    (end, index) =>
      say`${end} if ${names[index] ?? []} ${isOfGateways(table) ? 'is read first' : 'is the oldest'}`,
  )
  return say`who answers ${requestsText(boxes, unmetered, universe)}: ${joined(cases, ', ')}`
}

/** `; who answers ...; and 3 more`: one more in full. */
function otherDisputes(others: readonly Phrase[]): Phrase {
  const [second, ...more] = others
  if (second === undefined) return []
  return more.length === 0 ? say`; ${second}` : say`; ${second}; and ${more.length} more`
}

function outcomeWords({ routes }: Contested, unanswered: Unanswered): Phrase {
  const ends = routes.map((route) =>
    route === undefined ? noRoute(unanswered) : shortWords(route.outcome.action),
  )
  return listed(distinct(ends), 'or')
}

function placeNote(resource: Contest['virtualServices'][number]): Because {
  return note(say`${nameOf(resource)} has the host here`, rangeOf(resource.spec, 'hosts'))
}

/** Whether the age of Gateways on one plain port decides, before that of VirtualServices. */
function isOfGateways({ contributions }: RouteTable): boolean {
  return new Set(contributions.flatMap(({ reading }) => reading?.gateway ?? [])).size > 1
}

function firstWords(table: RouteTable): Phrase {
  return words(isOfGateways(table) ? 'is read first' : 'was created first')
}

function rule(table: RouteTable): Because {
  if (isOfGateways(table))
    return note(
      words(
        'On a plain port the VirtualServices of the older Gateway are read first, then those of the others',
      ),
    )
  if (table.gateway !== 'mesh')
    return note(
      words('At a gateway the VirtualServices of one host are read one after the other, the oldest first'),
    )
  return {
    clause: words('In the mesh the oldest VirtualService of a host serves it alone'),
    rest: words('; the others are ignored'),
  }
}
