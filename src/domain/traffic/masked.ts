import { budgets } from '../budgets.ts'

/** What stands for a text that may be a secret. */
const mask = '***'

/** Words behind which a secret stands in a path: `/reset/xyz`, `/token/xyz`. */
const leadsToSecret =
  /^(?:.*[-_.])?(?:auth|authorization|bearer|basic|cookies?|credentials?|invit(?:e|ation)|jwt|keys?|api-?keys?|magic|otp|pass(?:code|word|wd)?|reset|secrets?|sess(?:ion)?s?|sids?|sig(?:nature)?|sso|tickets?|tokens?|verify|confirm|unsubscribe)$/i

/** Letters and digits mixed as nobody writes them by hand. */
function looksRandom(text: string): boolean {
  if (text.length < 8) return false
  if (/^[0-9a-f-]{8,}$/i.test(text) && /\d/.test(text)) return true
  if (text.length >= 24 && !/^[a-z]+(?:[-_.][a-z]+)*$/.test(text)) return true
  const changes = text.match(/[0-9](?=[A-Za-z])|[A-Za-z](?=[0-9])|[a-z](?=[A-Z])/g)?.length ?? 0
  return text.length >= 12 && changes >= 3
}

/** `eyJ...` of a token, `Basic ...`, `name=value`, an address of somebody. */
function looksLikeSecret(segment: string): boolean {
  const text = decoded(segment)
  return (
    /^(?:eyJ|gh[a-z]_|sk[-_]|pk[-_]|xox|AKIA|glpat-)|[=@:;,\s]/.test(text) ||
    text.split(/[._~-]/).some(looksRandom) ||
    looksRandom(text)
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * A path as it may be shown to others: of its query the names alone, and neither of these nor of its segments any that may be a key, a
 * token or somebody's address.
 */
export function maskedPath(written: string): string {
  const [path = '', ...queries] = written.split(/[?#]/)
  const segments = path.split('/')
  let before = ''
  const shown = segments.map((segment) => {
    if (segment === '') return segment
    // A slash that is written as `%2F` parts words as well.
    const parts = [before, ...decoded(segment).split(/[/\\]/)].filter((part) => part !== '')
    before = parts.at(-1) ?? ''
    return parts.slice(0, -1).some((part) => leadsToSecret.test(part)) || looksLikeSecret(segment)
      ? mask
      : segment
  })
  const query = queries.length === 0 ? '' : `?${queries.join('&').split('&').map(maskedParameter).join('&')}`
  return shortened(`${shown.join('/')}${query}`)
}

function maskedParameter(parameter: string): string {
  const [name = '', ...values] = parameter.split('=')
  const shown = name === '' || looksLikeSecret(name) || values.length === 0 ? mask : name
  return values.length === 0 ? shown : `${shown}=${mask}`
}

/** The same of a host: who logs in before it is nobody's business. */
export function maskedHost(authority: string): string {
  const labels = authority.replace(/^.*@/, '').split('.')
  return shortened(
    labels.map((label) => (looksRandom(label) && !/^\d+$/.test(label) ? mask : label)).join('.'),
  )
}

function shortened(text: string): string {
  const { size } = budgets.code
  return text.length <= size ? text : `${text.slice(0, size)}…`
}
