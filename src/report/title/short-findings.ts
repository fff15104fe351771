import { indexOfLiteral } from '../../domain/manifest/placeholders/placeholders.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import { positionOf } from '../../domain/source/source-file.ts'
import { listed, type Phrase, quoted, say, words } from '../../domain/words/phrase.ts'

/** What a rule finds: about somebody, where the name has room, and without any name. */
interface Short {
  readonly of?: (name: string) => Phrase
  readonly alone: string
}

const inShort: Readonly<Record<string, Short>> = {
  'broken-route-test': { alone: 'a route test would not pass' },
  'changed-role': {
    of: (name) => say`${quoted(name)} changes its role in delegation`,
    alone: 'a VirtualService changes its role in delegation',
  },
  'contested-host': {
    of: (name) => say`${quoted(name)} shares a host, and the order is not known`,
    alone: 'VirtualServices share a host, and their order is not known',
  },
  'dead-gateway-reference': {
    of: (name) => say`${quoted(name)} names a Kubernetes Gateway`,
    alone: 'a VirtualService names a Kubernetes Gateway',
  },
  'delegate-beside-action': {
    of: (name) => say`an action stands beside a delegate of ${quoted(name)}`,
    alone: 'an action stands beside a delegate',
  },
  'dropped-entry': {
    of: (name) => say`Istio would drop an entry of ${quoted(name)}`,
    alone: 'Istio would drop an entry',
  },
  'dropped-http-route': {
    of: (name) => say`Istio would take nothing of HTTPRoute ${quoted(name)}`,
    alone: 'Istio would take nothing of an HTTPRoute',
  },
  'duplicate-virtual-service': {
    of: (name) => say`${quoted(name)} is applied twice`,
    alone: 'a VirtualService is applied twice',
  },
  'empty-primary': {
    of: (name) => say`every entry of ${quoted(name)} would be dropped`,
    alone: 'every entry of a primary would be dropped',
  },
  'escaped-boundary': {
    of: (name) => say`${quoted(name)} lets in what its primary excludes`,
    alone: 'a secondary lets in what its primary excludes',
  },
  'expired-suppression': { alone: 'a suppression has expired' },
  'hidden-primary': {
    of: (name) => say`${quoted(name)} is not exported to its gateway`,
    alone: 'a primary is not exported to its gateway',
  },
  'hidden-secondary': {
    of: (name) => say`${quoted(name)} is not exported to its primary`,
    alone: 'a secondary is not exported to its primary',
  },
  'ignored-target-ref': {
    of: (name) => say`Istio ignores what ${quoted(name)} is for`,
    alone: 'Istio ignores what a policy is for',
  },
  'incomplete-analysis': { alone: 'not all of it can be read' },
  'invalid-codeowners': { alone: 'CODEOWNERS has a mistake' },
  'invalid-configuration': { alone: 'the configuration has a mistake' },
  'invalid-manifest': {
    of: (name) => say`Istio would not take ${quoted(name)}`,
    alone: 'Istio would not take a manifest',
  },
  'invalid-snapshot': { alone: 'a snapshot of a cluster has a mistake' },
  'merge-conflict': { alone: 'it conflicts with the base branch' },
  'missing-backend': {
    of: (name) => say`${quoted(name)} leads to a Service that is not there`,
    alone: 'an HTTPRoute leads to a Service that is not there',
  },
  'missing-grant': {
    of: (name) => say`no ReferenceGrant lets ${quoted(name)} use its backend`,
    alone: 'a ReferenceGrant is missing',
  },
  'missing-port': {
    of: (name) => say`${quoted(name)} leads to a port that is not there`,
    alone: 'a route leads to a port that is not there',
  },
  'missing-secondary': {
    of: (name) => say`${quoted(name)} delegates to nobody who is there`,
    alone: 'a delegate names nobody who is there',
  },
  'missing-subset': {
    of: (name) => say`${quoted(name)} leads to a subset that is not there`,
    alone: 'a route leads to a subset that is not there',
  },
  'mixed-mirror': {
    of: (name) => say`the mirror of ${quoted(name)} mixes with its primary's`,
    alone: "a secondary's mirror mixes with its primary's",
  },
  'nested-delegate': {
    of: (name) => say`${quoted(name)} is delegated to and delegates`,
    alone: 'a secondary delegates itself',
  },
  'not-deployed': { alone: 'a build fails, and nothing of it is applied' },
  'open-prefix': {
    of: (name) => say`${quoted(name)} leaves requests of its prefix open`,
    alone: 'requests of a delegated prefix are left open',
  },
  'orphan-secondary': {
    of: (name) => say`nobody here delegates to ${quoted(name)}`,
    alone: 'nobody here delegates to a secondary',
  },
  'overridden-field': {
    of: (name) => say`${quoted(name)} overrides a field of its primary`,
    alone: 'a secondary overrides a field of its primary',
  },
  'passable-deny': {
    of: (name) => say`what ${quoted(name)} denies gets through in another spelling`,
    alone: 'what a policy denies gets through in another spelling',
  },
  'prefix-hides-regex': {
    of: (name) => say`${quoted(name)} hides regular expressions of its list`,
    alone: 'a prefix hides regular expressions of its list',
  },
  'rejected-by-proxy': {
    of: (name) => say`the proxy would refuse ${quoted(name)}`,
    alone: 'the proxy would refuse a route',
  },
  'secondary-with-bindings': {
    of: (name) => say`${quoted(name)} is delegated to and has bindings of its own`,
    alone: 'a secondary has bindings of its own',
  },
  'secondary-with-hosts': {
    of: (name) => say`${quoted(name)} is delegated to and has hosts`,
    alone: 'a secondary has hosts',
  },
  'shadowed-route': {
    of: (name) => say`no request could reach a route of ${quoted(name)}`,
    alone: 'no request could reach a route',
  },
  'shifted-rewrite': {
    of: (name) => say`${quoted(name)} rewrites paths otherwise than it seems`,
    alone: 'a route rewrites paths otherwise than it seems',
  },
  'unattached-route': {
    of: (name) => say`no listener takes HTTPRoute ${quoted(name)}`,
    alone: 'no listener takes an HTTPRoute',
  },
  'unbound-match': {
    of: (name) => say`${quoted(name)} matches gateways that it is not bound to`,
    alone: 'a match names gateways that it is not bound to',
  },
  'unmodelled-change': { alone: 'something changes that is not judged here' },
  'unowned-virtual-service': {
    of: (name) => say`nobody owns ${quoted(name)}`,
    alone: 'nobody owns a VirtualService',
  },
  'unserved-host': {
    of: (name) => say`no gateway serves a host of ${quoted(name)}`,
    alone: 'no gateway serves a host',
  },
}

/** The rules that a title has words for. */
export const wordedRules: readonly string[] = Object.keys(inShort)

/** What a rule finds, without any name. */
export function shortFinding(rule: string): string {
  return inShort[rule]?.alone ?? `rule ${rule}`
}

/** The name without its namespace. */
export function lastOf(identity: string): string {
  return identity.slice(indexOfLiteral(identity, '/') + 1)
}

/** The worst of several findings in as few words as tell whom it is about, then where it is, then by itself. */
export function shortFindings(blocking: readonly Finding[]): readonly Phrase[] {
  const [worst, ...others] = blocking
  if (worst === undefined) return []
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  const of = inShort[worst.rule]?.of
  const alone = shortFinding(worst.rule)
  const named = of === undefined || worst.resource === '' ? [] : [say`${of(lastOf(worst.resource))}${more}`]
  const place = worst.range && positionOf(worst.range)
  const placed = place === undefined ? [] : [say`${quoted(place.file)} line ${place.line}: ${alone}${more}`]
  return [...severalDropped(blocking), ...named, ...placed, say`${alone}${more}`]
}

function severalDropped(blocking: readonly Finding[]): readonly Phrase[] {
  const [worst] = blocking
  const alike = blocking.filter(({ rule }) => rule === worst?.rule)
  if (worst?.rule !== 'dropped-entry' || alike.length < 2) return []
  const names = [...new Set(alike.map(({ resource }) => lastOf(resource)))]
  const many = words(`Istio would drop ${alike.length} entries`)
  return [say`${many} (${listed(names.map(quoted))})`, many]
}
