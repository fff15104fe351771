import { namedIgnoringCase } from '../language/literals.ts'
import { namesEnding } from '../language/names-ending.ts'
import { regexLanguage } from '../language/regex.ts'
import { remembering } from '../language/remembering.ts'
import { anyOf, intersect, isEmpty, type StringSet, subtract, unmetered } from '../language/string-set.ts'
import { authorities } from '../language/universe.ts'
import { isWildcard } from '../manifest/names.ts'
import { patternOf } from '../manifest/placeholders/placeholders.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { memoized } from '../source/memoized.ts'
import { partitionPoint } from '../source/partition-point.ts'

/** Whether a request to `name` (a name or itself a wildcard) can fall to the virtual host `host`. */
export function covers(host: string, name: string): boolean {
  if (!isWildcard(host)) return host === name
  return (
    name.length > host.length - 1 && name.endsWith(host.slice(1)) && (host === '*' || name !== host.slice(1))
  )
}

/**
 * The virtual host that Envoy chooses for a name: the exact one, else the longest wildcard, else none. `name` may be a
 * wildcard itself and then stands for the names under it that no longer wildcard or exact host takes.
 */
export function chooseHost(hosts: Iterable<string>, name: string): string | undefined {
  let best: string | undefined
  for (const host of hosts) {
    if (host === name) return host
    if (isWildcard(host) && covers(host, name) && (best === undefined || host.length > best.length))
      best = host
  }
  return best
}

/** The authorities (without port, in any case) that reach `host` and none of the more special `others`. */
export function authoritiesOf(host: string, others: readonly string[]): StringSet {
  if (!isWildcard(host)) return namesUnder(host)
  const special = hostsUnder(host, others)
  return special.length === 0 ? namesUnder(host) : namesLeft(JSON.stringify([host, ...special]))
}

/** Those that a wildcard covers, each once, sorted. */
function hostsUnder(host: string, others: readonly string[]): readonly string[] {
  const { ends, hosts } = byTheirEnds(others)
  const end = reversed(host.slice(1))
  const first = partitionPoint(ends.length, (at) => compareTexts(ends[at] ?? '', end) < 0)
  const found = new Set<string>()
  for (let at = first; ends[at]?.startsWith(end) === true; at += 1) {
    const other = hosts[at] ?? ''
    if (other !== host && covers(host, other)) found.add(other)
  }
  return [...found].toSorted()
}

/** The hosts in the order of their letters from the last one on, so that those under one wildcard stand together. */
const byTheirEnds = memoized((hosts: readonly string[]) => {
  const all = hosts
    .map((host) => ({ host, end: reversed(host) }))
    .toSorted((a, b) => compareTexts(a.end, b.end))
  return { hosts: all.map(({ host }) => host), ends: all.map(({ end }) => end) }
})

function reversed(text: string): string {
  return text.split('').reverse().join('')
}

const statesOf = (set: StringSet) => set.states.length

/** What a wildcard leaves to itself of its names, by it and the more special hosts under it. */
const namesLeft = remembering((hosts: string): StringSet => {
  const [host = '', ...special]: string[] = JSON.parse(hosts)
  const left = subtract(namesUnder(host), anyOf(special.map(namesUnder), unmetered), unmetered)
  return isEmpty(left) ? namesUnder(host) : left
}, statesOf)

/** The authorities (without port, in any case) that a host or wildcard stands for; whatever placeholders may become. */
export function namesUnder(host: string): StringSet {
  if (plainName.test(host)) return namedIgnoringCase(host)
  return plainWildcard.test(host) ? namesEndingIn(host.slice(1)) : namesByPattern(host)
}

/** Nothing in it is a sign of an expression, or folds to anything but itself in the other case. */
const plainName = /^[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)*$/
const plainWildcard = /^\*[a-zA-Z0-9_.-]*$/

const namesEndingIn = remembering(namesEnding, ({ states }) => states.length)

/** The same of any host, also of a plain one. */
export const namesByPattern = remembering((host: string): StringSet => {
  const name = patternOf(isWildcard(host) ? host.slice(1) : host)
    .map(quote)
    .join('[^:\\x00-\\x20\\x7f/?#@]*')
  const pattern = isWildcard(host) ? `(?i)[^:]+${name}(:[0-9]+)?` : `(?i)${name}(:[0-9]+)?`
  const names = regexLanguage(pattern, unmetered)
  if ('invalid' in names) throw new Error(`A host is not a literal: ${host}`)
  return intersect(names, authorities, unmetered)
}, statesOf)

/** Every character as RE2 reads it literally. */
function quote(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
}
