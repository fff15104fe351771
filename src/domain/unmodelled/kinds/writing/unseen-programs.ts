import type { JsonValue } from '../../../manifest/json.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Setting, Subject } from '../../reach.ts'
import { isGivenTo, runningIn } from '../../reading/accounts.ts'
import { programsOf } from '../../reading/commands.ts'

/** What brings a text from elsewhere, or out of a packed one. */
const bringing =
  /^[\s"'(]*(?:[\w./-]*\s+-c\s+["']?)?(?:curl|wget|gunzip|gzip|zcat|unxz|xzcat|xz|bunzip2|bzcat|zstd|base64|openssl|gpg|xxd)\b/

/** What runs the text that comes to it. */
const running = /^\s*(?:sudo\s+)?(?:\S*\/)?(?:(?:ba|z|da|a|k)?sh|python3?|node|perl|ruby)(?=[\s"')]|$)/

/** The same, with the text in its place. */
const runningNext = /(?:^|[\s"'])(?:(?:\S*\/)?(?:ba|z|da|a|k)?sh(?:\s+-\w+)*|eval|source|\.)\s+["']?$/

/** Whether a statement runs what it brings: piped into a shell, or put in its place. */
function runsUnseen(statement: string): boolean {
  const pipes = statement.split('|')
  const first = pipes.findIndex((piece) => bringing.test(piece))
  if (first >= 0 && pipes.slice(first + 1).some((piece) => running.test(piece))) return true
  const substituted = statement.split(/[<$]\(/)
  return substituted.some(
    (piece, place) => place > 0 && bringing.test(piece) && runningNext.test(substituted[place - 1] ?? ''),
  )
}

function unseenIn(text: string): readonly string[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/[\n;]|&&/)
    .filter(runsUnseen)
}

/**
 * Whether something runs under an account of its own of which no binding here tells the rights. Whoever names none has none; what bindings
 * here give is looked at by itself.
 */
function isOfUnknownRights({ body, namespace }: Subject, { grants }: Setting): boolean {
  return runningIn(body).some(
    ({ account: name }) => name !== 'default' && !grants.some((each) => isGivenTo(each, { name, namespace })),
  )
}

function decides(subject: Subject, setting: Setting): JsonValue | undefined {
  const { rest } = programsOf(subject.body)
  const found = unseenIn(rest)
  return found.length > 0 && isOfUnknownRights(subject, setting) ? [...found] : undefined
}

/** Programs that are not here, run with rights that nobody here knows. */
export const unseenPrograms: readonly KindEntry[] = [
  {
    group: '*',
    decides,
    reach: () => [{ kind: 'everybody' }],
    partial: true,
    quietIfGone: true,
  },
]
