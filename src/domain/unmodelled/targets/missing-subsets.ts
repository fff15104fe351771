import { hostMatches, hostsMayMeet, identityOf, isWildcard } from '../../manifest/names.ts'
import { isUnknown, mayBe } from '../../manifest/placeholders/placeholders.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import type { DestinationRule } from '../reading/destination-rule.ts'
import { type Client, clientsOf, rulesFor, rulesForSomePods, rulesIn } from './rules-of-host.ts'
import { type SubsetUse, subsetUsesIn } from './subsets.ts'
import type { World } from './world.ts'

/**
 * A route to a subset that nothing defines for some clients, although a rule of just that host is here, or one that did was. Beside
 * wildcards alone another repository may well have that rule.
 */
export interface MissingSubset {
  readonly use: SubsetUse
  /** The namespaces of the clients that find none; `*` any other. Absent where no client finds it. */
  readonly clients?: readonly Client[]
  /** The rules that they find, none of which defines it. */
  readonly found: readonly DestinationRule[]
  /** Those of the base side that did; only where they do no more. */
  readonly taken: readonly DestinationRule[]
}

/** Those of a mesh on one side; each VirtualService is told of a subset once. */
export function missingSubsets(mesh: Mesh, side: Snapshot, world: World): readonly MissingSubset[] {
  const isMerged = side === world.comparison.merged && side !== world.comparison.base
  const rules = {
    now: rulesIn(side, mesh.name, world),
    before: isMerged ? rulesIn(world.comparison.base, mesh.name, world) : [],
  }
  const isUnread = mayBeRuledUnread(rules.now, side)
  const uses = subsetUsesIn(mesh, world).filter(
    ({ resource, host, subset }) =>
      resource.refused !== true && !isUnknown(subset) && !isUnknown(host) && !isUnread(host),
  )
  const once = new Map(
    uses.toReversed().map((use) => [JSON.stringify([identityOf(use.resource), use.host, use.subset]), use]),
  )
  return [...once.values()]
    .toReversed()
    .flatMap((use) => missing(use, { ...rules, mesh: mesh.name }, world) ?? [])
}

/** Whether what nobody can read, or another tool fills in, may be a rule of a host. */
function mayBeRuledUnread(
  rules: readonly DestinationRule[],
  { manifests }: Snapshot,
): (host: string) => boolean {
  const filledIn = rules.filter((each) => isUnknown(each.host))
  const unread = new Set(manifests.unreadable.map(({ path }) => path))
  const texts = manifests.files
    .filter(({ path, text }) => unread.has(path) && text.includes('DestinationRule'))
    .map(({ text }) => text)
  return (host) =>
    filledIn.some((each) => hostsMayMeet(each.host, host)) ||
    texts.some((text) => text.includes(host.split('.')[0] ?? ''))
}

interface Rules {
  readonly mesh: string
  readonly now: readonly DestinationRule[]
  readonly before: readonly DestinationRule[]
}

function missing(use: SubsetUse, { now, before, mesh }: Rules, world: World): MissingSubset | undefined {
  const { host, subset, resource } = use
  const isOfHost = (rule: DestinationRule) => hostMatches(rule.host, host)
  const rules = { now: now.filter(isOfHost), before: before.filter(isOfHost) }
  const isSurelyHere = ({ resource: rule }: DestinationRule) => world.comparison.meshOf(rule) === mesh
  const clients = clientsOf(resource.namespace, [...rules.now, ...rules.before], world)
  const lacking = clients.flatMap((client) => {
    const lookup = { client, host, world }
    const forSomePods = rulesForSomePods(rules.now, lookup)
    const found = [...new Set([...rulesFor(rules.now, lookup), ...forSomePods])]
    const taken = rulesFor(rules.before, lookup).filter((each) => mayDefine(each, subset))
    const isKnown =
      taken.some(isSurelyHere) || found.some((each) => !isWildcard(each.host) && isSurelyHere(each))
    const isMissing = isKnown && !found.some((each) => mayDefine(each, subset))
    return isMissing ? [{ client, found, taken }] : []
  })
  if (lacking.length === 0) return undefined
  return {
    use,
    found: [...new Set(lacking.flatMap(({ found }) => found))],
    taken: [...new Set(lacking.flatMap(({ taken }) => taken))],
    ...(lacking.length < clients.length && { clients: lacking.map(({ client }) => client) }),
  }
}

function mayDefine({ subsets }: DestinationRule, subset: string): boolean {
  return subsets.has(subset) || [...subsets.keys()].some((name) => isUnknown(name) && mayBe(name, subset))
}
