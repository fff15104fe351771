import { canonicalJson } from '../../manifest/json.ts'
import { identityOf, isWildcard } from '../../manifest/names.ts'
import { covers } from '../../routing/host-choice.ts'
import { serverNames, type TlsServer } from '../../routing/listeners/tls-listeners.ts'
import { memoized, memoizedByText } from '../../source/memoized.ts'
import { gathered } from '../../source/multimap.ts'

/** The servers that a name picks; nothing where TLS refuses it. */
export interface Picked {
  readonly before: TlsServer | undefined
  readonly after: TlsServer | undefined
}

/** Connections of several names on which a host meets the same. */
export interface ConnectionGroup extends Picked {
  readonly after: TlsServer
  readonly names: readonly string[]
  /** The Gateways (`ns/name`) of the servers after the merge. */
  readonly gateways: readonly string[]
  /** Whether the certificate after the merge is taken to be good for a host; absent as long as no host is asked for. */
  readonly areReused?: boolean
}

/** The names that pick the same servers on both sides, as far as TLS takes them after the merge. */
export function groupsOf(
  names: readonly string[],
  pick: (name: string) => Picked,
): readonly ConnectionGroup[] {
  const numbers = new Map<TlsServer | undefined, number>()
  const numberOf = (server: TlsServer | undefined) =>
    numbers.get(server) ?? numbers.set(server, numbers.size).size - 1
  const groups = Map.groupBy(names, (name) => {
    const { before, after } = pick(name)
    return `${numberOf(before)} ${numberOf(after)}`
  })
  return [...groups.values()].flatMap((own) => {
    const [first = ''] = own
    const { before, after } = pick(first)
    return after === undefined ? [] : [{ before, after, names: own, gateways: [identityOf(after.gateway)] }]
  })
}

/** Whether a group is that of the name that picks these servers. */
export function isSameGroup({ before, after }: ConnectionGroup, picked: Picked): boolean {
  return before === picked.before && after === picked.after
}

/** The groups for a host whose own name picks these servers. Those that have nothing for it after the merge stand together. */
type OthersFor = (host: string, itself: Picked) => readonly ConnectionGroup[]

/**
 * Of groups with one server before. A server after the merge that has tables or names for a host is looked at by itself; all others have
 * nothing for it, and only their certificates tell them apart: what they have in common is put together once for all hosts.
 */
export function othersAmong(
  groups: readonly ConnectionGroup[],
  hostsOf: (server: TlsServer) => readonly string[],
): OthersFor {
  const about = new Map(groups.map((each) => [each, [...hostsOf(each.after), ...namesOf(each.after)]]))
  const isBroad = (group: ConnectionGroup) => (about.get(group) ?? []).some(isWildcard)
  const [broad, narrow] = [groups.filter(isBroad), groups.filter((each) => !isBroad(each))]
  const byHost = gathered(
    narrow.flatMap((each) => [...new Set(about.get(each) ?? [])].map((host) => [host, each] as const)),
  )
  const together = memoizedByText((key) => {
    const good: readonly string[] = JSON.parse(key)
    const { reused = [], apart = [] } = Object.groupBy(narrow, ({ after }) =>
      good.includes(certificatesOf(after)) ? 'reused' : 'apart',
    )
    return [asOne(reused, true), asOne(apart, false)]
  })
  return (host, itself) => {
    const own = [itself.before, itself.after].flatMap((each) =>
      each === undefined ? [] : certificatesOf(each),
    )
    const isOther = (each: ConnectionGroup) => !isSameGroup(each, itself)
    const special = byHost.get(host) ?? []
    const except = new Set([...special, ...narrow.filter((each) => !isOther(each))])
    const alone = [...broad, ...special].filter(isOther)
    return [
      ...alone.map((each) => ({ ...each, areReused: isGoodFor(each, host, own) })),
      ...together(JSON.stringify(own)).flatMap((each) => without(each, except)),
    ]
  }
}

/** Groups that have nothing for most hosts, as one; none where there are none. */
interface Together {
  readonly groups: readonly ConnectionGroup[]
  readonly areReused: boolean
  readonly united: readonly ConnectionGroup[]
}

function asOne(groups: readonly ConnectionGroup[], areReused: boolean): Together {
  const [first] = groups
  if (first === undefined) return { groups, areReused, united: [] }
  const names = groups.flatMap((each) => each.names)
  const gateways = [...new Set(groups.flatMap((each) => each.gateways))]
  return { groups, areReused, united: [{ ...first, names, gateways, areReused }] }
}

/** The same object where nothing is left out. */
function without(
  { groups, areReused, united }: Together,
  except: ReadonlySet<ConnectionGroup>,
): readonly ConnectionGroup[] {
  if (![...except].some((each) => groups.includes(each))) return united
  return asOne(
    groups.filter((each) => !except.has(each)),
    areReused,
  ).united
}

const namesOf = memoized((server: TlsServer): readonly string[] =>
  serverNames(server).map((name) => name.toLowerCase()),
)

/** A certificate is taken to be good for the names of every server that has it. */
function isGoodFor({ after }: ConnectionGroup, host: string, own: readonly string[]): boolean {
  return namesOf(after).some((name) => covers(name, host)) || own.includes(certificatesOf(after))
}

const certificatesOf = memoized(({ server: { tls } }: TlsServer): string => {
  const { credentialName, credentialNames, serverCertificate, tlsCertificates } = tls ?? {}
  return canonicalJson([credentialName, credentialNames, serverCertificate, tlsCertificates].map(orNull))
})

function orNull<T>(value: T | undefined): T | null {
  return value ?? null
}
