import { type Fact, factOf } from '../app/missing-fact.ts'
import { statusOf } from '../app/status-of.ts'

/** What came of a call to another thread. An error loses its own fields on the way, so those that are looked at go beside it. */
export type Answer<T> = { readonly value: T } | { readonly fault: Fault }

interface Fault {
  readonly error: Error
  /** What GitHub answered. */
  readonly status?: number
  readonly fact?: Fact
}

/** The same functions, as another thread sees them. */
export type Answering<Functions> = {
  readonly [Name in keyof Functions]: Functions[Name] extends (...args: infer Args) => Promise<infer Value>
    ? (...args: Args) => Promise<Answer<Value>>
    : Functions[Name]
}

/** Does some work, and makes an answer of whatever comes of it. */
export async function answerOf<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() }
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const [status, fact] = [statusOf(error), factOf(error)]
    return { fault: { error: plain(error), ...(status !== undefined && { status }), ...(fact && { fact }) } }
  }
}

/** An error may hold what cannot be sent: the request that failed, say. */
function plain({ name, message, stack }: Error): Error {
  const error = new Error(message)
  error.name = name
  if (stack !== undefined) error.stack = stack
  return error
}

/** The value of an answer; throws what was thrown. */
export function resultOf<T>(answer: Answer<T>): T {
  if ('value' in answer) return answer.value
  const { error, ...fields } = answer.fault
  throw Object.assign(error, fields)
}
