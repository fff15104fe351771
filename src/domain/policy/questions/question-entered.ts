import { identityOf, kindAndName } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { unowned } from '../../ownership/team.ts'
import { quoted, say } from '../../words/phrase.ts'
import type { Ask, Questioned } from './ask.ts'
import { behind } from './behind.ts'
import { baseMesh } from './concerned-primaries.ts'
import { isAdministrator, primariesIn } from './newcomer.ts'
import { reasonAbout } from './reason-about.ts'
import { writtenForm } from './what-counts.ts'

/**
 * Of question 2: whoever has something in the namespace that an object of the Gateway API, or an Ingress, enters. What it does to
 * requests is compared; but a route there needs no grant for the services of that namespace, and a grant there gives them away.
 */
export function askAboutEntered(questioned: Questioned): readonly Ask[] {
  const { merged } = questioned.comparison
  return merged.meshes.flatMap(({ name, gatewayApi }) => {
    const known = new Set(lookedInto(name, questioned).map(kindAndName))
    const newcomers = (gatewayApi?.all ?? []).filter((each) => !known.has(kindAndName(each)))
    return newcomers.flatMap((each) => asksFor(each, name, questioned))
  })
}

function lookedInto(mesh: string, { comparison }: Questioned): readonly UnmodelledResource[] {
  return baseMesh(comparison, mesh)?.gatewayApi?.all ?? []
}

function asksFor(after: UnmodelledResource, mesh: string, questioned: Questioned): readonly Ask[] {
  const { comparison, policy } = questioned
  const { namespace, kind, refused } = after
  if (refused === true || namespace === undefined || isUnknown(namespace)) return []
  const holders = comparison.hostOwners(mesh).livingIn(namespace)
  const teams = new Map(holders.map(({ team }) => [team.key, team]))
  const base = baseMesh(comparison, mesh)
  const primaries = base === undefined ? [] : primariesIn(base, namespace)
  const [only] = teams.size === 1 ? teams.values() : []
  return behind(after, comparison).flatMap((team): readonly Ask[] => {
    const isAtHome = teams.has(team.key) && team.key !== unowned.key
    if (teams.size === 0 || isAtHome || isAdministrator({ team, questioned }, primaries)) return []
    const reason = reasonAbout(
      { mesh, kind, name: identityOf(after), after },
      {
        code: 'namespace-entered',
        values: { namespace, said: writtenForm(after, policy.consent.ignore) },
        predicate: say`enters the namespace ${quoted(namespace)}, which only others use`,
      },
    )
    return [{ team: only ?? 'administrators', reason, primaries }]
  })
}
