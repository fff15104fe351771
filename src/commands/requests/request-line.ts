import { isObject, isTextMap } from '../../domain/manifest/json.ts'
import type { AskedRequest } from '../../domain/routing/explain/explain-request.ts'

/** What is wrong with a line, in words that follow "line N:". */
export interface LineMistake {
  readonly mistake: string
}

const fields = [
  'method',
  'scheme',
  'authority',
  'path',
  'headers',
  'gateway',
  'port',
  'sni',
  'mesh',
  'sourceLabels',
  'sourceNamespace',
]

/**
 * One line of a `--requests` file. Missing fields are those of a plain `GET /`; a field that is not known is a mistake, so
 * that a typing error does not become a default.
 */
export function readRequestLine(text: string): AskedRequest | LineMistake {
  const line = parse(text)
  if (!isObject(line)) return { mistake: 'not a JSON object' }
  const strange = Object.keys(line).find((key) => !fields.includes(key))
  if (strange !== undefined)
    return { mistake: `${JSON.stringify(strange)} is not a field of a request (${fields.join(', ')})` }
  const mistake = mistakeIn(line)
  return mistake === undefined ? requestOf(line) : { mistake }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function mistakeIn(line: Readonly<Record<string, unknown>>): string | undefined {
  const texts = ['method', 'scheme', 'authority', 'path', 'gateway', 'mesh', 'sni', 'sourceNamespace']
  const wrongText = texts.find((key) => line[key] !== undefined && typeof line[key] !== 'string')
  if (wrongText !== undefined) return `${wrongText} is not a string`
  const wrongMap = ['headers', 'sourceLabels'].find((key) => line[key] !== undefined && !isTextMap(line[key]))
  if (wrongMap !== undefined) return `${wrongMap} is not an object of strings`
  const { port, path } = line
  const isPort = typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535
  if (port !== undefined && !isPort) return 'port is not a number from 1 to 65535'
  return typeof path === 'string' && !path.startsWith('/') ? 'path does not begin with /' : undefined
}

/** The fields were looked at before, one by one. */
function requestOf(line: Readonly<Record<string, unknown>>): AskedRequest {
  const scheme = line['port'] === 443 ? 'https' : 'http'
  const defaults = { method: 'GET', scheme, authority: '', path: '/', headers: {} }
  return { ...defaults, ...(line as Partial<AskedRequest>) }
}
