import { budgets } from '../../budgets.ts'
import { memoized } from '../../source/memoized.ts'
import { expandBraces } from './brace-expansion.ts'
import type { GlobFaultCode } from './configuration-fault.ts'

/**
 * A glob over repository paths: `*` and `?` stay within one name, `**` crosses `/`, `{a,b}` is either, `\` takes
 * the next character literally. Names that begin with a dot are names like any other.
 */
export interface Glob {
  readonly pattern: string
  matches(path: string): boolean
}

/** `start` and `end` are offsets in the pattern. */
export interface GlobFault {
  readonly code: GlobFaultCode
  readonly start: number
  readonly end: number
}

type Edge =
  | { readonly kind: 'literal'; readonly character: string; readonly to: number }
  | { readonly kind: 'not-slash' | 'any' | 'empty'; readonly to: number }

/** A nondeterministic automaton of a pattern without braces: at most a few states for each character. */
interface Automaton {
  readonly edges: Edge[][]
  readonly end: number
}

/** More alternatives than these are no list of paths that people write. */
const mostAlternatives = budgets.globAlternatives.size

/** Longer ones are no paths that people write, and only cost time. */
const longestPattern = budgets.glob.size

/** What is wrong with a pattern, if anything: only patterns without a fault are compiled. */
export function globFault(pattern: string): GlobFault | undefined {
  if (pattern === '') return { code: 'glob-empty', start: 0, end: 0 }
  if (pattern.length > longestPattern) {
    return { code: 'glob-long', start: 0, end: pattern.length }
  }
  if (pattern.startsWith('/') || pattern.startsWith('./')) {
    return {
      code: 'glob-anchored',
      start: 0,
      end: pattern.indexOf('/') + 1,
    }
  }
  if (pattern.startsWith('!')) return { code: 'glob-negated', start: 0, end: 1 }
  const scanned = scanFault(pattern)
  if (scanned !== undefined || expandBraces(pattern, mostAlternatives) !== undefined) return scanned
  return { code: 'glob-many', start: 0, end: pattern.length }
}

function scanFault(pattern: string): GlobFault | undefined {
  const open: number[] = []
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '\\') at++
    else if (character === '{') open.push(at)
    else if (character === '}' && open.pop() === undefined) return fault('glob-closed', at)
    else if (character === '[' || character === ']') return fault('glob-brackets', at)
    if (at >= pattern.length) return fault('glob-backslash', at - 1)
  }
  const unclosed = open.pop()
  return unclosed === undefined ? undefined : fault('glob-open', unclosed)
}

function fault(code: GlobFaultCode, at: number): GlobFault {
  return { code, start: at, end: at + 1 }
}

/**
 * Compiles a pattern; one with a fault matches nothing. Matching an alternative costs at most its length times
 * the path's, and where paths begin alike little more than their length.
 */
export function compileGlob(pattern: string): Glob {
  const plain = globFault(pattern) === undefined ? expandBraces(pattern, mostAlternatives) : undefined
  // Expanded first: whether `**` is a whole segment shows only beside what each alternative stands next to.
  const alternatives = (plain ?? []).map(matcherOf)
  return { pattern, matches: (path) => alternatives.some((matches) => matches(path)) }
}

/** Whether any of the patterns matches; each is compiled once. */
export const matchesAny = memoized((patterns: readonly string[]): ((path: string) => boolean) => {
  const globs = patterns.map(compileGlob)
  return (path) => globs.some((glob) => glob.matches(path))
})

interface Builder {
  readonly edges: Edge[][]
  readonly pattern: string
  at: number
}

function newState(builder: Builder): number {
  builder.edges.push([])
  return builder.edges.length - 1
}

function link(builder: Builder, from: number, edge: Edge): void {
  builder.edges[from]?.push(edge)
}

function build(pattern: string): Automaton {
  const builder: Builder = { edges: [], pattern, at: 0 }
  let state = newState(builder)
  while (builder.at < pattern.length) state = piece(builder, state)
  return { edges: builder.edges, end: state }
}

function piece(builder: Builder, from: number): number {
  switch (builder.pattern.charAt(builder.at)) {
    case '*':
      return stars(builder, from)
    case '?':
      builder.at++
      return step(builder, from, 'not-slash')
    case '\\':
      builder.at++
      return literal(builder, from)
    default:
      return literal(builder, from)
  }
}

function literal(builder: Builder, from: number): number {
  const character = String.fromCodePoint(builder.pattern.codePointAt(builder.at) ?? 0)
  builder.at += character.length
  const to = newState(builder)
  link(builder, from, { kind: 'literal', character, to })
  return to
}

function step(builder: Builder, from: number, kind: 'not-slash' | 'any'): number {
  const to = newState(builder)
  link(builder, from, { kind, to })
  return to
}

/** A state of its own that may repeat: what follows must not loop back into what came before. */
function loop(builder: Builder, from: number, kind: 'not-slash' | 'any'): number {
  const state = newState(builder)
  link(builder, from, { kind: 'empty', to: state })
  link(builder, state, { kind, to: state })
  return state
}

/** `**` is special only where it is a whole segment; elsewhere it is a `*`. */
function stars(builder: Builder, from: number): number {
  const { pattern, at } = builder
  let end = at
  while (pattern[end] === '*') end++
  builder.at = end
  const before = at === 0 ? '/' : pattern.charAt(at - 1)
  const after = end === pattern.length ? '/' : pattern.charAt(end)
  const wholeSegment = end - at === 2 && before === '/' && after === '/'
  if (!wholeSegment) return loop(builder, from, 'not-slash')
  if (pattern[end] === '/') return anyFolders(builder, from)
  return loop(builder, step(builder, from, 'any'), 'any')
}

/** `**` and its slash: no folder at all, or any number of them. */
function anyFolders(builder: Builder, from: number): number {
  builder.at++
  const inside = loop(builder, from, 'any')
  const after = newState(builder)
  link(builder, from, { kind: 'empty', to: after })
  link(builder, inside, { kind: 'literal', character: '/', to: after })
  return after
}

/** How far a path has come in a pattern: the states in which it may be, and where characters led from there before. */
interface Position {
  readonly states: readonly number[]
  readonly isEnd: boolean
  readonly next: Map<string, Position | undefined>
}

const mostSteps = budgets.globSteps.size

/** What each match ends with: what stands behind the last mark, without a slash, for two stars and a slash may stand for nothing. */
function literalEnd(pattern: string): string {
  const end = /[^*?\\]*$/.exec(pattern)?.[0].replace(/^\//, '') ?? ''
  // Half a character may end another one.
  return /^[\udc00-\udfff]/.test(end) ? '' : end
}

/** Most patterns say how a path ends: others are not looked at more closely, and none where nothing else is said. */
function matcherOf(pattern: string): (path: string) => boolean {
  const end = literalEnd(pattern)
  if (end !== '' && pattern === `**/*${end}`) return (path) => path.endsWith(end)
  const closely = stepByStep(build(pattern))
  return (path) => path.endsWith(end) && closely(path)
}

/** The automaton made deterministic as paths ask for it. A pattern may have very many positions: only so many steps are remembered. */
function stepByStep(automaton: Automaton): (path: string) => boolean {
  const positions = new Map<string, Position>()
  let left = mostSteps
  const positionOf = (reached: readonly number[]): Position => {
    const states = [...closure(automaton, reached)].sort((a, b) => a - b)
    const key = states.join()
    const position = positions.get(key) ?? {
      states,
      isEnd: states.includes(automaton.end),
      next: new Map<string, Position | undefined>(),
    }
    if (left > 0) positions.set(key, position)
    return position
  }
  const step = (from: Position, character: string): Position | undefined => {
    const reached = reachedFrom(automaton, from.states, character)
    const to = reached.length === 0 ? undefined : positionOf(reached)
    if (left-- > 0) from.next.set(character, to)
    return to
  }
  const start = positionOf([0])
  return (path) => {
    let position: Position | undefined = start
    for (const character of path) {
      const known: Position | undefined = position.next.get(character)
      position = known ?? (position.next.has(character) ? undefined : step(position, character))
      if (position === undefined) return false
    }
    return position.isEnd
  }
}

function reachedFrom({ edges }: Automaton, states: readonly number[], character: string): readonly number[] {
  return states.flatMap((state) =>
    (edges[state] ?? []).flatMap((edge) => (takes(edge, character) ? [edge.to] : [])),
  )
}

function takes(edge: Edge, character: string): boolean {
  switch (edge.kind) {
    case 'literal':
      return edge.character === character
    case 'not-slash':
      return character !== '/'
    case 'any':
      return true
    case 'empty':
      return false
  }
}

function closure(automaton: Automaton, start: readonly number[]): Set<number> {
  const states = new Set(start)
  for (const state of states) {
    for (const edge of automaton.edges[state] ?? []) if (edge.kind === 'empty') states.add(edge.to)
  }
  return states
}
