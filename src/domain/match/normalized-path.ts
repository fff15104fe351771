/** What stands for itself in a path, and is decoded where it is written as `%61` (RFC 3986, section 2.3). */
const encodedUnreserved = /%(?:2[dDeE]|3\d|[46][1-9a-fA-F]|[57]\d|[57][aA]|5[fF]|7[eE])/g

/** What Envoy does not let stand in a path. */
const unsafe = /["<>^`{|}]/g

/**
 * A path, query and all, as Envoy sees it before any route is asked (`normalize_path`, Istio's default; measured): `\` is a slash,
 * unreserved characters are decoded, some others encoded, and `.` and `..` gone. Two slashes and `%2F` stay.
 */
export function normalizedPath(sent: string): string {
  const [path = '', query = ''] = split(sent)
  if (!/[%\\"<>^`{|}]|\/\./.test(path)) return sent
  const written = path
    .replaceAll('\\', '/')
    .replace(encodedUnreserved, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
    .replace(unsafe, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  return withoutDots(written) + query
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
