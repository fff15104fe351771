import type { Headers } from '../manifest/virtual-service.ts'
import type { Action } from '../routing/action.ts'
import { listed, type Phrase, quoted, say, words } from '../words/phrase.ts'

/** What is done to one header: `of` tells which header it is, of requests or responses. */
interface HeaderOperation {
  readonly of: string
  readonly phrase: Phrase
}

function headerOperations(headers: Headers): readonly HeaderOperation[] {
  return (['request', 'response'] as const).flatMap((side) => {
    const { set, add, remove = [] } = headers[side] ?? {}
    const of = (name: string) => `${side} ${name.toLowerCase()}`
    const named = (verb: string, fields: Readonly<Record<string, string>> = {}): readonly HeaderOperation[] =>
      Object.entries(fields).map(([name, to]) => ({
        of: of(name),
        phrase: say`${side} header ${quoted(`${name}: ${to}`)} ${verb}`,
      }))
    const gone = remove.map((name) => ({
      of: of(name),
      phrase: say`${side} header ${quoted(name)} removed`,
    }))
    return [...named('set', set), ...named('added', add), ...gone]
  })
}

/** What is done to headers, each by name. */
export function headerWords(headers: Headers): Phrase {
  const parts = headerOperations(headers).map(({ phrase }) => phrase)
  return parts.length === 0 ? words('no header operations') : listed(parts)
}

function operationsOf(action: Action): readonly HeaderOperation[] {
  return 'headers' in action && action.headers !== undefined ? headerOperations(action.headers) : []
}

/** What is done to headers after, and what is done to none of them any more: "no request header `x: a` set any more". */
export function headersAfterWords(before: Action, after: Action): Phrase | undefined {
  const has = operationsOf(after)
  const kept = new Set(has.map(({ of }) => of))
  const lost = operationsOf(before).filter(({ of }) => !kept.has(of))
  if (lost.length === 0) return undefined
  return listed([...has.map(({ phrase }) => phrase), ...lost.map(({ phrase }) => say`no ${phrase} any more`)])
}
