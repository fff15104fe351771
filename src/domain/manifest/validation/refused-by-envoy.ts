import { rangeOf } from '../../source/located.ts'
import type { Headers, HTTPMatchRequest, HTTPRoute, VirtualService } from '../virtual-service.ts'
import { isEnvoyCommand } from './envoy-commands.ts'
import { admitted, type Problem } from './problem.ts'

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
    ...commandsIn(entry.headers),
    ...(entry.route ?? []).flatMap(({ headers }) => commandsIn(headers)),
    ...(entry.match ?? []).flatMap(emptyQueryKey),
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

function commandsIn(headers: Headers = {}): readonly Problem[] {
  return [headers.request, headers.response].flatMap((operations) =>
    [operations?.add ?? {}, operations?.set ?? {}].flatMap((values) =>
      Object.entries(values).flatMap(([name, value]) => {
        const unknown = unknownCommand(value)
        return unknown === undefined ? [] : [admitted('envoy-command', rangeOf(values, name), unknown)]
      }),
    ),
  )
}

/** The first command of a value that no Envoy has; `%%` is a percent sign. */
function unknownCommand(value: string): string | undefined {
  const written = value.matchAll(/%%|%(?<name>[^%(:]*)(?<given>\([^)]*\))?(?<length>:\d+)?%/g)
  return [...written]
    .flatMap(({ groups }) => (groups?.['name'] === undefined ? [] : [groups]))
    .find(({ name = '', given }) => !isEnvoyCommand({ name, hasArguments: given !== undefined }))?.['name']
}

function emptyQueryKey(match: HTTPMatchRequest): readonly Problem[] {
  const parameters = match.queryParams
  if (parameters === undefined || !Object.hasOwn(parameters, '')) return []
  return [admitted('envoy-parameter', rangeOf(parameters, '') ?? rangeOf(match, 'queryParams'))]
}
