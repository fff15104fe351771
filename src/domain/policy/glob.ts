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
  readonly message: string
  readonly start: number
  readonly end: number
}

type Edge =
  | { readonly kind: 'literal'; readonly character: string; readonly to: number }
  | { readonly kind: 'not-slash' | 'any' | 'empty'; readonly to: number }

/** A nondeterministic automaton; it has one state per character at most a few times over, braces included. */
interface Automaton {
  readonly edges: Edge[][]
  readonly end: number
}

/** Longer ones are no paths that people write, and only cost time. */
const longestPattern = 1000

/** What is wrong with a pattern, if anything: only patterns without a fault are compiled. */
export function globFault(pattern: string): GlobFault | undefined {
  if (pattern === '') return { message: 'is empty', start: 0, end: 0 }
  if (pattern.length > longestPattern) {
    return { message: `is longer than ${longestPattern} characters`, start: 0, end: pattern.length }
  }
  if (pattern.startsWith('/') || pattern.startsWith('./')) {
    return {
      message: 'begins with a slash or a dot, but paths are relative to the root of the repository',
      start: 0,
      end: pattern.indexOf('/') + 1,
    }
  }
  if (pattern.startsWith('!')) return { message: 'cannot be negated', start: 0, end: 1 }
  return scanFault(pattern)
}

function scanFault(pattern: string): GlobFault | undefined {
  const open: number[] = []
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '\\') at++
    else if (character === '{') open.push(at)
    else if (character === '}' && open.pop() === undefined)
      return fault('closes a brace that is not open', at)
    else if (character === '[' || character === ']')
      return fault('uses brackets, which are not supported', at)
    if (at >= pattern.length) return fault('ends with a backslash', at - 1)
  }
  const unclosed = open.pop()
  return unclosed === undefined ? undefined : fault('opens a brace that is never closed', unclosed)
}

function fault(message: string, at: number): GlobFault {
  return { message, start: at, end: at + 1 }
}

/** Compiles a pattern; one with a fault matches nothing. Matching costs at most pattern length times path length. */
export function compileGlob(pattern: string): Glob {
  if (globFault(pattern) !== undefined) return { pattern, matches: () => false }
  const automaton = build(pattern)
  return { pattern, matches: (path) => accepts(automaton, path) }
}

/** Whether any of the patterns matches; each is compiled once. */
export function matchesAny(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.map(compileGlob)
  return (path) => globs.some((glob) => glob.matches(path))
}

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
  const end = sequence(builder, newState(builder), 0)
  return { edges: builder.edges, end }
}

/** Reads up to the end, or to the `,` or `}` of the brace that is `depth` deep; returns the last state. */
function sequence(builder: Builder, from: number, depth: number): number {
  let state = from
  while (builder.at < builder.pattern.length) {
    const character = builder.pattern.charAt(builder.at)
    if (depth > 0 && (character === ',' || character === '}')) return state
    state = piece(builder, state, depth, character)
  }
  return state
}

function piece(builder: Builder, from: number, depth: number, character: string): number {
  switch (character) {
    case '{':
      return braces(builder, from, depth)
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

function braces(builder: Builder, from: number, depth: number): number {
  const after = newState(builder)
  while (builder.pattern[builder.at] !== '}') {
    builder.at++
    const start = newState(builder)
    link(builder, from, { kind: 'empty', to: start })
    link(builder, sequence(builder, start, depth + 1), { kind: 'empty', to: after })
  }
  builder.at++
  return after
}

/** `**` is special only where it is a whole segment; elsewhere it is a `*`. */
function stars(builder: Builder, from: number): number {
  const { pattern, at } = builder
  let end = at
  while (pattern[end] === '*') end++
  builder.at = end
  const before = at === 0 ? '/' : pattern.charAt(at - 1)
  const after = end === pattern.length ? '/' : pattern.charAt(end)
  const wholeSegment = end - at === 2 && '/{,'.includes(before) && '/,}'.includes(after)
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

function accepts(automaton: Automaton, path: string): boolean {
  let states = closure(automaton, [0])
  for (const character of path) {
    const next: number[] = []
    for (const state of states) {
      for (const edge of automaton.edges[state] ?? []) if (takes(edge, character)) next.push(edge.to)
    }
    if (next.length === 0) return false
    states = closure(automaton, next)
  }
  return states.has(automaton.end)
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
