import { rangeOf } from '../../source/located.ts'
import { guessed, told } from '../../words/told.ts'
import { type Problem, refused, warned } from '../decoding/problem.ts'
import { wasNull } from '../decoding/written-as.ts'
import { excerpt } from '../excerpt.ts'
import { features } from '../istio-features.ts'
import { knownNumber } from '../placeholders.ts'
import type { HTTPRoute, Percent } from '../virtual-service.ts'
import { checkDuration } from './check-duration.ts'
import { validateCors } from './validate-cors.ts'
import { validateDestination, validateDestinations } from './validate-destination.ts'
import { checkHttpStatus, validateFault } from './validate-fault.ts'
import { validateAuthority, validateHeaders } from './validate-headers.ts'
import { validateRetries } from './validate-retries.ts'
import { checkPort, checkRegex, type Validation } from './validation.ts'

/** Everything that an http entry does with a request, each field by itself (Istio `validateHTTPRoute`). */
export function validateAction(entry: HTTPRoute, validation: Validation): readonly Problem[] {
  const { rewrite, headers } = entry
  return [
    ...validateHeaders(headers),
    ...validateCors(entry.corsPolicy, validation),
    ...validateFault(entry.fault),
    ...validateMirrorShare(entry),
    ...validateDestination(entry.mirror),
    ...validateMirrors(entry, validation),
    ...validateRedirect(entry, validation),
    ...validateDirectResponse(entry.directResponse, validation),
    ...validateRetries(entry.retries),
    ...validateRewrite(rewrite, validation),
    ...(features(validation.version).authorityIsSetOnce ? validateAuthority(rewrite, headers) : []),
    ...validateDestinations(entry, validation),
    ...checkDuration('timeout', entry.timeout, rangeOf(entry, 'timeout')),
  ]
}

function validateMirrorShare(entry: HTTPRoute): readonly Problem[] {
  const percent = knownNumber(entry.mirrorPercent)
  const range = rangeOf(entry, 'mirrorPercent')
  const advice = 'Write `mirrorPercentage: {value: ...}`'
  return [
    ...(percent === undefined
      ? []
      : [warned('`mirrorPercent` is deprecated', range, { todo: guessed(advice) })]),
    ...(percent !== undefined && percent > 100
      ? [refused(`\`mirrorPercent: ${percent}\` is over 100`, range)]
      : []),
    ...validateShare(entry.mirrorPercentage),
  ]
}

function validateShare(percentage: Percent = {}): readonly Problem[] {
  const value = knownNumber(percentage.value) ?? 0
  if (value >= 0 && value <= 100) return []
  return [refused(`The percentage ${value} is not within 0 to 100`, rangeOf(percentage, 'value'))]
}

function validateMirrors({ mirrors = [] }: HTTPRoute, { version }: Validation): readonly Problem[] {
  if (!features(version).mirrorsAreChecked) return []
  return mirrors.flatMap((mirror) => {
    const { destination, percentage } = mirror
    if (wasNull(mirror)) return [refused('A mirror is null', rangeOf(mirror))]
    if (destination === undefined) return [refused('A mirror lacks `destination`', rangeOf(mirror))]
    return [...validateDestination(destination), ...validateShare(percentage)]
  })
}

const redirecting = ['uri', 'prefixRewrite', 'authority', 'port', 'derivePort', 'scheme'] as const

function validateRedirect(entry: HTTPRoute, validation: Validation): readonly Problem[] {
  const { redirect } = entry
  if (redirect === undefined) return []
  if (!redirecting.some((field) => redirect[field] !== undefined))
    return [refused(`A redirect needs one of ${redirecting.join(', ')}`, rangeOf(redirect))]
  const { scheme = '' } = redirect
  const code = knownNumber(redirect.redirectCode) ?? 301
  const port = knownNumber(redirect.port) ?? 0
  return [
    ...validatePrefixRewrite(entry, validation),
    ...(code < 300 || code > 399
      ? [refused(`${code} is no redirect code`, rangeOf(redirect, 'redirectCode'))]
      : []),
    ...(['', 'http', 'https'].includes(scheme)
      ? []
      : [
          refused(
            `A redirect leads to http or https, not to \`${excerpt(scheme)}\``,
            rangeOf(redirect, 'scheme'),
          ),
        ]),
    ...(port === 0 ? [] : checkPort(port, rangeOf(redirect, 'port'))),
  ]
}

/** A prefix can only be replaced where one was matched (1.31). */
function validatePrefixRewrite(
  { redirect, match = [] }: HTTPRoute,
  { version }: Validation,
): readonly Problem[] {
  if (redirect?.prefixRewrite === undefined) return []
  const range = rangeOf(redirect, 'prefixRewrite')
  if (redirect.uri !== undefined)
    return [refused('A redirect takes `uri` or `prefixRewrite`, not both', range)]
  const other = match.find(({ uri }) => uri !== undefined && uri.prefix === undefined)
  if (other === undefined || !features(version).prefixRewriteNeedsPrefixes) return []
  const at = rangeOf(other, 'uri')
  const notes = [{ ...told('This match has no prefix'), ...(at && { range: at }) }]
  return [refused('`prefixRewrite` needs matches by prefix', range, { because: notes })]
}

const kilobyte = 1024

function validateDirectResponse(
  response: HTTPRoute['directResponse'],
  { version }: Validation,
): readonly Problem[] {
  if (response === undefined) return []
  if (!features(version).directResponse)
    return [refused('Istio up to 1.14 does not know `directResponse`', rangeOf(response))]
  const { body = {} } = response
  const size = sizeOf(body)
  const range = rangeOf(body)
  return [
    ...(size > kilobyte * kilobyte ? [refused('The body is over 1 MB', range)] : []),
    ...(size > 100 * kilobyte && size <= kilobyte * kilobyte
      ? [warned('The body is over 100 kB; that slows the control plane down', range)]
      : []),
    ...checkHttpStatus(knownNumber(response.status) ?? 0, response, 'status'),
  ]
}

type Body = NonNullable<NonNullable<HTTPRoute['directResponse']>['body']>

function sizeOf({ string = '', bytes = '' }: Body): number {
  const base64 = bytes.replace(/=+$/, '')
  return new TextEncoder().encode(string).length + Math.floor((base64.length * 3) / 4)
}

function validateRewrite(rewrite: HTTPRoute['rewrite'], validation: Validation): readonly Problem[] {
  if (rewrite === undefined) return []
  const { uri = '', authority = '', uriRegexRewrite: regex } = rewrite
  if (uri !== '' && regex !== undefined)
    return [
      refused('A rewrite takes `uri` or `uriRegexRewrite`, not both', rangeOf(rewrite, 'uriRegexRewrite')),
    ]
  if (uri === '' && regex === undefined && authority === '')
    return [refused('A rewrite needs `uri`, `uriRegexRewrite` or `authority`', rangeOf(rewrite))]
  if (regex === undefined) return []
  const { match = '' } = regex
  if (match === '' || regex.rewrite === undefined)
    return [refused('`uriRegexRewrite` needs `match` and `rewrite`', rangeOf(regex))]
  return checkRegex(match, rangeOf(regex, 'match'), validation)
}
