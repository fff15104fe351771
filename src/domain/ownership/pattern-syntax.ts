import type { Mistake } from '../source/diagnostic.ts'
import { type CodeownersFaultCode, codeownersFault } from './codeowners-fault.ts'
import { compilePattern } from './codeowners-pattern.ts'

/** What is wrong with a pattern, at which offsets in it. An `error` makes its line invalid, a `warning` does not. */
export interface PatternFault extends Mistake<CodeownersFaultCode> {
  readonly severity: 'error' | 'warning'
  readonly start: number
  readonly end: number
}

interface Character {
  readonly text: string
  /** Of the backslash, if it is escaped. */
  readonly start: number
  readonly escaped: boolean
}

function charactersOf(pattern: string): readonly Character[] {
  const characters: Character[] = []
  let start = 0
  while (start < pattern.length) {
    const escaped = pattern[start] === '\\'
    const code = pattern.codePointAt(escaped ? start + 1 : start)
    const text = code === undefined ? '' : String.fromCodePoint(code)
    characters.push({ text, start, escaped })
    start += text.length + (escaped ? 1 : 0)
  }
  return characters
}

function rangeOf({ start, text, escaped }: Character): { readonly start: number; readonly end: number } {
  return { start, end: start + text.length + (escaped ? 1 : 0) }
}

function errorCode({ text, start, escaped }: Character): CharacterFault | undefined {
  if (escaped) return text === '' ? 'final-backslash' : text === '#' ? 'escaped-hash' : undefined
  if (text === '!' && start === 0) return 'negation'
  return text === '[' || text === ']' ? 'bracket' : undefined
}

type CharacterFault = 'final-backslash' | 'escaped-hash' | 'negation' | 'bracket'

function tripleStar(pattern: string): readonly PatternFault[] {
  const found = /(?<!\\)(?:\\\\)*(\*{3,})/.exec(pattern)
  const stars = found?.[1]
  if (found === null || stars === undefined) return []
  const end = found.index + found[0].length
  const meant = `${pattern.slice(0, end - stars.length)}**${pattern.slice(end)}`
  return [{ severity: 'error', start: end - stars.length, end, ...codeownersFault('stars', pattern, meant) }]
}

/** One of each kind is enough: the line is invalid by the first, and the next edit shows the rest. */
function firstOfEachCode(faults: readonly PatternFault[]): readonly PatternFault[] {
  return faults.filter((fault, at) => faults.findIndex((other) => other.code === fault.code) === at)
}

function errorsIn(pattern: string, characters: readonly Character[]): readonly PatternFault[] {
  const errors = characters.flatMap((character): readonly PatternFault[] => {
    const code = errorCode(character)
    if (code === undefined) return []
    return [{ severity: 'error', ...rangeOf(character), ...codeownersFault(code, pattern) }]
  })
  return [...firstOfEachCode(errors), ...tripleStar(pattern)].sort((a, b) => a.start - b.start)
}

/** Git never stores a path with an empty segment, `.` or `..`. */
function neverMatches(pattern: string): readonly PatternFault[] {
  const whole = { severity: 'warning', start: 0, end: pattern.length } as const
  if (pattern === '/') return [{ ...whole, ...codeownersFault('root', pattern) }]
  const dead = compilePattern(pattern).segments.find(
    (segment) => segment.kind === 'name' && ['', '.', '..'].includes(segment.name),
  )
  if (dead?.kind !== 'name') return []
  if (dead.name === '') return [{ ...whole, ...codeownersFault('empty-segment', pattern) }]
  return [{ ...whole, ...codeownersFault('dot-segment', pattern, dead.name) }]
}

const known = /^[A-Za-z0-9*?./@_+\-:()|{}~^]$/

function codePointName(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

function unknownCharacters(pattern: string, characters: readonly Character[]): readonly PatternFault[] {
  const unknown = characters.find(({ text, escaped }) => !escaped && !known.test(text))
  if (unknown === undefined) return []
  const fault = codeownersFault('character', pattern, codePointName(unknown.text))
  return [{ severity: 'warning', ...rangeOf(unknown), ...fault }]
}

/** Whether no path in Git can match the pattern, so that its line says nothing whether it counts or not. */
export function matchesNothing(pattern: string): boolean {
  return neverMatches(pattern).length > 0
}

/**
 * Everything about a pattern that GitHub rejects or may read otherwise, in order of offset. Brackets, `!`, `\#`
 * and `***` are invalid there (docs.github.com, "About code owners", syntax exceptions; REST `codeowners/errors`).
 */
export function patternFaults(pattern: string): readonly PatternFault[] {
  const characters = charactersOf(pattern)
  const errors = errorsIn(pattern, characters)
  return errors.length > 0 ? errors : [...neverMatches(pattern), ...unknownCharacters(pattern, characters)]
}
