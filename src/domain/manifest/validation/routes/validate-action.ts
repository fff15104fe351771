import { rangeOf } from '../../../source/located.ts'
import { words } from '../../../words/phrase.ts'
import { wasNull } from '../../decoding/written-as.ts'
import { features } from '../../istio-features.ts'
import { knownNumber } from '../../placeholders/placeholders.ts'
import type { HTTPRoute, Percent } from '../../virtual-service.ts'
import { type Problem, refused, warned, withPlace } from '../problem.ts'
import { checkPort, checkRegex, type Validation } from '../validation.ts'
import { checkDuration } from '../values/check-duration.ts'
import { validateCors } from './validate-cors.ts'
import { validateDestination, validateDestinations } from './validate-destination.ts'
import { checkHttpStatus, validateFault } from './validate-fault.ts'
import { validateAuthority, validateHeaders } from './validate-headers.ts'
import { validateRetries } from './validate-retries.ts'

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
  return [
    ...(percent === undefined ? [] : [warned('mirror-percent', range)]),
    ...(percent !== undefined && percent > 100 ? [refused('mirror-percent-over-100', range, percent)] : []),
    ...validateShare(entry.mirrorPercentage),
  ]
}

function validateShare(percentage: Percent = {}): readonly Problem[] {
  const value = knownNumber(percentage.value) ?? 0
  if (value >= 0 && value <= 100) return []
  return [refused('percentage', rangeOf(percentage, 'value'), value)]
}

function validateMirrors({ mirrors = [] }: HTTPRoute, { version }: Validation): readonly Problem[] {
  if (!features(version).mirrorsAreChecked) return []
  return mirrors.flatMap((mirror) => {
    const { destination, percentage } = mirror
    if (wasNull(mirror)) return [refused('null-mirror', rangeOf(mirror))]
    if (destination === undefined) return [refused('mirror-without-destination', rangeOf(mirror))]
    return [...validateDestination(destination), ...validateShare(percentage)]
  })
}

const redirecting = ['uri', 'prefixRewrite', 'authority', 'port', 'derivePort', 'scheme'] as const

function validateRedirect(entry: HTTPRoute, validation: Validation): readonly Problem[] {
  const { redirect } = entry
  if (redirect === undefined) return []
  if (!redirecting.some((field) => redirect[field] !== undefined))
    return [refused('redirect-empty', rangeOf(redirect), redirecting.join(', '))]
  const { scheme = '' } = redirect
  const code = knownNumber(redirect.redirectCode) ?? 301
  const port = knownNumber(redirect.port) ?? 0
  return [
    ...validatePrefixRewrite(entry, validation),
    ...(code < 300 || code > 399 ? [refused('redirect-code', rangeOf(redirect, 'redirectCode'), code)] : []),
    ...(['', 'http', 'https'].includes(scheme)
      ? []
      : [refused('redirect-scheme', rangeOf(redirect, 'scheme'), scheme)]),
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
  if (redirect.uri !== undefined) return [refused('redirect-both', range)]
  const other = match.find(({ uri }) => uri !== undefined && uri.prefix === undefined)
  if (other === undefined || !features(version).prefixRewriteNeedsPrefixes) return []
  const problem = refused('redirect-prefix', range)
  return [withPlace(problem, words('This match has no prefix'), rangeOf(other, 'uri'))]
}

const kilobyte = 1024

function validateDirectResponse(
  response: HTTPRoute['directResponse'],
  { version }: Validation,
): readonly Problem[] {
  if (response === undefined) return []
  if (!features(version).directResponse) return [refused('direct-response', rangeOf(response))]
  const { body = {} } = response
  const size = sizeOf(body)
  const range = rangeOf(body)
  return [
    ...(size > kilobyte * kilobyte ? [refused('body-over-1mb', range)] : []),
    ...(size > 100 * kilobyte && size <= kilobyte * kilobyte ? [warned('body-over-100kb', range)] : []),
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
  if (uri !== '' && regex !== undefined) return [refused('rewrite-both', rangeOf(rewrite, 'uriRegexRewrite'))]
  if (uri === '' && regex === undefined && authority === '')
    return [refused('rewrite-empty', rangeOf(rewrite))]
  if (regex === undefined) return []
  const { match = '' } = regex
  if (match === '' || regex.rewrite === undefined) return [refused('regex-rewrite', rangeOf(regex))]
  return checkRegex(match, rangeOf(regex, 'match'), validation)
}
