import { rangeOf } from '../../../source/located.ts'
import { rangeOfElement } from '../../decoding/written-as.ts'
import { knownNumber } from '../../placeholders/placeholders.ts'
import type { Headers, HTTPMatchRequest, HTTPRoute, VirtualService } from '../../virtual-service.ts'
import { admitted, type Problem } from '../problem.ts'
import { isEnvoyCommand } from '../values/envoy-commands.ts'
import { isAuthorityHeader } from '../values/header-names.ts'
import { refusedPatterns } from './refused-patterns.ts'

/** The redirects that Envoy knows; Istio takes 300 to 399. */
const redirects = [301, 302, 303, 307, 308]

/**
 * What Istio admits and Envoy refuses, and with it the routes of the whole port: the proxies keep those that they have, of
 * every host and team, until it is taken back, and a new proxy has none (measured; istio.io says nothing of it).
 */
export function refusedByEnvoy({ spec }: VirtualService): readonly Problem[] {
  return (spec.http ?? []).flatMap((entry) => [
    ...redirectCode(entry.redirect),
    ...status(entry.directResponse?.status, rangeOf(entry.directResponse ?? {}, 'status')),
    ...status(entry.fault?.abort?.httpStatus, rangeOf(entry.fault?.abort ?? {}, 'httpStatus')),
    ...unsendableTexts(entry),
    ...refusedHeaders(entry.headers),
    ...(entry.route ?? []).flatMap(({ headers }) => refusedHeaders(headers)),
    ...tooManyHeaders(entry),
    ...sumOfWeights(entry),
    ...(entry.match ?? []).flatMap(queryKeys),
    ...refusedPatterns(entry),
  ])
}

function redirectCode(redirect: HTTPRoute['redirect'] = {}): readonly Problem[] {
  const code = redirect.redirectCode
  if (typeof code !== 'number' || code < 300 || code > 399 || redirects.includes(code)) return []
  return [admitted('envoy-redirect', rangeOf(redirect, 'redirectCode'), code)]
}

/** Istio takes 600, Envoy ends at 599. */
function status(code: number | string | undefined, range: Problem['range']): readonly Problem[] {
  return code === 600 ? [admitted('envoy-status', range)] : []
}

/** What no header may hold, and so neither a path, a host nor the name of one (Envoy's `well_known_regex`, not strict). */
const unsendable = /[\0\n\r]/

/** Texts of an action that end in a header: where requests are sent on to, or back to. */
function unsendableTexts({ rewrite = {}, redirect = {} }: HTTPRoute): readonly Problem[] {
  const { uriRegexRewrite = {} } = rewrite
  const texts = [
    [rewrite.uri, rangeOf(rewrite, 'uri')],
    [rewrite.authority, rangeOf(rewrite, 'authority')],
    [uriRegexRewrite.rewrite, rangeOf(uriRegexRewrite, 'rewrite')],
    [redirect.uri, rangeOf(redirect, 'uri')],
    [redirect.authority, rangeOf(redirect, 'authority')],
    [redirect.prefixRewrite, rangeOf(redirect, 'prefixRewrite')],
  ] as const
  return texts.flatMap(([text = '', range]) => (unsendable.test(text) ? [admitted('envoy-text', range)] : []))
}

/** A name or value of a header that is longer than this, in bytes, is refused. */
const longestHeader = 16_384

/** More headers than these are not added to a request, or to a response; those that are set count among them. */
const mostHeaders = 1000

function refusedHeaders(headers: Headers = {}): readonly Problem[] {
  return [headers.request, headers.response].flatMap((operations = {}) => {
    const { add = {}, set = {}, remove = [] } = operations
    return [
      ...[add, set].flatMap(refusedValues),
      ...remove.flatMap((name, index) => {
        const range = rangeOfElement(remove, index) ?? rangeOf(operations, 'remove')
        return unsendable.test(name) ? [admitted('envoy-header-name', range, name)] : []
      }),
    ]
  })
}

/**
 * Too many headers in one list of Envoy's: those of an entry, to which those of its target are added where it has but one; each
 * of several targets has lists of its own (Istio `applyHTTPRouteDestination`). A secondary's entry is counted as it is merged.
 */
export function tooManyHeaders({ headers, route = [] }: HTTPRoute): readonly Problem[] {
  const targets = route.length > 1 ? route.filter(({ weight }) => knownNumber(weight ?? 0) !== 0) : route
  const own = targets.map((each) => [each.headers])
  const lists = own.length === 1 ? [[headers, ...own.flat()]] : [[headers], ...own]
  return lists.flatMap((together) =>
    (['request', 'response'] as const).flatMap((direction) => {
      const operations = together.flatMap((each) => each?.[direction] ?? [])
      const count = operations.reduce((sum, each) => sum + countOf(each), 0)
      return count > mostHeaders ? [admitted('envoy-headers', rangeOf(operations[0] ?? {}), count)] : []
    }),
  )
}

function countOf({ add = {}, set = {} }: NonNullable<Headers['request']>): number {
  return [add, set].flatMap(Object.keys).filter((name) => !isAuthorityHeader(name)).length
}

function refusedValues(values: Readonly<Record<string, string>>): readonly Problem[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const range = rangeOf(values, name)
    const unknown = unknownCommand(value)
    return [
      ...(unsendable.test(name) ? [admitted('envoy-header-name', range, name)] : []),
      ...(bytesOf(name) > longestHeader ? [admitted('envoy-header-size', range, name)] : []),
      ...(bytesOf(value) > longestHeader ? [admitted('envoy-header-size', range, name)] : []),
      ...(unknown === undefined ? [] : [admitted('envoy-command', range, unknown)]),
    ]
  })
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}

/** The first command of a value that no Envoy has; `%%` is a percent sign. */
function unknownCommand(value: string): string | undefined {
  const written = value.matchAll(/%%|%(?<name>[^%(:]*)(?<given>\([^)]*\))?(?<length>:\d+)?%/g)
  return [...written]
    .flatMap(({ groups }) => (groups?.['name'] === undefined ? [] : [groups]))
    .find(({ name = '', given }) => !isEnvoyCommand({ name, hasArguments: given !== undefined }))?.['name']
}

/** Weights are added up in 32 bits. */
function sumOfWeights(entry: HTTPRoute): readonly Problem[] {
  const sum = (entry.route ?? []).reduce((total, { weight }) => total + (knownNumber(weight) ?? 0), 0)
  return sum >= 2 ** 32 ? [admitted('envoy-weights', rangeOf(entry, 'route'), sum)] : []
}

/** Whether a match asks for a query parameter without a name, which no request has. */
export function asksForNoName({ queryParams: parameters = {} }: HTTPMatchRequest): boolean {
  return Object.hasOwn(parameters, '')
}

/** A name of a query parameter that is longer than this, in bytes, is refused. */
const longestParameter = 1024

function queryKeys(match: HTTPMatchRequest): readonly Problem[] {
  const { queryParams: parameters = {} } = match
  return Object.keys(parameters).flatMap((name) => {
    const range = rangeOf(parameters, name) ?? rangeOf(match, 'queryParams')
    if (name === '') return [admitted('envoy-parameter', range)]
    return bytesOf(name) > longestParameter ? [admitted('envoy-parameter-size', range, name)] : []
  })
}
