import { canonicalJson } from '../manifest/json.ts'
import { type Team, unowned } from '../ownership/team.ts'
import { positionOf } from '../source/source-file.ts'
import { administratorsOf } from './administrators.ts'
import type { Permission } from './configuration/policy.ts'
import type { Reason, Requirement } from './decision.ts'
import type { Ask, Questioned } from './questions/ask.ts'
import { type StandIn, standIn } from './questions/many-teams.ts'
import { askAboutClusters } from './questions/meshes/question-clusters.ts'
import { askAboutMeshes } from './questions/meshes/question-meshes.ts'
import { askAboutRestated } from './questions/meshes/question-restated.ts'
import { askAboutIdentity } from './questions/question-identity.ts'
import { askAboutJudge } from './questions/question-judge.ts'
import { askAboutResources } from './questions/question-resource.ts'
import { askAboutFindings } from './questions/question-rules.ts'
import { askAboutTraffic } from './questions/question-traffic.ts'

/** One team and one reason why it must agree. */
interface Asked {
  readonly team: Team
  readonly reason: Reason
}

/**
 * Who must agree, and why: the four questions, and the rules that ask for approval. One requirement for each team, by
 * key, with all its reasons; nobody has been asked yet. The administrators answer for what is unowned. Without any
 * CODEOWNERS nobody owns anything, and nobody is asked.
 */
export function openRequirements(questioned: Questioned): readonly Requirement[] {
  if (!questioned.comparison.ownership.known) return []
  const asks = asksOf(questioned)
  const stood = standIn([...asks, ...askAboutClusters(questioned, asks)], questioned)
  const asked = stood.asks.flatMap((ask) => addressed(ask, questioned))
  const byTeam = Map.groupBy(asked, ({ team }) => team.key)
  return [...byTeam.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofTeam]) => requirementOf(ofTeam, stood, questioned))
}

/** What is asked, whatever is spelled in two ways. */
export function asksOf(questioned: Questioned): readonly Ask[] {
  return [
    ...askAboutResources(questioned),
    ...askAboutIdentity(questioned),
    ...askAboutMeshes(questioned),
    ...askAboutRestated(questioned),
    ...askAboutTraffic(questioned),
    ...askAboutJudge(questioned),
    ...askAboutFindings(questioned),
  ]
}

function addressed(ask: Ask, questioned: Questioned): readonly Asked[] {
  return addresseesOf(ask, questioned).map((team) => ({ team, reason: ask.reason }))
}

/** The teams that must agree: the administrators for what nobody owns. */
export function addresseesOf(
  { team, primaries }: Pick<Ask, 'team' | 'primaries'>,
  { policy, comparison }: Pick<Questioned, 'policy' | 'comparison'>,
): readonly Team[] {
  return team === 'administrators' || team.key === unowned.key
    ? administratorsOf(primaries, policy, comparison.ownership)
    : [team]
}

function requirementOf(
  asked: readonly Asked[],
  stood: StandIn,
  questioned: Questioned,
): readonly Requirement[] {
  const team = asked.map((each) => each.team).reduce((a, b) => (b.label < a.label ? b : a))
  const because = sortedReasons(asked.map((each) => each.reason))
  const ownersOnly =
    questioned.policy.ownership.consent === 'author' && because.some((reason) => reason.kind === 'resource')
  const needs = permissionsIn(because, questioned)
  const standsInFor = stood.administrators.has(team.key) ? stood.teams : []
  return [
    {
      team,
      because,
      ...(ownersOnly && { ownersOnly: true as const }),
      ...(standsInFor.length > 0 && { standsInFor }),
      ...(needs && { needs }),
    },
  ]
}

const kinds: readonly Reason['kind'][] = ['resource', 'identity', 'traffic', 'judge', 'rule']

/** By question, place, code and values; a reason that says the same of the same place stands there once. */
function sortedReasons(reasons: readonly Reason[]): readonly Reason[] {
  const keyed = new Map([...new Set(reasons)].map((reason) => [keyOf(reason), reason]))
  return [...keyed.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reason]) => reason)
}

function keyOf({ kind, range, path, code, values }: Reason): string {
  const at = range && positionOf(range)
  const place = [at?.line ?? 0, at?.column ?? 0].map((number) => String(number).padStart(9, '0'))
  return canonicalJson([kinds.indexOf(kind), path ?? at?.file ?? '', ...place, code, values])
}

/** What a bot must be permitted to do on its own: requests change by nothing but what is written here. */
function permissionsIn(
  because: readonly Reason[],
  { resources }: Questioned,
): readonly Permission[] | undefined {
  if (because.some(({ kind }) => kind !== 'resource' && kind !== 'traffic')) return undefined
  const needed = resources.map((change) => (change.subject === 'document' ? undefined : change.needs))
  return needed.length === 0 || needed.includes(undefined)
    ? undefined
    : [...new Set(needed.flatMap((each) => each ?? []))]
}
