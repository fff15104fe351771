import type { Cause } from '../cause.ts'

/** Where a reader of Envoy's `%COMMAND(...)%` syntax stands. */
type State =
  | 'literal'
  | 'name'
  | 'arguments'
  | 'string-start'
  | 'string'
  | 'after-string'
  | 'after-list'
  | 'after-arguments'

interface Step {
  readonly state: State
  /** Characters to pass over beyond this one. */
  readonly skip?: 1
  readonly problem?: Cause
}

type Reader = (char: string, next: string | undefined) => Step

const readers: Readonly<Record<State, Reader>> = {
  literal(char, next) {
    if (char !== '%') return { state: 'literal' }
    if (next === undefined) return { state: 'literal', problem: 'single-percent' }
    return next === '%' ? { state: 'literal', skip: 1 } : { state: 'name' }
  },
  name(char) {
    if (char === '%') return { state: 'literal' }
    return { state: char === '(' ? 'arguments' : 'name' }
  },
  arguments(char) {
    if (char === '[') return { state: 'string-start' }
    return { state: char === ' ' ? 'arguments' : 'string' }
  },
  'string-start'(char) {
    if (char === '"') return { state: 'string' }
    return char === ' ' ? { state: 'string-start' } : { state: 'string-start', problem: 'unquoted' }
  },
  string(char, next) {
    if (char === '\\')
      return next === undefined ? { state: 'string', problem: 'backslash' } : { state: 'string', skip: 1 }
    if (char === ')') return { state: 'after-arguments' }
    return { state: char === '"' ? 'after-string' : 'string' }
  },
  'after-string'(char) {
    if (char === ',') return { state: 'string-start' }
    if (char === ']') return { state: 'after-list' }
    return char === ' ' ? { state: 'after-string' } : { state: 'after-string', problem: 'no-comma' }
  },
  'after-list'(char) {
    if (char === ')') return { state: 'after-arguments' }
    return char === ' ' ? { state: 'after-list' } : { state: 'after-list', problem: 'no-parenthesis' }
  },
  'after-arguments'(char) {
    if (char === '%') return { state: 'literal' }
    return char === ' ' ? { state: 'after-arguments' } : { state: 'after-arguments', problem: 'no-percent' }
  },
}

/** Why Envoy does not take a header value, or nothing: control characters, and a % that is neither %% nor a command. */
export function headerValueProblem(value: string): Cause | undefined {
  if (/[\u0000-\u0008\u000A-\u001F\u007F]/.test(value)) return 'control'
  let state: State = 'literal'
  for (let at = 0; at < value.length; at++) {
    const step: Step = readers[state](value.charAt(at), value[at + 1])
    if (step.problem !== undefined) return step.problem
    state = step.state
    at += step.skip ?? 0
  }
  return state === 'literal' ? undefined : 'unended'
}
