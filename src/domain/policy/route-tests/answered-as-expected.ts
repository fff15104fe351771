import { isUnknown, patternOf, patternsMeet } from '../../manifest/placeholders/placeholders.ts'
import type { Action, End, RedirectAction } from '../../routing/action.ts'
import type { Explanation } from '../../routing/explain/explanation.ts'
import type { EffectiveRoute } from '../../routing/route-table.ts'
import type { Expectation, Expected, ExpectedDestination, ExpectedRedirect } from './route-test.ts'

/** Whether something is as it is expected; `perhaps` where that hangs on what is not known here. */
export type AsExpected = 'yes' | 'no' | 'perhaps'

/** One answer that is possible. */
export interface Possible {
  readonly answer: Explanation
  readonly route: EffectiveRoute | 'no-route'
  readonly clusterDomain: string
}

/** The parts of an expectation that one possible answer does not meet, or not surely. */
export function unmetParts(
  expect: Expectation,
  possible: Possible,
): readonly { readonly part: keyof Expectation; readonly met: AsExpected }[] {
  return parts
    .map((part) => ({ part, met: metIn(part, expect, possible) }))
    .filter(({ met }) => met !== 'yes')
}

const parts = ['virtualService', 'destinations', 'redirect', 'status', 'service'] as const

/** What is left out may be anything. */
function metIn<Part extends keyof Expectation>(
  part: Part,
  expect: Expectation,
  possible: Possible,
): AsExpected {
  const wanted: Expected[Part] | undefined = expect[part]
  return optional(wanted, (each) => partMet[part](each, possible))
}

type PartMet = {
  readonly [Part in keyof Expected]: (wanted: Expected[Part], possible: Possible) => AsExpected
}

const partMet: PartMet = {
  virtualService: (virtualService, { route }) =>
    route === 'no-route' ? 'no' : sameText(virtualService, route.outcome.supplier),
  destinations: (destinations, possible) => {
    const { route } = possible
    if (route === 'no-route') return 'no'
    const { action, supplier } = route.outcome
    if (action.kind === 'external') return 'perhaps'
    if (action.kind !== 'route') return 'no'
    const [namespace = ''] = supplier.split('/')
    return sameDestinations(destinations, action.destinations, { ...possible, namespace })
  },
  redirect: (redirect, { route }) => {
    if (route === 'no-route') return 'no'
    const { action } = route.outcome
    if (action.kind === 'external') return 'perhaps'
    return action.kind === 'redirect' ? sameRedirect(redirect, action) : 'no'
  },
  status: (status, { answer, route }) => {
    if (answer.refusal?.isCertain === false && status === 403) return 'perhaps'
    if (route !== 'no-route') return sameStatus(status, route.outcome.action)
    if (answer.outcome === 'denied') return status === 403 ? 'yes' : 'no'
    if (mayBeService(answer)) return answer.outcome === 'contested' && status === 404 ? 'perhaps' : 'no'
    return status === 404 ? 'yes' : 'no'
  },
  service: (_, { answer, route }) => {
    if (route !== 'no-route' || !mayBeService(answer)) return 'no'
    return answer.outcome === 'contested' ? 'perhaps' : 'yes'
  },
}

/** Inside the mesh what no VirtualService has a route for is not refused: the service answers. */
function mayBeService({ gateway, outcome }: Explanation): boolean {
  return gateway === 'mesh' && outcome !== 'no-route'
}

function sameStatus(status: number, action: Action): AsExpected {
  switch (action.kind) {
    case 'external':
      return 'perhaps'
    case 'redirect':
      return sameNumber(status, action.redirectCode)
    case 'directResponse':
      return sameNumber(status, action.status)
    case 'route':
    case 'none':
      return 'no'
  }
}

function sameRedirect(wanted: ExpectedRedirect, action: RedirectAction): AsExpected {
  return all([
    optional(wanted.scheme, (scheme) => sameText(scheme, action.scheme ?? '')),
    optional(wanted.authority, (authority) => sameText(authority, action.authority ?? '')),
    optional(wanted.uri, (uri) => sameText(uri, action.uri ?? action.prefixRewrite ?? '')),
    optional(wanted.port, (port) => sameNumber(port, action.port)),
    optional(wanted.code, (code) => sameNumber(code, action.redirectCode)),
  ])
}

interface Naming {
  readonly namespace: string
  readonly clusterDomain: string
}

/** Every destination that gets something is expected, and every one that is expected gets something. */
function sameDestinations(
  wanted: readonly ExpectedDestination[],
  ends: readonly End[],
  naming: Naming,
): AsExpected {
  const expected = wanted.filter(({ weight }) => weight !== 0).toSorted(mostSaidFirst)
  if (expected.length !== ends.length) return 'no'
  const left = [...ends]
  const met = expected.map((each): AsExpected => {
    const answers = left.map((end) => sameEnd(each, end, naming))
    const at = answers.includes('yes') ? answers.indexOf('yes') : answers.indexOf('perhaps')
    if (at === -1) return 'no'
    left.splice(at, 1)
    return answers[at] ?? 'no'
  })
  return all(met)
}

function mostSaidFirst(a: ExpectedDestination, b: ExpectedDestination): number {
  return saidIn(b) - saidIn(a)
}

function saidIn(wanted: ExpectedDestination): number {
  return Object.values(wanted).filter((each) => each !== undefined).length
}

function sameEnd(wanted: ExpectedDestination, end: End, naming: Naming): AsExpected {
  return all([
    sameHost(wanted.host.toLowerCase(), (end.host ?? '').toLowerCase(), naming),
    optional(wanted.subset, (subset) => sameText(subset, end.subset ?? '')),
    optional(wanted.port, (port) => sameNumber(port, end.port)),
    optional(wanted.weight, (weight) => sameNumber(weight, end.weight)),
  ])
}

/** A service may be called by its whole name, or by a shorter one from where the VirtualService is. */
function sameHost(wanted: string, host: string, { namespace, clusterDomain }: Naming): AsExpected {
  const suffix = `.svc.${clusterDomain}`
  if (!host.endsWith(suffix)) return sameText(wanted, host)
  const short = host.slice(0, -suffix.length)
  const [name = ''] = short.split('.')
  const own = short === `${name}.${namespace}` ? [name] : []
  return any([host, short, `${short}.svc`, ...own].map((each) => sameText(wanted, each)))
}

/** What another tool fills in may come out as what is expected; `?` stands for a namespace that nothing says. */
function sameText(wanted: string, found: string): AsExpected {
  if (wanted === found) return 'yes'
  const [namespace, name] = found.split('/')
  if (namespace === '?' && name !== undefined) return wanted.endsWith(`/${name}`) ? 'perhaps' : 'no'
  return isUnknown(found) && patternsMeet(patternOf(found), [wanted]) ? 'perhaps' : 'no'
}

/** A hundredth of a percent is no difference. */
const closeEnough = 0.01

function sameNumber(wanted: number, found: unknown): AsExpected {
  if (typeof found === 'number') return Math.abs(found - wanted) < closeEnough ? 'yes' : 'no'
  return typeof found === 'string' ? 'perhaps' : 'no'
}

function optional<T>(wanted: T | undefined, compare: (wanted: T) => AsExpected): AsExpected {
  return wanted === undefined ? 'yes' : compare(wanted)
}

/** As expected in every respect. */
export function all(each: readonly AsExpected[]): AsExpected {
  if (each.includes('no')) return 'no'
  return each.includes('perhaps') ? 'perhaps' : 'yes'
}

function any(each: readonly AsExpected[]): AsExpected {
  if (each.includes('yes')) return 'yes'
  return each.includes('perhaps') ? 'perhaps' : 'no'
}
