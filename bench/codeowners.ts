import { decidingRule, parseCodeowners } from '../src/domain/ownership/codeowners.ts'
import { bestOf } from './best-of.ts'

/** One benchmark: our time against a plain way to do the same, measured in the same run, so machines cancel out. */
export interface CodeownersBenchmark {
  readonly name: string
  /** Milliseconds, the best of the rounds. */
  readonly ours: number
  readonly plain: number
  /** `plain / ours`: how many times faster ours is. */
  readonly ratio: number
  readonly paths: number
  readonly rules: number
}

const pathCount = 10_000
const ruleCount = 1_000

const folders = ['teams', 'services', 'clusters', 'docs', 'libs']
const extensions = ['yaml', 'yml', 'md', 'ts', 'go', 'json']

/** A small linear congruential generator: the same mesh of names in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** The mixture found in large repositories: mostly one folder a team, some globs, a few of everything. */
function pattern(at: number, next: (below: number) => number): string {
  const folder = folders[next(folders.length)]
  const extension = extensions[next(extensions.length)]
  const shapes = [
    `/${folder}/team-${at}/`,
    `/${folder}/team-${at}/`,
    `/${folder}/team-${at}`,
    `/${folder}/team-${next(ruleCount)}/*`,
    `/${folder}/**/vs-${at}.${extension}`,
    `${folder}/*/app-${at}/**`,
    `team-${at}/`,
    `**/app-${at}/*.${extension}`,
    `*-${at}.${extension}`,
    `/${folder}/team-${at}/**/*-route*.${extension}`,
  ]
  return at === 0 ? '*' : (shapes[next(shapes.length)] ?? '*')
}

function path(next: (below: number) => number): string {
  const folder = folders[next(folders.length)]
  const extension = extensions[next(extensions.length)]
  const app = next(2) === 0 ? `app-${next(ruleCount)}/` : ''
  return `${folder}/team-${next(ruleCount * 2)}/${app}vs-${next(ruleCount)}.${extension}`
}

/** The plain way: one regular expression a pattern, for patterns without escapes. */
function regExpOf(text: string): RegExp {
  const single = /^[^/]+\/?$/.test(text)
  const end = text.endsWith('/') || text.endsWith('/**') ? '/.+' : /(?:^|\/)\*$/.test(text) ? '' : '(?:/.*)?'
  const body = text
    .replace(/^\//, '')
    .replace(/\/(?:\*\*)?$/, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/(?<=^|\/)\*\*\//g, '\0')
    .replace(/\*+/g, '[^/]*')
    .replaceAll('\0', '(?:.+/)?')
  return new RegExp(`^${single ? '(?:.+/)?' : ''}${body}${end}$`, 's')
}

function plainAnswers(patterns: readonly string[], paths: readonly string[]): readonly number[] {
  const expressions = patterns.map(regExpOf)
  return paths.map((one) => expressions.findLastIndex((expression) => expression.test(one)) + 1)
}

function ourAnswers(patterns: readonly string[], paths: readonly string[]): readonly number[] {
  const text = patterns.map((one) => `${one} @bookinfo/owners`).join('\n')
  const codeowners = parseCodeowners({ path: 'CODEOWNERS', text })
  return paths.map((one) => decidingRule(codeowners, one)?.line ?? 0)
}

/**
 * Finds the owners of 10,000 paths under 1,000 rules, parsing included, and the same by trying one regular
 * expression after the other from the last rule up. Throws if the two disagree anywhere.
 */
export function benchCodeowners(): CodeownersBenchmark {
  const next = numbers(1)
  const patterns = Array.from({ length: ruleCount }, (_, at) => pattern(at, next))
  const paths = Array.from({ length: pathCount }, () => path(next))
  const ours = bestOf(() => ourAnswers(patterns, paths))
  const plain = bestOf(() => plainAnswers(patterns, paths))
  const wrong = ours.result.findIndex((line, at) => line !== plain.result[at])
  if (wrong !== -1) throw new Error(`The two ways disagree on ${paths[wrong]}`)
  return {
    name: 'codeowners',
    ours: ours.milliseconds,
    plain: plain.milliseconds,
    ratio: plain.milliseconds / ours.milliseconds,
    paths: pathCount,
    rules: ruleCount,
  }
}
