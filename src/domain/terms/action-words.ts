import {
  type Action,
  type End,
  type Mirror,
  type Modifiers,
  type Place,
  type RedirectAction,
  replacedPrefix,
} from '../routing/action.ts'
import { assertNever } from '../source/assert-never.ts'
import { fewOf } from '../words/few-of.ts'
import { joined, listed, type Phrase, quoted, say, words } from '../words/phrase.ts'
import { code } from './code.ts'
import { headerWords } from './header-words.ts'

/** What has to be spelled out because it differs between the two sides that are compared. */
export interface Detail {
  readonly namespaces: boolean
  readonly ports: boolean
  /** Within a sentence: no colon stands before the shares of a host. */
  readonly running?: true
}

/** `productpage` for `productpage.default.svc.cluster.local`; a host outside the cluster keeps its name. */
function hostName(host: string, { namespaces }: Detail): string {
  const [name = '', namespace = '', svc] = host.split('.')
  if (svc !== 'svc') return host
  return namespaces ? `${name}.${namespace}` : name
}

/** `reviews v2`, and the port where it matters. */
function destinationName({ host = '', port, subset }: Place, detail: Detail): string {
  // Istio refuses a destination without a host; what else is wrong with it is a finding.
  const name = hostName(host, detail) || 'no host'
  const number = detail.ports && port !== undefined ? `:${port}` : ''
  return `${name}${number}${subset === undefined ? '' : ` ${subset}`}`
}

/** The destination without its subset. */
export function serviceName({ subset: _, ...service }: Place, detail: Detail): string {
  return destinationName(service, detail)
}

/** To a hundredth of a percent, which is still a share. What another tool fills in stands as it is written. */
function roundedShare(value: number | string | undefined): number | string {
  return typeof value === 'string' ? value : Math.round((value ?? 0) * 100) / 100
}

/** `90 %`. */
function percent(value: number | string | undefined): Phrase {
  const share = roundedShare(value)
  return typeof share === 'string' ? say`a share of ${share}` : words(`${share} %`)
}

/** What is told of where a request goes, in some detail: where that is equal, two actions read alike. */
type Main =
  | { readonly kind: 'route'; readonly ends: readonly NamedEnd[] }
  | {
      readonly kind: 'redirect'
      readonly code: number | string
      readonly target?: string
      readonly scheme?: string
    }
  | { readonly kind: 'answer'; readonly status: unknown }
  | { readonly kind: 'external'; readonly virtualService: string }

interface NamedEnd {
  readonly service: string
  readonly name: string
  readonly subset?: string | undefined
  /** Absent where it is the only one. */
  readonly share?: number | string
}

function mainOf(action: Action, detail: Detail): Main {
  switch (action.kind) {
    case 'redirect':
      return redirectOf(action)
    case 'directResponse':
      return { kind: 'answer', status: action.status }
    case 'external':
      return { kind: 'external', virtualService: action.virtualService }
    case 'none':
      return { kind: 'route', ends: [] }
    case 'route':
      return { kind: 'route', ends: endsOf(action.destinations, detail) }
    default:
      return assertNever(action)
  }
}

function endsOf(destinations: readonly End[], detail: Detail): readonly NamedEnd[] {
  return destinations.map((each) => ({
    service: serviceName(each, detail),
    name: destinationName(each, detail),
    subset: each.subset,
    ...(destinations.length > 1 && { share: roundedShare(each.weight) }),
  }))
}

function redirectOf({ redirectCode: code, uri, prefixRewrite, authority, scheme }: RedirectAction): Main {
  const path = uri ?? prefixRewrite
  const host = authority === undefined ? '' : `${scheme === undefined ? '' : `${scheme}://`}${authority}`
  if (host === '' && path === undefined && scheme !== undefined) return { kind: 'redirect', code, scheme }
  const target = `${host}${path ?? ''}`
  return { kind: 'redirect', code, ...(target !== '' && { target }) }
}

/** Whether two actions read alike in this detail. */
export function readAlike(a: Action, b: Action, detail: Detail): boolean {
  return JSON.stringify(mainOf(a, detail)) === JSON.stringify(mainOf(b, detail))
}

/** Where the request goes, said as a person would: `productpage`, `reviews: 90 % v1, 10 % v2`, `301 to /new`. */
export function mainWords(action: Action, detail: Detail): Phrase {
  const main = mainOf(action, detail)
  switch (main.kind) {
    case 'redirect':
      return say`${`${main.code}`}${targetWords(main)}`
    case 'answer':
      return say`a fixed answer, ${`${main.status ?? ''}`}`
    case 'external':
      return say`whatever ${quoted(main.virtualService)} does`
    case 'route':
      return routeWords(main.ends, detail)
  }
}

function targetWords({ target, scheme }: Extract<Main, { readonly kind: 'redirect' }>): Phrase {
  if (scheme !== undefined) return say` to ${scheme}`
  return target === undefined ? [] : say` to ${quoted(target)}`
}

function routeWords(ends: readonly NamedEnd[], { running }: Detail): Phrase {
  const [first] = ends
  if (first === undefined) return words('no destination')
  if (ends.length === 1) return words(first.name)
  const bySubset = ends.every(({ service, subset }) => service === first.service && subset !== undefined)
  const shares = ends.map(({ name, subset, share }) => say`${percent(share)} ${(bySubset && subset) || name}`)
  const colon = running === true ? '' : ':'
  return bySubset ? say`${first.service}${colon} ${joined(shares, ', ')}` : joined(shares, ', ')
}

const leastDetail: Detail = { namespaces: false, ports: false }

/** How requests are shared among the subsets of one service, whatever its name: `90 % v1, 10 % v2`, in short `90/10`. */
export interface Shares {
  readonly words: Phrase
  readonly ratio: string
}

/** The shares of an action that sends requests to subsets of one service. */
export function sharesOf(action: Action): Shares | undefined {
  if (action.kind !== 'route') return undefined
  const ends = endsOf(action.destinations, { namespaces: true, ports: true })
  const [first] = ends
  if (first === undefined) return undefined
  if (ends.some(({ service, subset }) => service !== first.service || subset === undefined)) return undefined
  const shares = ends.map(({ subset = '', share = 100 }) => ({ subset, share }))
  return {
    words: joined(
      shares.map(({ subset, share }) => say`${percent(share)} ${subset}`),
      ', ',
    ),
    ratio: shares.map(({ share }) => `${share}`).join('/'),
  }
}

/** The same where several cases stand in one sentence: destinations without shares, `productpage`, a fixed 503. */
export function shortWords(action: Action): Phrase {
  switch (action.kind) {
    case 'directResponse':
      return say`a fixed ${`${action.status ?? ''}`}`
    case 'route':
      return fewOf(
        action.destinations.map((each) => code(destinationName(each, leastDetail))),
        3,
      )
    default:
      return mainWords(action, leastDetail)
  }
}

/** `5 s`, as Istio's duration `5s` is read aloud. */
function duration(value = ''): string {
  return value.replace(/(\d)(h|ms|m|s)(?=\d|$)/g, '$1 $2 ').trim()
}

function shareOf(percentage: Fault['percentage']): Phrase {
  return percentage === undefined ? [] : say`${percent(percentage.value)} `
}

type Known = Required<Modifiers>
type Fault = NonNullable<Known['fault']['delay'] | Known['fault']['abort']>

function retriesWords(retries: Known['retries']): Phrase {
  const { attempts, perTryTimeout, ...rest } = retries
  if (Object.values(rest).some((field) => field !== undefined))
    return say`retries ${quoted(JSON.stringify(retries))}`
  const count = retryCount(attempts ?? 0)
  return perTryTimeout === undefined ? count : say`${count} of ${duration(perTryTimeout)} each`
}

function retryCount(attempts: number | string): Phrase {
  if (attempts === 0) return words('no retries')
  return attempts === 1 ? say`${attempts} retry` : say`${attempts} retries`
}

function faultWords({ delay, abort }: Known['fault']): Phrase {
  const delayed = delay && say`${shareOf(delay.percentage)}delayed by ${duration(delay.fixedDelay)}`
  const aborted =
    abort && say`${shareOf(abort.percentage)}aborted with ${abort.httpStatus ?? abort.grpcStatus ?? ''}`
  return listed([delayed, aborted].flatMap((part) => (part === undefined ? [] : [part])))
}

function mirrorWords(mirrors: readonly Mirror[], detail: Detail): Phrase {
  const each = mirrors.map((mirror) => {
    const name = destinationName(mirror, detail)
    return mirror.percentage === 100 ? words(name) : say`${percent(mirror.percentage)} ${name}`
  })
  return say`a mirror to ${listed(each)}`
}

function rewriteWords(rewrite: Known['rewrite']): Phrase {
  const { uri, uriRegexRewrite, authority } = rewrite
  const prefix = replacedPrefix(rewrite)
  const what = prefix === undefined ? words('the path') : quoted(prefix)
  const { match = '', rewrite: by = '' } = uriRegexRewrite ?? {}
  return listed([
    ...(uri === undefined ? [] : [say`${what} rewritten to ${quoted(uri)}`]),
    ...(uriRegexRewrite === undefined ? [] : [say`${quoted(match)} rewritten to ${quoted(by)}`]),
    ...(authority === undefined ? [] : [say`host rewritten to ${quoted(authority)}`]),
  ])
}

interface ModifierWords<Value> {
  /** In words that follow "gets": `a 5 s timeout`. */
  present(value: Value, detail: Detail): Phrase
  readonly absent: string
}

/** In the order in which they are shown. */
const modifierWords: { readonly [Field in keyof Known]: ModifierWords<Known[Field]> } = {
  rewrite: { present: rewriteWords, absent: 'no rewrite' },
  timeout: {
    present: (value) =>
      /^0+m?s$/.test(value) ? words('its timeout off') : say`a ${duration(value)} timeout`,
    absent: 'no timeout',
  },
  retries: { present: retriesWords, absent: 'the usual retries' },
  fault: { present: faultWords, absent: 'no fault' },
  mirrors: { present: mirrorWords, absent: 'no mirror' },
  corsPolicy: {
    present: (value) => say`CORS policy ${quoted(JSON.stringify(value))}`,
    absent: 'no CORS policy',
  },
  headers: { present: headerWords, absent: 'no header operations' },
}

function isModifier(field: string): field is keyof Modifiers {
  return Object.hasOwn(modifierWords, field)
}

/** A field of an action, or that it is not there; one without words of its own is quoted as Istio's JSON. */
export function fieldWords(field: string, action: Action, detail: Detail): Phrase {
  if (isModifier(field)) return modifierPhrase(field, action, detail)
  const value = fieldOf(action, field)
  return value === undefined ? say`no ${field}` : say`${field} ${quoted(JSON.stringify(value))}`
}

function modifierPhrase<Field extends keyof Known>(
  field: Field,
  action: Partial<Known>,
  detail: Detail,
): Phrase {
  const { present, absent }: ModifierWords<Known[Field]> = modifierWords[field]
  const value: Known[Field] | undefined = action[field]
  return value === undefined ? words(absent) : present(value, detail)
}

/** What an action does besides the main thing, in the order in which it is shown. */
export function modifiersWords(action: Action, detail: Detail): readonly Phrase[] {
  return Object.keys(modifierWords)
    .filter(isModifier)
    .flatMap((field) => (action[field] === undefined ? [] : [modifierPhrase(field, action, detail)]))
}

/** Any field of an action by its name, be it one that nobody has words for. */
export function fieldOf(action: Action, field: string): unknown {
  return Object.hasOwn(action, field) ? action[field as keyof Action] : undefined
}
