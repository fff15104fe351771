import { mayBeIdentity } from '../../manifest/names.ts'
import { isUnknown, isUnknownValue, mayBe } from '../../manifest/placeholders/placeholders.ts'
import { rangeOf } from '../../source/located.ts'
import { ownValue } from '../../source/own-value.ts'
import type { Request } from '../request.ts'
import { excludedHeader, headerConstraint, headerOf } from './header.ts'
import { keyedField } from './keyed-field.ts'
import type { FieldName, MatchField } from './match-field.ts'
import { pathConditions } from './path-conditions.ts'
import { equalTo, mayBeMissing, opaque } from './string-constraints.ts'
import { textField } from './text-field.ts'

/** A field that no request is asked for. */
const unasked = { asks: 'nobody', wanted: () => [], constraints: () => [], valueIn: () => undefined } as const

function agreed(): undefined {
  return undefined
}

const label = { noun: 'name', short: 'name', ...unasked, conflict: agreed }

/**
 * Every field of a match (istio/api `HTTPMatchRequest`, Istio `mergeHTTPMatchRequest`, `hasConflict`, `TranslateRouteMatch`,
 * `sourceMatchHTTP`), in the order in which they are compared and told. The schema says which there must be.
 */
export const matchFields: Readonly<Record<FieldName, MatchField>> = {
  uri: textField('uri', {
    noun: 'path',
    dimension: 'path',
    asks: 'path',
    constraints: (match, { work }) => pathConditions(match, work).constraints,
    valueIn: ({ path }) => path.replace(/[?#].*$/s, ''),
  }),
  method: textField('method', { valueIn: ({ method }) => method }),
  scheme: textField('scheme', { valueIn: ({ scheme }) => scheme }),
  authority: textField('authority', { short: 'host', valueIn: ({ authority }) => authority }),
  headers: keyedField('headers', {
    noun: 'header',
    short: 'header',
    dimension: 'header',
    constraint: headerConstraint,
    valueIn: headerOf,
  }),
  withoutHeaders: keyedField('withoutHeaders', {
    noun: 'header',
    short: 'without header',
    excludes: true,
    constraint: excludedHeader,
    valueIn: headerOf,
  }),
  queryParams: keyedField('queryParams', {
    noun: 'query parameter',
    short: 'query',
    dimension: 'query',
    constraint: (key, wanted, { work }) =>
      isUnknownValue(key) ? [opaque(`query ${key}`, wanted)] : mayBeMissing(`query:${key}`, wanted, work),
    valueIn: parameterOf,
  }),
  ignoreUriCase: {
    ...unasked,
    asks: 'path',
    noun: 'case',
    short: 'case',
    conflict: (outer, inner) =>
      (outer.ignoreUriCase ?? false) === (inner.ignoreUriCase ?? false) ? undefined : 'ignoreUriCase',
  },
  port: {
    noun: 'port',
    short: 'port',
    dimension: 'port',
    asks: 'listener',
    conflict: ({ port }, inner) =>
      typeof port === 'number' && typeof inner.port === 'number' && port !== inner.port ? 'port' : undefined,
    wanted: ({ port }) => (port === undefined ? [] : [['', String(port)]]),
    constraints: (match) =>
      match.port === undefined ? [] : [equalTo('port', String(match.port), rangeOf(match, 'port'))],
    valueIn: ({ port }) => (port === undefined ? undefined : String(port)),
  },
  sourceNamespace: {
    noun: 'client namespace',
    short: 'from namespace',
    dimension: 'namespace',
    asks: 'client',
    conflict: ({ sourceNamespace: given }, inner) =>
      given !== undefined && !mayAgree(given, inner.sourceNamespace) ? 'sourceNamespace' : undefined,
    wanted: ({ sourceNamespace: namespace }) => (namespace === undefined ? [] : [['', namespace]]),
    constraints: (match) =>
      match.sourceNamespace === undefined
        ? []
        : [equalTo('namespace', match.sourceNamespace, rangeOf(match, 'sourceNamespace'))],
    valueIn: ({ sourceNamespace }) => sourceNamespace,
  },
  sourceLabels: {
    noun: 'client label',
    short: 'from',
    dimension: 'label',
    asks: 'client',
    merge: 'union',
    conflict({ sourceLabels: given }, { sourceLabels: asked = {} }) {
      const key = Object.keys(asked).find((each) => {
        const value = ownValue(given, each)
        return value !== undefined && !mayAgree(value, ownValue(asked, each))
      })
      return key === undefined ? undefined : `sourceLabels.${key}`
    },
    wanted: ({ sourceLabels = {} }) => Object.entries(sourceLabels),
    constraints: ({ sourceLabels = {} }) =>
      Object.entries(sourceLabels).map(([name, value]) =>
        equalTo(`label:${name}`, value, rangeOf(sourceLabels, name)),
      ),
    valueIn: ({ sourceLabels }, key) => ownValue(sourceLabels, key),
  },
  gateways: {
    ...unasked,
    noun: 'gateway',
    short: 'gateway',
    asks: 'listener',
    // Lengths first, as Istio does: `[a, a]` conflicts with `[a]`.
    conflict({ gateways: given = [] }, { gateways: asked = [] }) {
      if (given.length === 0 || asked.length === 0) return undefined
      const isWithin =
        given.length >= asked.length &&
        asked.every((each) => given.some((other) => other === each || mayBeFilledIn(other, each)))
      return isWithin ? undefined : 'gateways'
    },
  },
  name: { ...label, merge: 'joined' },
  statPrefix: label,
}

/** The table as a list. */
export const allMatchFields = Object.entries(matchFields) as readonly (readonly [FieldName, MatchField])[]

/** What another tool fills in is taken to agree. */
function mayAgree(outer: string, inner: string | undefined): boolean {
  return inner !== undefined && mayBe(outer, inner)
}

function mayBeFilledIn(a: string, b: string): boolean {
  return (isUnknown(a) || isUnknown(b)) && mayBeIdentity(a, b)
}

/** The first value of a repeated parameter, as it was sent. */
function parameterOf({ path }: Request, name: string): string | undefined {
  const [, ...query] = path.replace(/#.*$/s, '').split('?')
  const pairs = query.join('?').split('&')
  const pair = pairs.find((each) => each !== '' && each.split('=')[0] === name)
  return pair?.slice(name.length + 1)
}
