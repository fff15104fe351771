import { regexProblem } from '../../language/regex.ts'
import type { Mistake } from '../../source/diagnostic.ts'
import { type FaultTable, faultOf } from '../../source/fault-table.ts'
import { type Phrase, quoted, say, words } from '../../words/phrase.ts'
import { excerpt } from '../excerpt.ts'
import { type Cause, causeWords } from './cause.ts'
import { gatewayFaults } from './gateway/gateway-faults.ts'

/** Everything that Istio's validation, or Envoy after it, objects to in an object that can be decoded: a closed list. */
export type ValidationFaultCode = keyof typeof faults

/** What belongs to a code, in the order of its words. */
export type ValuesOf<Code extends ValidationFaultCode> = Parameters<(typeof faults)[Code]>

/** A fault as data and in its words; what belongs to its code is what was written. */
export function validationFault<Code extends ValidationFaultCode>(
  code: Code,
  values: ValuesOf<Code>,
): Mistake<Code> {
  return faultOf(faults, code, values)
}

function cut(text: string): Phrase {
  return quoted(excerpt(text))
}

function regexWords(pattern: string): Phrase {
  const { fault, at } = regexProblem(pattern) ?? { fault: '' }
  return at === undefined ? words(fault) : say`${fault}: ${quoted(at)}`
}

function byEnvoy(what: Phrase) {
  return {
    clause: say`${what}: Envoy refuses all routes of the port, and every host and team of it stops updating`,
    todo: words('Istio lets it pass; the proxies keep the routes that they have, and new ones have none'),
  }
}

const faults = {
  ...gatewayFaults,
  annotation: (key: string, cause: Cause) => say`The annotation ${quoted(key)}: ${causeWords(cause)}`,
  port: (port: number) => say`The port ${port} is not within 1 to 65535`,
  'regex-empty': () => words('An empty regex matches nothing that Istio takes'),
  'regex-long': () => words('The regex is longer than 1024 characters'),
  regex: (pattern: string) => ({
    clause: say`The regex is not RE2: error parsing regexp: ${regexWords(pattern)}`,
    todo: words('Istio takes RE2 syntax: no look-around, no back references'),
  }),
  'regex-delegated': () => words('Istio up to 1.14 takes no regex where a route is delegated'),

  'object-name': (name: string) => ({
    clause: say`${cut(name)} is no name of an object, which the API server refuses`,
    todo: words('Write small letters, digits, dashes and dots alone, with a letter or a digit at both ends'),
  }),
  'object-namespace': (name: string) => ({
    clause: say`${cut(name)} is no name of a namespace, and the API server refuses the object`,
    todo: words('Write small letters, digits and dashes alone, with a letter or a digit at both ends'),
  }),
  'gateway-legacy': (name: string) => ({
    clause: say`${cut(name)} is a legacy form of a gateway name`,
    todo: say`Write ${quoted(name.split('.', 2).toReversed().join('/'))}`,
  }),
  'gateway-name': (name: string, cause: Cause, part?: string) =>
    say`${cut(name)} is no gateway name: ${causeWords(cause, part)}`,
  'gateway-incomplete': (name: string) => say`${cut(name)} lacks the namespace or the name of the gateway`,
  'gateway-dot': (name: string) => ({
    clause: say`${cut(name)} names no valid namespace`,
    todo: say`Leave out ${quoted('./')}: a plain name is looked up in the own namespace`,
  }),
  'gateway-namespace': (name: string) => say`${cut(name)} names no valid namespace`,
  'gateway-part': (name: string) => say`${cut(name)} names no valid gateway`,
  'label-key': (key: string) => say`${cut(key)} is no label key`,
  'label-value': (value: string) => say`${cut(value)} is no label value`,
  'export-twice': (entry: string) => say`exportTo names ${cut(entry)} twice`,
  'export-entry': (entry: string) =>
    say`${cut(entry)} in exportTo is neither ${quoted('.')}, ${quoted('*')} nor a namespace`,
  'export-star': () => ({
    clause: say`exportTo names ${quoted('*')} beside others`,
    todo: say`Keep ${quoted('*')} alone, or leave it out`,
  }),

  host: (host: string, cause: Cause, part?: string) =>
    say`${cut(host)} is no host: ${causeWords(cause, part)}`,
  'host-star': () => ({
    clause: say`The host ${quoted('*')} is not allowed in the mesh`,
    todo: words('Bind the VirtualService to gateways, or name its hosts'),
  }),
  'hosts-overlap': (host: string, other: string) =>
    say`${quoted(host)} and ${quoted(other)} overlap within one VirtualService`,
  'sni-address': (host: string) => ({
    clause: say`${quoted(host)} is an address`,
    rest: words('; clients send names as SNI'),
  }),
  'sni-host': (host: string, cause: Cause, part?: string) =>
    say`${cut(host)} is no SNI host: ${causeWords(cause, part)}`,
  'sni-elsewhere': (host: string, hosts: string) =>
    say`The SNI host ${quoted(host)} is within none of the hosts (${excerpt(hosts)})`,
  'no-routes': () => say`A VirtualService needs ${quoted('http')}, ${quoted('tcp')} or ${quoted('tls')}`,
  'claim-in-mesh': (key: string) =>
    say`${cut(key)} matches a JWT claim, which only works where gateways are named and ${quoted('mesh')} is not`,

  'null-entry': () => say`An entry of ${quoted('http')} is null`,
  'null-match': (kind: string) => say`A ${kind} match is null`,
  'null-destination': () => words('A destination of the route is null'),
  'null-mirror': () => words('A mirror is null'),
  'empty-prefix': (field: string) => ({
    clause: say`An empty prefix in ${field}`,
    todo: say`Leave the value empty (${quoted('{}')}) to ask for presence`,
  }),
  namespace: (name: string) => say`${cut(name)} is no namespace`,
  'two-mirrors': () => say`An entry takes ${quoted('mirror')} or ${quoted('mirrors')}, not both`,
  'no-action': () => ({
    clause: say`The entry does nothing: it has no ${quoted('route')}, ${quoted('redirect')} or ${quoted('directResponse')}`,
    todo: words('Add a route, or remove the entry'),
  }),
  beside: (field: string, action: string) => say`${quoted(field)} has no place beside ${quoted(action)}`,
  subnet: (subnet: string) => say`${cut(subnet)} is neither an address nor a CIDR block`,
  'tls-without-match': () => words('A tls entry needs a match'),
  'no-route': (kind: string) => say`The ${kind} entry has no ${quoted('route')}`,
  'no-sni': () => say`A tls match needs ${quoted('sniHosts')}`,

  subset: (name: string) => say`${cut(name)} is no subset name`,
  destination: (host: string, cause: Cause, part?: string) =>
    say`${cut(host)} is no destination host: ${causeWords(cause, part)}`,
  'no-destination': () => say`A target of the route lacks ${quoted('destination')}`,
  'mirror-without-destination': () => say`A mirror lacks ${quoted('destination')}`,
  'weight-negative': (weight: number) => say`The weight ${weight} is not 0 or more`,
  'weight-over-100': (weight: number) => say`The weight ${weight} is not within 0 to 100`,
  'weights-sum': (sum: number) => ({
    clause: say`The weights sum to ${sum}`,
    rest: words('; Istio up to 1.14 wants 100'),
  }),
  'no-weights': (count: number) => ({
    clause: say`None of the ${count} destinations has a weight`,
    todo: words('Give at least one of them a weight above 0'),
  }),
  'mirror-percent': () => ({
    clause: say`${quoted('mirrorPercent')} is deprecated`,
    todo: say`Write ${quoted('mirrorPercentage: {value: ...}')}`,
  }),
  'mirror-percent-over-100': (percent: number) => say`${quoted(`mirrorPercent: ${percent}`)} is over 100`,
  percentage: (value: number) => say`The percentage ${value} is not within 0 to 100`,
  'fault-percentage': (value: number) => say`The percentage ${value} is neither 0 nor within 0.0001 to 100`,
  'redirect-empty': (fields: string) => say`A redirect needs one of ${fields}`,
  'redirect-code': (code: number) => say`${code} is no redirect code`,
  'redirect-scheme': (scheme: string) => say`A redirect leads to http or https, not to ${cut(scheme)}`,
  'redirect-both': () => say`A redirect takes ${quoted('uri')} or ${quoted('prefixRewrite')}, not both`,
  'redirect-prefix': () => say`${quoted('prefixRewrite')} needs matches by prefix`,
  'direct-response': () => say`Istio up to 1.14 does not know ${quoted('directResponse')}`,
  'body-over-1mb': () => words('The body is over 1 MB'),
  'body-over-100kb': () => ({
    clause: words('The body is over 100 kB'),
    rest: words('; that slows the control plane down'),
  }),
  'rewrite-both': () => say`A rewrite takes ${quoted('uri')} or ${quoted('uriRegexRewrite')}, not both`,
  'rewrite-empty': () =>
    say`A rewrite needs ${quoted('uri')}, ${quoted('uriRegexRewrite')} or ${quoted('authority')}`,
  'regex-rewrite': () => say`${quoted('uriRegexRewrite')} needs ${quoted('match')} and ${quoted('rewrite')}`,
  'fault-empty': () => say`A fault needs ${quoted('abort')}, ${quoted('delay')} or both`,
  'grpc-status': (name: string) => say`${cut(name)} is no gRPC status`,
  'http2-error': () => say`Istio cannot inject ${quoted('http2Error')}`,
  'abort-nothing': () => words('The abort says not with which status, so it aborts nothing'),
  status: (status: number) => say`${status} is no HTTP status within 200 to 599`,
  'exponential-delay': () => say`Istio does not support ${quoted('exponentialDelay')}`,
  'duration-short': (field: string, duration: string) =>
    say`${quoted(`${field}: ${duration}`)} is less than 1ms`,
  'duration-fine': (field: string, duration: string) =>
    say`${quoted(`${field}: ${duration}`)} is finer than a millisecond`,
  'duration-finer-than-second': (field: string, duration: string) =>
    say`${quoted(`${field}: ${duration}`)} is finer than a second`,
  attempts: (attempts: number) => say`${quoted(`attempts: ${attempts}`)} is negative`,
  'attempts-idle': (field: string) => ({
    clause: say`${quoted(field)} is set while ${quoted('attempts')} is 0`,
    todo: say`Set ${quoted('attempts')}, or remove ${quoted(field)}`,
  }),
  'retry-policy': (policy: string) => say`${cut(policy)} is no policy of retryOn`,
  'retry-policy-spaced': (policy: string) => ({
    clause: say`${cut(policy)} is no policy of retryOn`,
    todo: words('Remove the space: Istio takes it for a part of the name'),
  }),

  'header-empty': () => words('A header name is empty'),
  header: (name: string) => say`${cut(name)} is no header name`,
  'header-host': () => say`${quoted('host')} cannot be changed here`,
  'header-colon': (name: string) => say`${cut(name)}: names that start with a colon cannot be changed here`,
  'header-value': (name: string, cause: Cause) =>
    say`The value of ${cut(name)} is not in Envoy's syntax: ${causeWords(cause)}`,
  'authority-twice': () => words('The authority of the request is set twice'),
  'cors-origin': () => words('An allowed origin is empty'),
  'cors-method': (method: string) => say`${cut(method)} is no HTTP method that CORS can allow`,

  'envoy-redirect': (code: number) => byEnvoy(say`A redirect with ${code}`),
  'envoy-status': () => byEnvoy(words('The status 600')),
  'envoy-command': (name: string) => byEnvoy(say`The command ${quoted(`%${excerpt(name)}%`)} in a header`),
  'envoy-text': () => byEnvoy(words('A line break, or NUL, in a path or host that requests are sent to')),
  'envoy-header-name': (name: string) => byEnvoy(say`A line break, or NUL, in the header name ${cut(name)}`),
  'envoy-header-size': (name: string) =>
    byEnvoy(say`A header name or value of more than 16384 bytes (${cut(name)})`),
  'envoy-headers': (count: number) => byEnvoy(say`${count} headers that are set or added, where 1000 can be`),
  'envoy-weights': (sum: number) => byEnvoy(say`Weights that sum to ${sum}, which is more than 4294967295`),
  'envoy-regex-unreadable': (pattern: string) =>
    byEnvoy(say`The expression ${cut(pattern)}, which RE2 cannot read`),
  'envoy-regex-escape': (written: string) =>
    byEnvoy(say`The escape ${quoted(written)} in a regex, for a character that is no byte`),
  'envoy-regex-size': () => byEnvoy(words('A regex whose program has more than 32768 steps')),
  'envoy-parameter-size': (name: string) =>
    byEnvoy(say`A query parameter whose name has more than 1024 bytes (${cut(name)})`),
  'envoy-parameter': () => byEnvoy(words('A query parameter without a name')),
  'envoy-server-name': (name: string, other: string) => ({
    clause: say`The TLS name ${cut(name)} is also that of a server of ${cut(other)}: Envoy refuses the whole port, and every host and team of it stops updating`,
    todo: words('Istio lets it pass where the namespaces before the name differ; name it in one server'),
  }),
  'envoy-server-name-perhaps': (name: string, other: string) => ({
    clause: say`The TLS name ${cut(name)} is also that of a server of ${cut(other)}: where a pod has both, Envoy refuses the whole port, and every host and team of it stops updating`,
    todo: words('Istio lets it pass where the namespaces before the name differ; name it in one server'),
  }),
} as const satisfies FaultTable
