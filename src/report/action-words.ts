import type { JsonObject, JsonValue } from '../domain/manifest/json.ts'
import { joined, listed, type Phrase, quoted, say, words } from '../domain/words/phrase.ts'

/** What has to be spelled out because it differs between the two sides that are compared. */
export interface Detail {
  readonly namespaces: boolean
  readonly ports: boolean
}

/** A value as a JSON object, or an empty one. */
export function object(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {}
}

/** A value as a list of JSON objects. */
export function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isList(value) ? value.map(object) : []
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function string(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** `productpage` for `productpage.default.svc.cluster.local`; a host outside the cluster keeps its name. */
function hostName(host: string, { namespaces }: Detail): string {
  const [name = '', namespace = '', svc] = host.split('.')
  if (svc !== 'svc') return host
  return namespaces ? `${name}.${namespace}` : name
}

/** `reviews v2`, and the port where it matters. */
export function destinationName(destination: JsonObject, detail: Detail): string {
  // Istio refuses a destination without a host; what else is wrong with it is a finding.
  const host = hostName(string(destination['host']), detail) || 'no host'
  const port = object(destination['port'])['number'] ?? destination['port']
  const number = detail.ports && (typeof port === 'number' || typeof port === 'string') ? `:${port}` : ''
  return `${host}${number}${destination['subset'] === undefined ? '' : ` ${string(destination['subset'])}`}`
}

/** `90 %`; a share of a hundredth of a percent is still a share. What another tool fills in stands as it is written. */
function percent(value: JsonValue | undefined): string {
  if (typeof value === 'string') return `a share of ${value}`
  const number = typeof value === 'number' ? value : 0
  return `${Math.round(number * 100) / 100} %`
}

function routeWords(destinations: readonly JsonObject[], detail: Detail): Phrase {
  const [first] = destinations
  if (first === undefined) return words('no destination')
  if (destinations.length === 1) return words(destinationName(first, detail))
  const host = destinationName({ ...first, subset: undefined }, detail)
  const sameHost = destinations.every(
    (each) => destinationName({ ...each, subset: undefined }, detail) === host,
  )
  const bySubset = sameHost && destinations.every((each) => each['subset'] !== undefined)
  const shares = destinations.map((each) =>
    words(`${percent(each['weight'])} ${bySubset ? string(each['subset']) : destinationName(each, detail)}`),
  )
  return bySubset ? say`${host}: ${joined(shares, ', ')}` : joined(shares, ', ')
}

function redirectWords(action: JsonObject): Phrase {
  const { redirectCode, uri, prefixRewrite, authority, scheme } = action
  const path = uri ?? prefixRewrite
  const host =
    authority === undefined ? '' : `${scheme === undefined ? '' : `${string(scheme)}://`}${string(authority)}`
  if (host === '' && path === undefined && scheme !== undefined)
    return say`${string(redirectCode)} to ${string(scheme)}`
  const target = `${host}${string(path)}`
  return target === '' ? words(string(redirectCode)) : say`${string(redirectCode)} to ${quoted(target)}`
}

/** Where the request goes, said as a person would: `productpage`, `reviews: 90 % v1, 10 % v2`, `301 to /new`. */
export function mainWords(action: JsonObject, detail: Detail): Phrase {
  switch (action['kind']) {
    case 'redirect':
      return redirectWords(action)
    case 'directResponse':
      return say`a fixed answer, ${string(action['status'])}`
    case 'external':
      return say`whatever ${quoted(string(action['virtualService']))} does`
    case 'none':
      return words('no destination')
    default:
      return routeWords(objects(action['destinations']), detail)
  }
}

/** `5 s`, as Istio's duration `5s` is read aloud. */
function duration(value: JsonValue | undefined): string {
  return string(value)
    .replace(/(\d)(h|ms|m|s)(?=\d|$)/g, '$1 $2 ')
    .trim()
}

function shareOf(percentage: JsonValue | undefined): string {
  return percentage === undefined ? '' : `${percent(object(percentage)['value'] ?? percentage)} `
}

function retriesWords(value: JsonValue): Phrase {
  const { attempts, perTryTimeout, ...rest } = object(value)
  if (Object.values(rest).some((field) => field !== undefined))
    return say`retries ${quoted(JSON.stringify(value))}`
  const count =
    attempts === undefined || attempts === 0
      ? 'no retries'
      : `${string(attempts)} ${attempts === 1 ? 'retry' : 'retries'}`
  return words(perTryTimeout === undefined ? count : `${count} of ${duration(perTryTimeout)} each`)
}

function faultWords(value: JsonValue): Phrase {
  const { delay, abort } = object(value)
  const parts = [
    ...(delay === undefined
      ? []
      : [
          words(`${shareOf(object(delay)['percentage'])}delayed by ${duration(object(delay)['fixedDelay'])}`),
        ]),
    ...(abort === undefined
      ? []
      : [
          words(
            `${shareOf(object(abort)['percentage'])}aborted with ${string(object(abort)['httpStatus'] ?? object(abort)['grpcStatus'])}`,
          ),
        ]),
  ]
  return listed(parts)
}

function mirrorWords(value: JsonValue, detail: Detail): Phrase {
  const mirrors = objects(value).map((mirror) => {
    const share = mirror['percentage'] === 100 ? '' : `${percent(mirror['percentage'])} `
    return words(`${share}${destinationName(mirror, detail)}`)
  })
  return say`a mirror to ${listed(mirrors)}`
}

function rewriteWords(value: JsonValue): Phrase {
  const { replaces, uri, uriRegexRewrite, authority } = object(value)
  const regex = object(uriRegexRewrite)
  const what = string(replaces).startsWith('prefix ') ? quoted(string(replaces).slice(7)) : words('the path')
  const parts = [
    ...(uri === undefined ? [] : [say`${what} rewritten to ${quoted(string(uri))}`]),
    ...(uriRegexRewrite === undefined
      ? []
      : [say`${quoted(string(regex['match']))} rewritten to ${quoted(string(regex['rewrite']))}`]),
    ...(authority === undefined ? [] : [say`host rewritten to ${quoted(string(authority))}`]),
  ]
  return listed(parts)
}

function headerWords(value: JsonValue): Phrase {
  const parts = (['request', 'response'] as const).flatMap((side) => {
    const { set, add, remove } = object(object(value)[side])
    const named = (verb: string, fields: JsonValue | undefined): readonly Phrase[] =>
      Object.entries(object(fields)).map(
        ([name, to]) => say`${side} header ${quoted(`${name}: ${string(to)}`)} ${verb}`,
      )
    const gone = (isList(remove) ? remove : []).map(
      (name) => say`${side} header ${quoted(string(name))} removed`,
    )
    return [...named('set', set), ...named('added', add), ...gone]
  })
  return parts.length === 0 ? words('no header operations') : listed(parts)
}

/** One field of an action besides the destination, in words that follow "gets": `a 5 s timeout`. */
export interface FieldWords {
  readonly present: Phrase
  readonly absent: string
}

/** The words for one field of an action; a field without words of its own is quoted as Istio's JSON. */
export function fieldWords(field: string, value: JsonValue, detail: Detail): FieldWords {
  switch (field) {
    case 'timeout':
      return {
        present: words(/^0+m?s$/.test(string(value)) ? 'its timeout off' : `a ${duration(value)} timeout`),
        absent: 'no timeout',
      }
    case 'retries':
      return { present: retriesWords(value), absent: 'the usual retries' }
    case 'fault':
      return { present: faultWords(value), absent: 'no fault' }
    case 'mirrors':
      return { present: mirrorWords(value, detail), absent: 'no mirror' }
    case 'rewrite':
      return { present: rewriteWords(value), absent: 'no rewrite' }
    case 'headers':
      return { present: headerWords(value), absent: 'no header operations' }
    case 'corsPolicy':
      return { present: say`CORS policy ${quoted(JSON.stringify(value))}`, absent: 'no CORS policy' }
    default:
      return { present: say`${field} ${quoted(JSON.stringify(value))}`, absent: `no ${field}` }
  }
}
