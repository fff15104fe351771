import { guessed, told } from '../../words/told.ts'
import { type Message, messageAt, messagesAt, numberAt, placeOf, textAt } from '../decoding/fields.ts'
import type { Problem } from '../decoding/problem.ts'
import { excerpt } from '../excerpt.ts'
import type { VirtualService } from '../virtual-service.ts'

/** The redirects that Envoy knows; Istio takes 300 to 399. */
const redirects = [301, 302, 303, 307, 308]

/** What the names of Envoy's commands in header values begin with (envoyproxy.io, "Command operators"). */
const commands =
  /^(?:REQ|RESP|TRAILER|GRPC_STATUS|REQUEST|RESPONSE|UPSTREAM|DOWNSTREAM|CONNECTION|BYTES|START_TIME|EMIT_TIME|DURATION|COMMON_DURATION|ROUNDTRIP_DURATION|PROTOCOL|ROUTE|VIRTUAL|REQUESTED_SERVER_NAME|SERVER|DYNAMIC_METADATA|CLUSTER_METADATA|METADATA|FILTER|HOST|LISTENER|ACCESS_LOG|ENVIRONMENT|STREAM|TRACE|SPAN|UNIQUE_ID|LOCAL|CEL|PER_REQUEST_STATE|QUERY|PATH|CUSTOM|TLS|COALESCE|IS_|PEER|XFCC|SNI|GEO|RANDOM|WORKER|CLUSTER|SECRET|FILE)/

/**
 * What Istio admits and Envoy refuses, and with it the routes of the whole port: the proxies keep those that they have, of
 * every host and team, until it is taken back, and a new proxy has none (measured; istio.io says nothing of it).
 */
export function refusedByEnvoy({ spec }: VirtualService): readonly Problem[] {
  // The entries were decoded by the schema of HTTPRoute: as JSON they are messages like any other.
  return messagesAt(spec as unknown as Message, 'http').flatMap((entry) => [
    ...redirectCode(messageAt(entry, 'redirect')),
    ...status(messageAt(entry, 'directResponse'), 'status'),
    ...status(messageAt(messageAt(entry, 'fault'), 'abort'), 'httpStatus'),
    ...commandsIn(messageAt(entry, 'headers')),
    ...messagesAt(entry, 'route').flatMap((route) => commandsIn(messageAt(route, 'headers'))),
    ...messagesAt(entry, 'match').flatMap(emptyQueryKey),
  ])
}

function problem(message: string, range: Problem['range']): Problem {
  return {
    severity: 'error',
    admitted: true,
    ...told(`${message}: Envoy refuses all routes of the port, those of others included`),
    range,
    todo: guessed('Istio lets it pass; the gateways keep the routes that they have, and new ones have none'),
  }
}

function redirectCode(redirect: Message | undefined): readonly Problem[] {
  const code = numberAt(redirect, 'redirectCode')
  if (code === undefined || code < 300 || code > 399 || redirects.includes(code)) return []
  return [problem(`A redirect with ${code}`, placeOf(redirect, 'redirectCode'))]
}

/** Istio takes 600, Envoy ends at 599. */
function status(parent: Message | undefined, field: string): readonly Problem[] {
  return numberAt(parent, field) === 600 ? [problem('The status 600', placeOf(parent, field))] : []
}

function commandsIn(headers: Message | undefined): readonly Problem[] {
  return ['request', 'response'].flatMap((side) =>
    ['add', 'set'].flatMap((operation) => {
      const values = messageAt(messageAt(headers, side), operation)
      return Object.keys(values ?? {}).flatMap((name) => {
        const unknown = unknownCommand(textAt(values, name))
        return unknown === undefined
          ? []
          : [problem(`The command \`%${excerpt(unknown)}%\` in a header`, placeOf(values, name))]
      })
    }),
  )
}

/** The first command of a value that no Envoy has; `%%` is a percent sign. */
function unknownCommand(value: string): string | undefined {
  const written = value.matchAll(/%%|%(?<name>[^%(]*)(?:\([^)]*\))?(?::\d+)?%/g)
  return [...written]
    .flatMap(({ groups }) => groups?.['name'] ?? [])
    .find((name) => !commands.test(name.trim()))
}

function emptyQueryKey(match: Message): readonly Problem[] {
  const parameters = messageAt(match, 'queryParams')
  if (parameters === undefined || !Object.hasOwn(parameters, '')) return []
  return [
    problem('A query parameter without a name', placeOf(parameters, '') ?? placeOf(match, 'queryParams')),
  ]
}
