import type { Action } from '../src/domain/routing/action.ts'
import type { Explanation } from '../src/domain/routing/explain/explanation.ts'
import type { EffectiveRoute } from '../src/domain/routing/route-table.ts'
import { type Deed, sharesOf, summaryOf, withoutSlash } from './ends.ts'
import type { OtherEnd } from './mesh.ts'

/** How we say that a request ends: by one of these. */
export type Said = { readonly route: string; readonly does: string } | { readonly end: OtherEnd | 'no-host' }

/** Everything that one answer says may happen. */
export function saidOf(explanation: Explanation): readonly Said[] {
  const denied: Said = { end: 'denied' }
  if (explanation.outcome === 'denied') return [denied]
  const { refusal } = explanation
  return [...unlessRefused(explanation), ...(refusal === undefined ? [] : [denied])]
}

/** What may happen to a request that no policy refuses. */
function unlessRefused({ outcome, route, possible, gateway }: Explanation): readonly Said[] {
  const isMesh = gateway === 'mesh'
  const service: Said = { end: 'service' }
  const notFound: Said = { end: 'not-found' }
  if (outcome === 'no-host') return [isMesh ? service : { end: 'no-host' }]
  if (outcome === 'service') return [service]
  if (outcome === 'no-route') return [notFound]
  // Of a contested host nobody says whether who takes it first is the service.
  const none = isMesh ? [service, notFound] : [notFound]
  if (outcome === 'contested')
    return (possible ?? []).flatMap((each) => (each === 'no-route' ? none : [routeSaid(each)]))
  return route === undefined ? [] : [routeSaid(route)]
}

/** How we say that a route ends a request. */
export function routeSaid({ from, match, outcome }: EffectiveRoute): Said {
  const { action } = outcome
  const own = nameOfEntry(from)
  if (own === undefined && action.kind === 'redirect') return { end: 'https-redirect' }
  const name = [own ?? '', ...(match?.name === undefined ? [] : [match.name])].join('.')
  return { route: name, does: summaryOf(deedOf(action)) }
}

/** What Envoy calls an entry: a rule of the Gateway API without a name by its route and number. */
function nameOfEntry({ http, secondary, secondaryEntry }: EffectiveRoute['from']): string | undefined {
  const { madeOf } = secondary ?? {}
  if (http.name !== undefined || madeOf === undefined || madeOf.kind === 'Ingress') return http.name
  return `${madeOf.namespace}.${madeOf.name}.${secondaryEntry}`
}

function deedOf(action: Action): Deed {
  const headers = headersOf(action)
  switch (action.kind) {
    case 'redirect': {
      const { redirectCode: code, uri, prefixRewrite, authority: host } = action
      const path = withoutSlash(uri ?? prefixRewrite)
      return {
        redirect: { code, ...(path !== undefined && { path }), ...(host !== undefined && { host }) },
        headers,
      }
    }
    case 'directResponse':
      return { status: Number(action.status), headers }
    case 'route': {
      const { timeout, rewrite } = action
      const written = withoutSlash(rewrite?.uri ?? rewrite?.uriRegexRewrite?.rewrite)
      const to = action.destinations.map(
        ({ host = '', subset = '', weight }) => [`${host} ${subset}`, Number(weight) / 100] as const,
      )
      return {
        to: sharesOf(to),
        headers,
        ...(timeout !== undefined && { timeout: String(timeout) }),
        ...(written !== undefined && { rewrite: written }),
      }
    }
    default:
      return { headers }
  }
}

function headersOf({ headers = {} }: Action): readonly string[] {
  const operations = (of: 'request' | 'response', sign: string) => {
    const { set = {}, add = {}, remove = [] } = headers[of] ?? {}
    const added = [...Object.keys(set), ...Object.keys(add)].map((name) => `${sign}+${name}`)
    return [...added, ...remove.map((name) => `${sign}-${name}`)]
  }
  return [...operations('request', ''), ...operations('response', '<')]
}
