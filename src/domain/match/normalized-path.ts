import { codesOfUnreserved, encodedByEnvoy, type PathNormalization } from '../language/arriving-paths.ts'

const encodedUnreserved = new RegExp(`%${codesOfUnreserved}`, 'g')
const unsafe = new RegExp(`[${encodedByEnvoy}]`, 'g')

const hexDigit = /(?:[0-9a-fA-F]|%(?:3\d|[46][1-6]))/.source

/** A `%` that begins no code, but would begin one once what is behind it is decoded: it is encoded itself. */
const nested = new RegExp(`%(?![0-9a-fA-F]{2})(?=${hexDigit}{2})`, 'g')

/**
 * A path, query and all, as Envoy sees it before any route is asked (measured). BASE, Istio's default: `\` is a slash, unreserved
 * characters are decoded, some others encoded, and `.` and `..` gone; two slashes and `%2F` stay.
 */
export function normalizedPath(sent: string, normalization: PathNormalization): string {
  if (normalization === 'NONE') return sent
  const [path = '', query = ''] = split(sent)
  if (!/[%\\"<>^`{|}]|\/[./]/.test(path)) return sent
  const decoded = normalization === 'DECODE_AND_MERGE_SLASHES' ? path.replace(/%(?:2f|5c)/gi, '/') : path
  const based = withoutDots(withPlainCodes(decoded))
  return (normalization === 'BASE' ? based : withMergedSlashes(based)) + query
}

function withPlainCodes(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(nested, '%25')
    .replace(encodedUnreserved, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
    .replace(unsafe, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** One slash for several; but a path of slashes alone keeps two. */
function withMergedSlashes(path: string): string {
  return /^\/\/+$/.test(path) ? '//' : path.replace(/\/{2,}/g, '/')
}

/** The path, and what follows it from `?` or `#` on. */
function split(sent: string): readonly [path: string, query: string] {
  const end = sent.search(/[?#]/)
  return end === -1 ? [sent, ''] : [sent.slice(0, end), sent.slice(end)]
}

function withoutDots(path: string): string {
  const segments = path.split('/').slice(1)
  const kept: string[] = []
  for (const segment of segments) {
    if (segment === '..') kept.pop()
    else if (segment !== '.') kept.push(segment)
  }
  const isFolder = /^\.\.?$/.test(segments.at(-1) ?? '')
  return `/${kept.join('/')}${isFolder && kept.length > 0 ? '/' : ''}`
}
