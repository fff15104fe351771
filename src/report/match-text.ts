import type { HTTPMatchRequest, StringMatch } from '../domain/manifest/virtual-service.ts'

function pattern(match: StringMatch): string {
  if (match.exact !== undefined) return match.exact
  if (match.prefix !== undefined) return `${match.prefix}*`
  return match.regex === undefined ? '*' : `~ ${match.regex}`
}

function named(kind: string, fields: Readonly<Record<string, StringMatch>> | undefined): readonly string[] {
  return Object.entries(fields ?? {}).map(([name, match]) => {
    const value = pattern(match)
    return value === '*' ? `${kind} ${name}` : `${kind} ${name}=${value}`
  })
}

/** A match as a line of a route table: `/login`, `/log*`, `~ /v[0-9]+`, `POST /cart [header x-beta=1, port 443]`. */
export function matchText(match: HTTPMatchRequest | undefined): string {
  const path = match?.uri === undefined ? '/*' : pattern(match.uri)
  const conditions = [
    ...(match?.scheme === undefined ? [] : [`scheme ${pattern(match.scheme)}`]),
    ...(match?.authority === undefined ? [] : [`host ${pattern(match.authority)}`]),
    ...named('header', match?.headers),
    ...named('without header', match?.withoutHeaders),
    ...named('query', match?.queryParams),
    ...(match?.port === undefined ? [] : [`port ${match.port}`]),
    ...(match?.sourceNamespace === undefined ? [] : [`from namespace ${match.sourceNamespace}`]),
    ...Object.entries(match?.sourceLabels ?? {}).map(([name, value]) => `from ${name}=${value}`),
    ...(match?.ignoreUriCase === true ? ['in any case'] : []),
  ]
  const method = match?.method === undefined ? '' : `${pattern(match.method)} `
  return `${method}${path}${conditions.length === 0 ? '' : ` [${conditions.join(', ')}]`}`
}
