import { budgets } from '../../budgets.ts'
import { nameMatcher } from '../../manifest/layers/git/git-pattern.ts'

/** Whether a path is meant. */
type PathPattern = (path: string) => boolean

/** A pattern of a Git generator for directories: `*` stays within a step, `[^a]` is anything else, and `**` is nothing special. */
export function directoryPattern(pattern: string): PathPattern {
  const steps = pattern.split('/').map((step) => nameMatcher(step, '^'))
  return (path) => {
    const names = path.split('/')
    return names.length === steps.length && steps.every((matches, index) => matches(names[index] ?? ''))
  }
}

/** A pattern as `git ls-files` takes it: `*` crosses folders, and a folder stands for all that is in it. */
export function trackedPattern(pattern: string): PathPattern {
  const plain = pattern.replace(/^\.\//, '').replace(/\/+$/, '')
  const matches = nameMatcher(pattern.replace(/^\.\//, ''), '!^')
  return (path) => plain === '' || path === plain || path.startsWith(`${plain}/`) || matches(path)
}

/** A pattern of a directory of Argo CD: `*` crosses folders, `[!a]` is anything else, and `{a,b}` one or the other. */
export function directoryFilePattern(pattern: string): PathPattern {
  const alternatives = alternativesOf(pattern).map((each) => nameMatcher(each, '!'))
  return (path) => alternatives.some((matches) => matches(path))
}

/** The patterns that braces stand for; beyond the limit only what they begin with, so that nothing is left out for it. */
function alternativesOf(pattern: string): readonly string[] {
  const left = [pattern]
  const found: string[] = []
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const braces = bracesIn(next)
    if (braces === undefined) found.push(next)
    else if (left.length + found.length + braces.choices.length > budgets.patternChoices.size)
      found.push(`${braces.before}*`)
    else left.push(...braces.choices.map((choice) => `${braces.before}${choice}${braces.after}`))
  }
  return found
}

interface Braces {
  readonly before: string
  readonly choices: readonly string[]
  readonly after: string
}

/** The first braces of a pattern, with those within them left as they are. */
function bracesIn(pattern: string): Braces | undefined {
  let start = -1
  let depth = 0
  const commas: number[] = []
  for (const { 0: mark, index } of pattern.matchAll(/\\.|\[[^\]]*\]|[{},]/gs)) {
    if (mark === '{') {
      if (depth === 0) start = index
      depth += 1
    } else if (mark === ',' && depth === 1) commas.push(index)
    else if (mark === '}' && depth > 0) {
      depth -= 1
      if (depth === 0) return bracesAt(pattern, [start, ...commas, index])
    }
  }
  return undefined
}

function bracesAt(pattern: string, marks: readonly number[]): Braces {
  const choices = marks.slice(1).map((end, index) => pattern.slice((marks[index] ?? 0) + 1, end))
  return { before: pattern.slice(0, marks[0]), choices, after: pattern.slice((marks.at(-1) ?? 0) + 1) }
}
