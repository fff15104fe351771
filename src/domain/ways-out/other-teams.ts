import { identityOf } from '../manifest/names.ts'
import type { HTTPMatchRequest, VirtualService } from '../manifest/virtual-service.ts'
import type { Requirement } from '../policy/decision.ts'
import type { Judgement } from '../policy/judgement.ts'
import { writtenMatches } from '../reach/written-match.ts'
import { supplierOf } from '../routing/route-table.ts'
import { isNew, onBase } from './both-sides.ts'

/** Teams that are asked although nothing of their own is edited. */
export function bystanders({ requirements }: Judgement): readonly Requirement[] {
  return requirements.filter(({ because }) =>
    because.every(({ kind }) => kind === 'traffic' || kind === 'rule'),
  )
}

/** The teams, by key, whose own VirtualServices and Gateways are edited. */
export function editedTeams({ comparison, touched }: Judgement): ReadonlySet<string> {
  const changed = new Set(touched.changedResources)
  const resources = [comparison.base, comparison.merged].flatMap(({ manifests }) => [
    ...manifests.virtualServices,
    ...manifests.gateways,
  ])
  return new Set(
    resources
      .filter((each) => changed.has(identityOf(each)))
      .map((each) => comparison.ownership.teamOf(each).key),
  )
}

/** A new match by which requests of a bystander are answered. */
export interface Intruder {
  readonly virtualService: VirtualService
  readonly match: HTTPMatchRequest
  readonly base?: VirtualService
}

/** The new matches by which requests of bystanders are answered, each once. */
export function intruders(judgement: Judgement): readonly Intruder[] {
  const found = new Map<HTTPMatchRequest, Intruder>()
  for (const { change } of bystanders(judgement).flatMap(({ because }) => because)) {
    const { after, mesh } = change ?? {}
    if (after?.match === undefined || mesh === undefined) continue
    const match = writtenMatches(after.from)[(after.from.http.match ?? []).indexOf(after.match)]
    const virtualService = supplierOf(after)
    const base = onBase(judgement, mesh, virtualService)
    if (match !== undefined && isNew(match, base))
      found.set(match, { virtualService, match, ...(base && { base }) })
  }
  return [...found.values()]
}
