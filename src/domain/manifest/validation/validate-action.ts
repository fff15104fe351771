import { guessed, told } from '../../words/told.ts'
import { type Message, messageAt, messagesAt, numberAt, placeOf, textAt } from '../decoding/fields.ts'
import { type Problem, refused, warned } from '../decoding/problem.ts'
import { wasNull } from '../decoding/written-as.ts'
import { excerpt } from '../excerpt.ts'
import { isSince } from '../istio-version.ts'
import { checkDuration } from './check-duration.ts'
import { validateCors } from './validate-cors.ts'
import { validateDestination, validateDestinations } from './validate-destination.ts'
import { checkHttpStatus, validateFault } from './validate-fault.ts'
import { validateAuthority, validateHeaders } from './validate-headers.ts'
import { validateRetries } from './validate-retries.ts'
import { checkPort, checkRegex, type Validation } from './validation.ts'

/** Everything that an http entry does with a request, each field by itself (Istio `validateHTTPRoute`). */
export function validateAction(entry: Message, validation: Validation): readonly Problem[] {
  const rewrite = messageAt(entry, 'rewrite')
  const headers = messageAt(entry, 'headers')
  return [
    ...validateHeaders(headers),
    ...validateCors(messageAt(entry, 'corsPolicy'), validation),
    ...validateFault(messageAt(entry, 'fault')),
    ...validateMirrorShare(entry),
    ...validateDestination(messageAt(entry, 'mirror')),
    ...validateMirrors(entry, validation),
    ...validateRedirect(messageAt(entry, 'redirect'), entry, validation),
    ...validateDirectResponse(messageAt(entry, 'directResponse'), validation),
    ...validateRetries(messageAt(entry, 'retries')),
    ...validateRewrite(rewrite, validation),
    ...(isSince(validation.version, 10) ? validateAuthority(rewrite, headers) : []),
    ...validateDestinations(entry, validation),
    ...checkDuration('timeout', entry['timeout'], placeOf(entry, 'timeout')),
  ]
}

function validateMirrorShare(entry: Message): readonly Problem[] {
  const percent = numberAt(entry, 'mirrorPercent')
  const range = placeOf(entry, 'mirrorPercent')
  const advice = 'Write `mirrorPercentage: {value: ...}`'
  return [
    ...(percent === undefined
      ? []
      : [warned('`mirrorPercent` is deprecated', range, { todo: guessed(advice) })]),
    ...(percent !== undefined && percent > 100
      ? [refused(`\`mirrorPercent: ${percent}\` is over 100`, range)]
      : []),
    ...validateShare(messageAt(entry, 'mirrorPercentage')),
  ]
}

function validateShare(percentage: Message | undefined): readonly Problem[] {
  const value = numberAt(percentage, 'value') ?? 0
  if (value >= 0 && value <= 100) return []
  return [refused(`The percentage ${value} is not within 0 to 100`, placeOf(percentage, 'value'))]
}

function validateMirrors(entry: Message, { version }: Validation): readonly Problem[] {
  if (!isSince(version, 20)) return []
  return messagesAt(entry, 'mirrors').flatMap((mirror) => {
    const destination = messageAt(mirror, 'destination')
    if (wasNull(mirror)) return [refused('A mirror is null', placeOf(mirror))]
    if (destination === undefined) return [refused('A mirror lacks `destination`', placeOf(mirror))]
    return [...validateDestination(destination), ...validateShare(messageAt(mirror, 'percentage'))]
  })
}

const redirecting = ['uri', 'prefixRewrite', 'authority', 'port', 'derivePort', 'scheme']

function validateRedirect(
  redirect: Message | undefined,
  entry: Message,
  validation: Validation,
): readonly Problem[] {
  if (redirect === undefined) return []
  if (!redirecting.some((field) => redirect[field] !== undefined))
    return [refused(`A redirect needs one of ${redirecting.join(', ')}`, placeOf(redirect))]
  const code = numberAt(redirect, 'redirectCode') ?? 301
  const scheme = textAt(redirect, 'scheme')
  const port = numberAt(redirect, 'port') ?? 0
  return [
    ...validatePrefixRewrite(redirect, entry, validation),
    ...(code < 300 || code > 399
      ? [refused(`${code} is no redirect code`, placeOf(redirect, 'redirectCode'))]
      : []),
    ...(['', 'http', 'https'].includes(scheme)
      ? []
      : [
          refused(
            `A redirect leads to http or https, not to \`${excerpt(scheme)}\``,
            placeOf(redirect, 'scheme'),
          ),
        ]),
    ...(port === 0 ? [] : checkPort(port, placeOf(redirect, 'port'))),
  ]
}

/** A prefix can only be replaced where one was matched (1.31). */
function validatePrefixRewrite(
  redirect: Message,
  entry: Message,
  { version }: Validation,
): readonly Problem[] {
  if (redirect['prefixRewrite'] === undefined) return []
  const range = placeOf(redirect, 'prefixRewrite')
  if (redirect['uri'] !== undefined)
    return [refused('A redirect takes `uri` or `prefixRewrite`, not both', range)]
  const others = messagesAt(entry, 'match').filter((match) => {
    const uri = messageAt(match, 'uri')
    return uri !== undefined && uri['prefix'] === undefined
  })
  const [other] = others
  if (other === undefined || !isSince(version, 31)) return []
  const notes = [{ ...told('This match has no prefix'), ...rangeOfNote(other) }]
  return [refused('`prefixRewrite` needs matches by prefix', range, { because: notes })]
}

function rangeOfNote(match: Message) {
  const range = placeOf(match, 'uri')
  return range === undefined ? {} : { range }
}

const kilobyte = 1024

function validateDirectResponse(response: Message | undefined, { version }: Validation): readonly Problem[] {
  if (response === undefined) return []
  if (!isSince(version, 15))
    return [refused('Istio up to 1.14 does not know `directResponse`', placeOf(response))]
  const body = messageAt(response, 'body')
  const size = sizeOf(body)
  const range = placeOf(body)
  return [
    ...(size > kilobyte * kilobyte ? [refused('The body is over 1 MB', range)] : []),
    ...(size > 100 * kilobyte && size <= kilobyte * kilobyte
      ? [warned('The body is over 100 kB; that slows the control plane down', range)]
      : []),
    ...checkHttpStatus(numberAt(response, 'status') ?? 0, response, 'status'),
  ]
}

function sizeOf(body: Message | undefined): number {
  const base64 = textAt(body, 'bytes').replace(/=+$/, '')
  return new TextEncoder().encode(textAt(body, 'string')).length + Math.floor((base64.length * 3) / 4)
}

function validateRewrite(rewrite: Message | undefined, validation: Validation): readonly Problem[] {
  if (rewrite === undefined) return []
  const regex = messageAt(rewrite, 'uriRegexRewrite')
  const uri = textAt(rewrite, 'uri')
  if (uri !== '' && regex !== undefined)
    return [
      refused('A rewrite takes `uri` or `uriRegexRewrite`, not both', placeOf(rewrite, 'uriRegexRewrite')),
    ]
  if (uri === '' && regex === undefined && textAt(rewrite, 'authority') === '')
    return [refused('A rewrite needs `uri`, `uriRegexRewrite` or `authority`', placeOf(rewrite))]
  if (regex === undefined) return []
  const match = textAt(regex, 'match')
  if (match === '' || textAt(regex, 'rewrite') === '')
    return [refused('`uriRegexRewrite` needs `match` and `rewrite`', placeOf(regex))]
  return checkRegex(match, placeOf(regex, 'match'), validation)
}
