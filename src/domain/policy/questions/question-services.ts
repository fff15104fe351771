import { type WrittenObject, writtenObjects } from '../../manifest/kinds/written-objects.ts'
import type { Modelled } from '../../manifest/modelled.ts'
import { normalForm } from '../../manifest/normal-form.ts'
import { serviceNames } from '../../manifest/service-names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { HeldHost, HostHolder } from '../../ownership/host-owners.ts'
import { distinctTeams, unowned } from '../../ownership/team.ts'
import { assertNever } from '../../source/assert-never.ts'
import { type Phrase, quoted, say, words } from '../../words/phrase.ts'
import type { Ask } from './ask.ts'
import { type Claim, isUnknownClaim } from './host-claim.ts'
import {
  administersMesh,
  claimedAnew,
  isForOwnClients,
  type Newcomer,
  primariesIn,
  primariesOfOthers,
  reasonFor,
} from './newcomer.ts'

/**
 * A VirtualService on the mesh takes the calls of everybody whom it is exported to. Asks whoever has the service, its
 * namespace, or the host in a ServiceEntry; where several have the namespace, and where nobody can be named, the
 * administrators. What only one's own clients meet is one's own business.
 */
export function askAboutServices(newcomer: Newcomer): readonly Ask[] {
  if (newcomer.after.kind !== 'VirtualService') return []
  const anew = claimedAnew(newcomer)
  return claimsConcerned(newcomer, anew)
    .filter(
      (claim) => claim.gateway === 'mesh' && !isUnknownClaim(claim) && !isForOwnClients(claim, newcomer),
    )
    .flatMap((claim) =>
      newcomer.hostOwners
        .ofHost(claim.host)
        .filter((held) => anew.includes(claim) || held.holders.length > 0)
        .flatMap((held) => asksAbout(held, claim, newcomer)),
    )
}

/** Who agreed to a claim agreed to where its calls go: other routes are another claim, of whoever is known to have the service. */
function claimsConcerned({ change, after, claims }: Newcomer, anew: readonly Claim[]): readonly Claim[] {
  const { before } = change
  if (before === undefined || routesOf(before) === routesOf(after)) return anew
  return [...anew, ...claims(after).filter((claim) => !anew.some((each) => sameClaim(each, claim)))]
}

function sameClaim(a: Claim, b: Claim): boolean {
  return a.host === b.host && a.gateway === b.gateway
}

/** How long a call may take is not where it goes. */
function routesOf(resource: Modelled): string {
  if (resource.kind === 'Gateway') return ''
  const { http = [], tcp = [], tls = [] } = resource.spec
  const led = http.map(({ timeout: _, retries: __, name: ___, ...entry }) => entry)
  return normalForm({ ...resource, spec: { http: led, tcp, tls } })
}

function asksAbout(held: HeldHost, { host }: Claim, newcomer: Newcomer): readonly Ask[] {
  const { after, team } = newcomer
  const others = held.holders.filter((holder) => holder.team.key !== team.key || team.key === unowned.key)
  const isOwn = others.length < held.holders.length
  const isAtHome = held.namespace === after.namespace
  if (isOwn && (others.length === 0 || (held.doubts.length > 0 && isAtHome))) return []
  if (held.holders.length === 0 && held.namespace !== undefined && isAtHome) return []
  if (isOwn && isAtHome && comesWithItsService(held, host, newcomer)) return []
  if (administersMesh(newcomer)) return []
  const primaries = primariesOfOthers(primariesConcerned(held, newcomer), newcomer)
  const [first] = others
  const reason = reasonFor(newcomer, {
    code: 'service-claimed',
    values: { host, held: held.kind, by: held.name, at: first?.path },
    predicate: say`takes the calls inside the mesh to ${quoted(host)}: ${because(held, first)}`,
  })
  return askedOf(held, others).map((asked) => ({ team: asked, reason, primaries }))
}

/**
 * Whether one's own Service of that name is written as well, in a namespace where one has something, and nothing of the others there
 * names it.
 */
function comesWithItsService({ kind, holders }: HeldHost, host: string, newcomer: Newcomer): boolean {
  const { after, team, questioned } = newcomer
  const { base, merged, ownership, settings } = questioned.comparison
  const service = serviceNames(host, settings.clusterDomain)?.service
  if (kind !== 'namespace' || service === undefined || service.startsWith('*')) return false
  const theirs = new Set(holders.filter((each) => each.team.key !== team.key).map(({ path }) => path))
  const isNamed = base.manifests.files.some(({ path, text }) => theirs.has(path) && text.includes(service))
  const isOwnService = (each: WrittenObject) =>
    each.kind === 'Service' &&
    each.name === service &&
    (each.namespace === undefined || each.namespace === after.namespace)
  return (
    !isNamed &&
    merged.manifests.files
      .filter(({ path, text }) => text.includes(service) && ownership.ownersOf(path).key === team.key)
      .flatMap((file) => writtenObjects(file, (text) => text.includes('Service')))
      .some(isOwnService)
  )
}

/** Several teams in one namespace cannot all be asked about a service that none of them is known to have. */
function askedOf({ kind }: HeldHost, others: readonly HostHolder[]): readonly Ask['team'][] {
  const teams = distinctTeams(others.map((holder) => holder.team))
  if (teams.length === 0 || (kind === 'namespace' && teams.length > 1)) return ['administrators']
  return teams
}

function primariesConcerned({ kind, namespace }: HeldHost, { mesh }: Newcomer): readonly VirtualService[] {
  if (kind === 'services') return mesh.graph.primaries
  return namespace === undefined ? [] : primariesIn(mesh, namespace)
}

function because({ kind, name, doubts }: HeldHost, holder: HostHolder | undefined): Phrase {
  const path = quoted(holder?.path ?? '')
  switch (kind) {
    case 'service':
      return say`the Service ${quoted(name)} is in ${path}${doubts.length === 0 ? '' : ', and names no namespace'}`
    case 'service-entry':
      return say`a ServiceEntry in ${path} has that host`
    case 'namespace':
      return holder === undefined
        ? say`nothing here says whose the namespace ${quoted(name)} is`
        : say`${path} has something in the namespace ${quoted(name)}`
    case 'services':
      return words('it covers services in general')
    default:
      return assertNever(kind)
  }
}
