import type { RouteChange } from '../../../domain/diff/route-change.ts'
import { describeRequestParts, type RequestWords } from '../../../domain/match/describe-request-set.ts'
import { memoized } from '../../../domain/source/memoized.ts'
import { fewNames } from '../../../domain/terms/few-names.ts'
import { joined, listed, type Phrase, quoted, say, words } from '../../../domain/words/phrase.ts'
import { joinedRequests } from './joined-requests.ts'

/** Where the reader has to be told the host or the mesh, because more than one is affected. */
export interface Places {
  readonly manyHosts: boolean
  readonly manyMeshes: boolean
  /** Both gateways and sidecars are affected. */
  readonly mixed: boolean
}

/** What the changes of one pull request have in common, and therefore need not repeat. */
export function placesOf(changes: readonly RouteChange[]): Places {
  const inMesh = changes.filter((change) => change.gateway === 'mesh').length
  return {
    manyHosts: new Set(changes.map((change) => change.host)).size > 1,
    manyMeshes: new Set(changes.map((change) => change.mesh)).size > 1,
    mixed: inMesh > 0 && inMesh < changes.length,
  }
}

/** Requests in words, as what a sentence is about. */
export interface Subject {
  readonly phrase: Phrase
  /** Whether its verb is one of several: "`/login` and `/logout` go", "`/log*` except `/login` goes". */
  readonly plural: boolean
}

/** The requests of some changes in words, and how many paths (or patterns of paths) that are. */
export interface RequestsText extends Subject {
  readonly paths: number
}

/** Finding words is the dearest part of a report, and the same requests are named in several places. */
const partsOf = memoized(describeRequestParts)

interface Worded {
  readonly requests: RequestWords
  readonly hosts: readonly string[]
  /** The names that TLS is asked for where they are not the host. */
  readonly names: readonly string[]
}

/** Changes of one host at one place, on the same connections: requests of which one may be said to hold the others. */
function placeOf({ gateway, host, connections }: RouteChange): string {
  return JSON.stringify([gateway, host, connections?.names])
}

/** The parts of requests that stand at one place, joined again where that takes fewer paths. */
function partsOfPlace(changes: readonly RouteChange[]): readonly RequestWords[] {
  const [apart, joined] = [changes.map(({ requests }) => requests), joinedRequests(changes)].map((sets) =>
    sets.flatMap((set) => partsOf(set)),
  )
  if (apart === undefined || joined === undefined) return []
  return costOf(joined) < costOf(apart) ? joined : apart
}

/** How much there is to read: paths and exceptions; an example that stands for others tells least. */
function costOf(parts: readonly RequestWords[]): number {
  return parts.reduce((sum, { paths, conditions }) => {
    const { include, except, again, more, moreExcept, moreAgain, exact } = paths
    if (!exact) return Number.POSITIVE_INFINITY
    return sum + [include, except, again].flat().length + more + moreExcept + moreAgain + conditions.length
  }, 0)
}

function itemsOf(changes: readonly RouteChange[]): readonly Worded[] {
  const items = new Map<string, Omit<Worded, 'hosts'> & { hosts: Set<string> }>()
  for (const here of Map.groupBy(changes, placeOf).values()) {
    const [change] = here
    if (change === undefined) continue
    const names = change.connections?.names ?? []
    for (const requests of partsOfPlace(here)) {
      const key = JSON.stringify([requests, names])
      const item = items.get(key) ?? { requests, names, hosts: new Set<string>() }
      items.set(key, { ...item, hosts: item.hosts.add(change.host) })
    }
  }
  return mergedItems([...items.values()].map(({ hosts, ...item }) => ({ ...item, hosts: [...hosts].sort() })))
}

function isPlainList({ paths }: RequestWords): boolean {
  return paths.exact && !paths.ignoringCase && paths.except.length + paths.again.length === 0
}

/** Items that differ in nothing but their paths are one item: "`/login` and `/logout`". */
function mergedItems(items: readonly Worded[]): readonly Worded[] {
  const merged = new Map<string, Worded>()
  for (const { requests, hosts, names } of items) {
    const { include, more } = requests.paths
    const key = JSON.stringify([hosts, names, requests.conditions, isPlainList(requests) ? [] : requests])
    const known = merged.get(key)?.requests.paths
    const paths = {
      ...requests.paths,
      include: [
        ...(known?.include ?? []),
        ...include.filter((path) => known?.include.includes(path) !== true),
      ],
      more: (known?.more ?? 0) + more,
    }
    merged.set(key, { requests: { ...requests, paths }, hosts, names })
  }
  return [...merged.values()]
}

function onHost(host: string, path: string): string {
  if (host === '*') return path
  return path.startsWith('/') ? `${host}${path}` : `${host} ${path}`
}

/** "`/a`, `/b` and 3 more"; a list that is cut short shows half of what it could, so that the number is not lost. */
function quotedList(paths: readonly string[], more: number, most: number): Phrase {
  if (paths.length + more <= most) return listed(paths.map(quoted))
  const shown = paths.slice(0, Math.max(1, Math.floor(most / 2)))
  return listed([...shown.map(quoted), words(`${paths.length - shown.length + more} more`)])
}

function pathsPhrase(item: Worded, places: Places, most: number): Phrase {
  const { include, more } = item.requests.paths
  const spelled = places.manyHosts && item.hosts.length <= 2
  const all = spelled ? item.hosts.flatMap((host) => include.map((path) => onHost(host, path))) : include
  const paths = all.length === 0 ? words('every request') : quotedList(all, more, most)
  return places.manyHosts && !spelled ? say`${paths} on ${item.hosts.length} hosts` : paths
}

function itemPhrase(item: Worded, places: Places, most: number): Phrase {
  const { paths, conditions } = item.requests
  const { except, again, moreExcept, moreAgain } = paths
  return [
    ...(paths.exact ? [] : words('paths such as ')),
    ...pathsPhrase(item, places, most),
    ...(except.length === 0 ? [] : say` except ${quotedList(except, moreExcept, most)}`),
    ...(again.length === 0 ? [] : say`, but with ${quotedList(again, moreAgain, most)}`),
    ...(paths.ignoringCase ? words(' (ignoring case)') : []),
    ...words(conditions.length === 0 ? '' : ` ${conditions.join(' and ')}`),
    ...(item.names.length === 0 ? [] : say` on connections for ${fewNames(item.names)}`),
  ]
}

function pathCount(item: Worded): number {
  return Math.max(1, item.requests.paths.include.length + item.requests.paths.more) * item.hosts.length
}

interface Place {
  readonly mesh: string
  readonly side: 'at the gateway' | 'inside the mesh'
}

interface Said {
  readonly places: readonly Place[]
  readonly items: readonly Worded[]
}

/** The items of each mesh and side; those that are the same in several are kept once. */
const saidByPlace = memoized((changes: readonly RouteChange[]): readonly Said[] => {
  const sideOf = (change: RouteChange): Place['side'] =>
    change.gateway === 'mesh' ? 'inside the mesh' : 'at the gateway'
  const byPlace = Map.groupBy(changes, (change) => JSON.stringify([change.mesh, sideOf(change)]))
  const said = new Map<string, Said>()
  for (const here of byPlace.values()) {
    const [first] = here
    if (first === undefined) continue
    const items = itemsOf(here)
    const key = JSON.stringify(items)
    const place = { mesh: first.mesh, side: sideOf(first) }
    said.set(key, { places: [...(said.get(key)?.places ?? []), place], items })
  }
  return [...said.values()]
})

function placePrefix(here: readonly Place[], { manyMeshes, mixed }: Places): string {
  const meshes = new Set(here.map(({ mesh }) => mesh))
  const sides = new Set(here.map(({ side }) => side))
  const parts = [...(manyMeshes ? meshes : []), ...(mixed && sides.size === 1 ? sides : [])]
  return parts.length === 0 ? '' : `${parts.join(', ')}: `
}

/**
 * The requests of changes that are otherwise equal. The host stands before a path only where several are affected, the
 * mesh before that; equal requests of several meshes are said once. At most `most` paths of an item are spelled out.
 */
export function requestsText(changes: readonly RouteChange[], places: Places, most = 6): RequestsText {
  const said = saidByPlace(changes)
  const groups = said.map(({ places: here, items }) => {
    const list = listed(items.map((item) => itemPhrase(item, places, most)))
    return say`${placePrefix(here, places)}${list}`
  })
  const paths = said.reduce(
    (sum, { items }) => sum + items.reduce((all, item) => all + pathCount(item), 0),
    0,
  )
  return { phrase: joined(groups, '; '), paths, plural: paths > 1 }
}

/** The same as short as possible, for titles: without exceptions it is only said to be a part. */
export function shortRequests(changes: readonly RouteChange[], places: Places): Subject | undefined {
  const items = itemsOf(changes)
  const [item] = items
  const [path] = item?.requests.paths.include ?? []
  if (item === undefined || path === undefined) return undefined
  const { paths } = item.requests
  const whole = items.length === 1 && paths.include.length === 1 && paths.more === 0
  if (!whole) return undefined
  const shown = quoted(places.manyHosts && item.hosts.length === 1 ? onHost(item.hosts[0] ?? '', path) : path)
  return isPlainList(item.requests) && item.requests.conditions.length + item.names.length === 0
    ? { phrase: shown, plural: false }
    : { phrase: say`parts of ${shown}`, plural: true }
}
