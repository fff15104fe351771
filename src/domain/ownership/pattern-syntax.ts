import { compilePattern } from './codeowners-pattern.ts'

/** What is wrong with a pattern, at which offsets in it. An `error` makes its line invalid, a `warning` does not. */
export interface PatternFault {
  readonly severity: 'error' | 'warning'
  readonly start: number
  readonly end: number
  /** Goes after "The pattern ...". */
  readonly message: string
  readonly advice: string
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

function faultAt(
  character: Character,
  { severity, message, advice }: Pick<PatternFault, 'severity' | 'message' | 'advice'>,
): PatternFault {
  const end = character.start + character.text.length + (character.escaped ? 1 : 0)
  return { severity, start: character.start, end, message, advice }
}

function characterError(character: Character): PatternFault | undefined {
  const { text, start, escaped } = character
  const error = (message: string, advice: string) =>
    faultAt(character, { severity: 'error', message, advice })
  if (escaped && text === '')
    return error('ends with a backslash that escapes nothing', 'Remove the backslash.')
  if (escaped && text === '#') {
    return error('escapes `#`, which CODEOWNERS does not allow', 'Write `?` in its place.')
  }
  if (escaped) return undefined
  if (text === '!' && start === 0) {
    return error(
      'begins with `!`, and negation does not work in CODEOWNERS',
      'Write a later line with the pattern alone: without owners it un-owns what it matches.',
    )
  }
  if (text === '[' || text === ']') {
    return error(
      'has a bracket without a backslash, and ranges do not work in CODEOWNERS',
      'Write `\\[` and `\\]` for the characters themselves, or one line for each name.',
    )
  }
  return undefined
}

function tripleStar(pattern: string): readonly PatternFault[] {
  const found = /(?<!\\)(?:\\\\)*(\*{3,})/.exec(pattern)
  const stars = found?.[1]
  if (found === null || stars === undefined) return []
  const end = found.index + found[0].length
  const advice = `Did you mean \`${pattern.slice(0, end - stars.length)}**${pattern.slice(end)}\`?`
  const message = 'has more than two `*` in a row'
  return [{ severity: 'error', start: end - stars.length, end, message, advice }]
}

/** One of each kind is enough: the line is invalid by the first, and the next edit shows the rest. */
function firstOfEachMessage(faults: readonly PatternFault[]): readonly PatternFault[] {
  return faults.filter((fault, at) => faults.findIndex((other) => other.message === fault.message) === at)
}

function errorsIn(pattern: string, characters: readonly Character[]): readonly PatternFault[] {
  const errors = characters.flatMap((character) => characterError(character) ?? [])
  return [...firstOfEachMessage(errors), ...tripleStar(pattern)].sort((a, b) => a.start - b.start)
}

/** Git never stores a path with an empty segment, `.` or `..`. */
function neverMatches(pattern: string): readonly PatternFault[] {
  const whole = { severity: 'warning', start: 0, end: pattern.length } as const
  if (pattern === '/') {
    return [{ ...whole, message: 'will never match anything', advice: 'Did you mean `*` instead?' }]
  }
  const dead = compilePattern(pattern).segments.find(
    (segment) => segment.kind === 'name' && ['', '.', '..'].includes(segment.name),
  )
  if (dead?.kind !== 'name') return []
  const what = dead.name === '' ? 'an empty segment' : `a segment \`${dead.name}\``
  const message = `will never match anything: no path in Git has ${what}`
  return [{ ...whole, message, advice: 'Write the path from the root, such as `/teams/login/`.' }]
}

const known = /^[A-Za-z0-9*?./@_+\-:()|{}~^]$/

function codePointName(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

function unknownCharacters(characters: readonly Character[]): readonly PatternFault[] {
  const unknown = characters.find(({ text, escaped }) => !escaped && !known.test(text))
  if (unknown === undefined) return []
  const message = `has the character ${codePointName(unknown.text)}, which GitHub may read otherwise`
  const advice = 'It is taken literally here; check the line on GitHub, or write `?` in its place.'
  return [faultAt(unknown, { severity: 'warning', message, advice })]
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
  return errors.length > 0 ? errors : [...neverMatches(pattern), ...unknownCharacters(characters)]
}
