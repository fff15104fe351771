import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'
import { budgets } from '../budgets.ts'
import { BudgetExceeded, exceeded } from './budget-exceeded.ts'
import { determinise, type Instruction, literalStart, type Program } from './determinise.ts'
import { fromStates, type StringSet } from './language.ts'
import { remembering } from './remembering.ts'
import { charge, costOf, countedApart, type Work } from './work.ts'

/** A pattern that RE2 does not accept, in RE2's own words. */
export interface InvalidPattern {
  readonly invalid: RegexProblem
}

/** What RE2 says, and the part of the pattern of which it says so. */
export interface RegexProblem {
  readonly fault: string
  readonly at?: string
}

/** re2js's own form of an instruction (its Inst.js, after Go's regexp/syntax). Not its public face: see the contract test. */
interface Inst {
  readonly op: number
  readonly out: number
  readonly arg: number
  readonly runes: ArrayLike<number>
}

const opcode = {
  alt: 1,
  altMatch: 2,
  capture: 3,
  emptyWidth: 4,
  fail: 5,
  match: 6,
  nop: 7,
  rune: 8,
  anyNotNewline: 11,
}
const foldCase = 1

/** What holds no group, and the beginning of a group with a name. */
const namedGroup = /\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|\(\?P?<\w+>/gsu

/** Istio and Envoy take a name for two groups, which re2js does not; a match asks for no group. */
function withoutNames(pattern: string): string {
  return pattern.replace(namedGroup, (part) => (part.startsWith('(?') ? '(' : part))
}

function compile(pattern: string): RE2JS | InvalidPattern {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) {
      const { error: fault, input } = error
      const unnamed = withoutNames(pattern)
      if (fault === 'duplicate capture group name' && unnamed !== pattern) return compile(unnamed)
      return { invalid: { fault, ...(input !== null && input !== '' && { at: input }) } }
    }
    if (error instanceof RE2JSException) return { invalid: { fault: error.message } }
    throw new Error('The regular expression library failed', { cause: error })
  }
}

const compiled = remembering(compile, (program) => ('invalid' in program ? 1 : program.programSize()))

type Range = readonly [number, number]

function pairs(runes: ArrayLike<number>): readonly Range[] {
  return Array.from(
    { length: runes.length >> 1 },
    (_, i): Range => [runes[2 * i] ?? 0, runes[2 * i + 1] ?? 0],
  )
}

function instructionsOf(pattern: RE2JS): { readonly start: number; readonly inst: readonly Inst[] } {
  return pattern.re2().prog
}

/** A character that no case rule touches. Beside it in a class, RE2 writes out all cases of the other one. */
const caseless = 0x30

/** All characters that RE2 takes for the same as `rune` when it ignores case, such as k, K and the Kelvin sign. */
function writtenOut(rune: string): readonly Range[] {
  const { inst } = instructionsOf(RE2JS.compile(`(?i)[0\\x{${rune}}]`))
  const written = inst.find(({ op }) => op === opcode.rune)
  return pairs(written?.runes ?? []).filter(([low]) => low !== caseless)
}

const caseOrbit = remembering(writtenOut, (ranges) => ranges.length)

function rangesOf({ op, arg, runes }: Inst): readonly Range[] {
  if (runes.length !== 1) return pairs(runes)
  const only = runes[0] ?? 0
  return op === opcode.rune && (arg & foldCase) !== 0 ? caseOrbit(only.toString(16)) : [[only, only]]
}

function instruction(inst: Inst, ranges: (inst: Inst) => readonly Range[]): Instruction {
  const { op, out, arg } = inst
  if (op === opcode.alt || op === opcode.altMatch) return { kind: 'alternative', to: [out, arg] }
  if (op === opcode.capture || op === opcode.nop) return { kind: 'alternative', to: [out] }
  if (op === opcode.fail) return { kind: 'alternative', to: [] }
  if (op === opcode.emptyWidth) return { kind: 'assertion', conditions: arg, to: out }
  if (op === opcode.match) return { kind: 'match' }
  if (op >= opcode.rune && op <= opcode.anyNotNewline)
    return { kind: 'characters', ranges: ranges(inst), to: out }
  throw new Error(`The regular expression library has an instruction ${op} that is not known here`)
}

function programOf(pattern: RE2JS): Program {
  if (pattern.programSize() > budgets.program.size) throw exceeded('program')
  const { start, inst } = instructionsOf(pattern)
  const known = new Map<ArrayLike<number>, readonly Range[]>()
  const ranges = (reading: Inst): readonly Range[] => {
    const found = known.get(reading.runes) ?? rangesOf(reading)
    if (reading.runes.length > 1) known.set(reading.runes, found)
    return found
  }
  return { start, instructions: inst.map((one) => instruction(one, ranges)) }
}

/** A pattern whose automaton would be too large, and the literal that all that it matches starts with. */
interface TooLarge {
  readonly start: string
}

interface Determined {
  readonly language: StringSet | InvalidPattern | TooLarge
  /** The work that it took: charged whether it is remembered or not, so that nothing depends on what came before. */
  readonly cost: number
}

function determined(pattern: string): Determined {
  const program = compiled(pattern)
  if ('invalid' in program) return { language: program, cost: 1 }
  const work = countedApart('pattern')
  const language = languageOfProgram(program, work)
  return { language, cost: costOf(work) }
}

function languageOfProgram(program: RE2JS, work: Work): StringSet | TooLarge {
  try {
    return fromStates(determinise(programOf(program), budgets.pattern.size, work), work)
  } catch (error) {
    if (error instanceof BudgetExceeded) return { start: startOf(program) }
    throw error
  }
}

function startOf(program: RE2JS): string {
  return program.programSize() > budgets.program.size ? '' : literalStart(programOf(program))
}

const remembered = remembering(determined, ({ language }) =>
  'states' in language ? language.states.length : 1,
)

/**
 * All strings that RE2 matches as a whole (Envoy's RE2::FullMatch), or why the pattern is refused. Syntax is that of Go's
 * regexp, with which Istio validates: no lookaround, no possessive quantifiers, no back-references, repetition up to 1000.
 * Throws BudgetExceeded for a pattern whose automaton is too large.
 */
export function regexLanguage(pattern: string, work: Work): StringSet | InvalidPattern {
  // Nothing more is worked out once the work is used up.
  charge(work, 0)
  const { language, cost } = remembered(pattern)
  charge(work, cost)
  if ('start' in language) throw exceeded('pattern')
  return language
}

/** A literal that all that a pattern matches starts with, found without its automaton; '' where none is known. */
export function regexStart(pattern: string): string {
  const { language } = remembered(pattern)
  return 'start' in language ? language.start : ''
}

/**
 * Whether RE2 matches the whole of `text`: asked of the matcher itself, without the automaton. A pattern that RE2 refuses
 * matches nothing.
 */
export function regexMatches(pattern: string, text: string): boolean {
  const program = compiled(pattern)
  return 'invalid' in program ? false : program.testExact(text)
}

/** Why RE2 refuses a pattern, or nothing. Does not build the automaton. */
export function regexProblem(pattern: string): RegexProblem | undefined {
  const program = compiled(pattern)
  return 'invalid' in program ? program.invalid : undefined
}

/** Envoy's RE2 reads bytes (Latin-1), and so has a step for each range of a class below this; of what is beyond it a letter is several bytes. */
const beyondBytes = 0x100

/** How long the program is that Envoy makes of a pattern, as nearly as is known here; nothing of one that is refused anyway. */
export function stepsInEnvoy(pattern: string): number {
  const program = compiled(pattern)
  if ('invalid' in program) return 0
  if (program.programSize() > budgets.program.size) return program.programSize()
  return programOf(program).instructions.reduce((sum, each) => sum + stepsOf(each), 0)
}

function stepsOf(instruction: Instruction): number {
  return instruction.kind === 'characters'
    ? Math.max(1, instruction.ranges.filter(([low]) => low < beyondBytes).length)
    : 0
}

/** An escape outside of what is quoted, by its digits. */
const escapes = /\\Q.*?(?:\\E|$)|\\x\{(?<digits>[0-9a-fA-F]+)\}|\\./gsu

/** The first escape for a character that is no byte, which Envoy refuses. */
export function escapeBeyondBytes(pattern: string): string | undefined {
  const found = [...pattern.matchAll(escapes)]
  return found.find(({ groups }) => Number.parseInt(groups?.['digits'] ?? '0', 16) >= beyondBytes)?.[0]
}
