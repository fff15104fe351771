import type { Route } from './call.ts'
import { routes } from './routes/index.ts'

/** A route that fits a request, with the parts of its path. */
export interface Match {
  readonly route: Route
  readonly path: Readonly<Record<string, string>>
}

interface Compiled {
  readonly route: Route
  readonly method: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly rank: string
}

/** Parameters that may contain slashes, as they do on GitHub. */
const long = new Set(['ref', 'path', 'basehead', 'branch', 'tree_sha'])

function compile(route: Route): Compiled {
  const [method = '', template = ''] = route.operation.split(' ')
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  const source = template
    .replaceAll('.', '\\.')
    .replace(/\{(\w+)\}/g, (_, name: string) => (long.has(name) ? '(.+?)' : '([^/]+)'))
  // Literal segments sort before parameters, longer templates before their own beginnings.
  const rank = template.replace(/\{\w+\}/g, '~')
  return { route, method, pattern: new RegExp(`^${source}$`), names, rank }
}

function byRank(a: Compiled, b: Compiled): number {
  const length = b.rank.split('/').length - a.rank.split('/').length
  return length !== 0 ? length : a.rank < b.rank ? -1 : 1
}

const compiled = routes.map(compile).sort(byRank)

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The route of a request, by its path below `/api/v3`. */
export function findRoute(method: string, path: string): Match | undefined {
  for (const { route, method: wanted, pattern, names } of compiled) {
    if (wanted !== method) continue
    const match = pattern.exec(path)
    if (match)
      return { route, path: Object.fromEntries(names.map((name, at) => [name, decode(match[at + 1] ?? '')])) }
  }
  return undefined
}
