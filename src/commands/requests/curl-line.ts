/** What a line for curl asks for, as it could be typed. */
export interface CurlLine {
  /** Method and URL, or method and path where `$GATEWAY` stands before it. */
  readonly asked: string
  readonly headers: readonly string[]
  /** The name that TLS is asked for, which may be another than that of the header `Host`. */
  readonly sni?: string
}

const word = /(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g
const piece = /'(?<single>[^']*)'|"(?<double>[^"]*)"|\\(?<escaped>.)|(?<bare>[^'"\\]+)/gs
const flags = ['-i', '-I', '--path-as-is', '--globoff']
const address = '$GATEWAY'

/** Reads a line as `check` prints it; undefined where it is any other. Nothing of it is run. */
export function readCurlLine(line: string): CurlLine | undefined {
  const [program, ...words] = (line.match(word) ?? []).map(unquoted)
  const headers: string[] = []
  const urls: string[] = []
  const method = words.includes('-I') ? 'HEAD' : 'GET'
  for (let at = 0; at < words.length; at++) {
    const each = words[at] ?? ''
    if (flags.includes(each)) continue
    if (each === '-H') headers.push((words[++at] ?? '').replace(/^([^:]*);$/, '$1:'))
    else if (each === '--connect-to') at++
    else urls.push(each)
  }
  const [url, ...others] = urls
  if (program !== 'curl' || url === undefined || others.length > 0) return undefined
  const asked = `${method} ${url.startsWith(address) ? url.slice(address.length) : url}`
  const [, sni] = /^https:\/\/([^/:]+)/.exec(url) ?? []
  return { asked, headers, ...(sni !== undefined && { sni }) }
}

function unquoted(text: string): string {
  return [...text.matchAll(piece)]
    .map(({ groups: { single, double, escaped, bare } = {} }) => single ?? double ?? escaped ?? bare ?? '')
    .join('')
}
