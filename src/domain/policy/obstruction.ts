import { inMegabytes } from '../budget.ts'
import { budgets } from '../budgets.ts'
import type { Diagnostic, Mistake } from '../source/diagnostic.ts'
import { type FaultTable, type FaultWords, faultOf } from '../source/fault-table.ts'
import { positionOf, type SourceRange } from '../source/source-file.ts'
import { joined, type Phrase, quoted, say, words } from '../words/phrase.ts'
import { ended, type Sentence } from '../words/sentence.ts'

/** Why no verdict on the routes is possible at all; each is a `failure`. */
export interface Obstruction extends Mistake {
  readonly kind: 'conflict' | 'incomplete' | 'limit' | 'configuration' | 'fault'
  readonly range?: SourceRange
  /** The file that it is about. */
  readonly path?: string
}

/** Why what is at a path was not read. */
export type UnreadKind = (typeof unreadKinds)[number]

/** Why nobody can say what a merge would give, with what belongs to it: paths, or the complaint of a program. */
export interface Unmerged {
  readonly code: keyof typeof unmerged
  readonly details?: readonly string[]
}

/** What stands in the way of reading the two sides, as data and in its words. */
export function obstructionFault<Code extends keyof typeof faults>(
  code: Code,
  ...values: Parameters<(typeof faults)[Code]>
): Mistake<Code> {
  return faultOf(faults, code, values)
}

/** The same for a merge of which nobody can say what it would give. */
export function unmergedFault({ code, details = [] }: Unmerged): Mistake {
  return faultOf(unmerged, code, details)
}

/** The same for the configuration that applies where it is invalid, by the first of its mistakes. */
export function configurationFault(path: string, first: Diagnostic): Mistake {
  const { range, code, values, clause, rest } = first
  const isOwn = range?.file.elsewhere !== true
  const where = say`${quoted(path)}${range === undefined ? '' : `:${positionOf(range).line}`}`
  return {
    code,
    ...(values && { values }),
    clause: say`${where} is invalid${isOwn ? ' on the base branch' : ''}, so the defaults apply and nothing can pass: ${clause}`,
    rest: say`${ended(rest ?? [])} ${isOwn ? repair : repairElsewhere}`,
  }
}

const repair = words('Repair it in a pull request that changes only that file')
const repairElsewhere = words(
  'Repair it there, or give this repository its own in a pull request that adds nothing else',
)

/** `a symbolic link`: what it is that was not read. */
export function unreadWords(kind: UnreadKind): Phrase {
  return unread[kind]
}

/** Every reason why something was not read. */
export const unreadKinds = ['symlink', 'submodule', 'too-large', 'truncated', 'not-text'] as const

const unread = {
  symlink: words('a symbolic link'),
  submodule: words('a submodule'),
  'too-large': words(`larger than ${inMegabytes(budgets.manifestBytes)}`),
  truncated: words(
    `more than GitHub lists, or holds over ${budgets.files.size.toLocaleString('en')} files that manifests.include names`,
  ),
  'not-text': words('not valid UTF-8 text'),
} as const satisfies Readonly<Record<UnreadKind, Phrase>>

function named(path: string): Phrase {
  return path === '' ? words('The repository') : quoted(path)
}

function some(paths: readonly string[]): Phrase {
  const shown = joined(paths.slice(0, budgets.conflictPaths.size).map(quoted), ', ')
  return say`${shown}${paths.length > budgets.conflictPaths.size ? words(' ...') : []}`
}

const faults = {
  impostor: (name: string) => ({
    clause: say`${name} also posted a check of Firebreak's name`,
    rest: words(
      ' on this commit, which could pass for the verdict. Remove it, and let the required check expect the Firebreak App alone',
    ),
  }),
  'judge-unread': (path: string, kind: UnreadKind) => ({
    clause: say`${named(path)} on the base branch cannot be read: it is ${unread[kind]}`,
    ...(kind !== 'truncated' && { rest: words('. Make it a plain text file') }),
  }),
  'defaults-unread': (path: string, kind: UnreadKind) => ({
    clause: say`${named(path)} applies here and cannot be read: it is ${kind === 'too-large' ? words('larger than 1 MB') : unread[kind]}`,
    rest: words('. Make it a plain text file, or give this repository its own'),
  }),
  'too-much-work': () => ({
    clause: say`Judging this takes more than ${budgets.judgement.size} steps, so that not everything that may be wrong with it was looked for`,
    rest: words(
      '. Divide it into several pull requests, or write its expressions as exact paths and prefixes',
    ),
  }),
  unread: (path: string, kind: UnreadKind) => say`${named(path)} cannot be read: it is ${unread[kind]}`,
  conflict: (...paths: string[]) => ({
    clause: say`This pull request conflicts with its base branch${paths.length === 0 ? [] : say` in ${some(paths)}`}`,
    rest: words('. Resolve the conflict and push'),
  }),
} as const satisfies FaultTable

function unsaid({ clause, rest = [] }: Sentence): FaultWords {
  return {
    clause: say`What the merge would give cannot be said: ${clause}`,
    rest: say`${rest}. Bring the branch up to date with its base`,
  }
}

const waiting = words('GitHub has not merged this head with the current base yet')
const deepen = words('; a shallow clone has to be deepened (git fetch --unshallow)')

const unmerged = {
  unrelated: () => unsaid({ clause: words('the two branches have no commit in common') }),
  'in-doubt': () =>
    unsaid({
      clause: say`${waiting}, and the two branches may have merged commits of each other in several places, so that no single commit says what each has changed since`,
    }),
  meeting: (...paths: string[]) => {
    const shown = joined(paths.slice(0, 3).map(quoted), ', ')
    const more = paths.length > 3 ? say` and ${paths.length - 3} more` : []
    return unsaid({ clause: say`${waiting}, and both sides changed ${shown}${more}` })
  },
  'tree-cut': () => unsaid({ clause: words('the tree is too large to be listed as a whole') }),
  'no-ancestor': () =>
    unsaid({ clause: words('the two commits have no common ancestor here'), rest: deepen }),
  shallow: () =>
    unsaid({
      clause: words('this clone does not hold all that the two commits have in common'),
      rest: deepen,
    }),
  'no-git': () => unsaid({ clause: words('git is not installed') }),
  'git-failed': (complaint: string) => unsaid({ clause: say`git merge-tree failed: ${complaint}` }),
} as const satisfies FaultTable

/** Every reason why nobody can say what a merge would give. */
export const unmergedCodes = Object.keys(unmerged) as readonly (keyof typeof unmerged)[]
