import { type CodeownersPattern, compilePattern, matchesPath } from './codeowners-pattern.ts'
import type { SegmentPattern } from './segment-pattern.ts'

/** Finds the last of many patterns that matches a path. */
export interface PatternIndex {
  /** The place of that pattern in the list, or -1. */
  lastMatch(path: string): number
}

interface Entry {
  readonly place: number
  readonly pattern: CodeownersPattern
  /** A text that every path which the pattern matches has in it; '' if there is none. */
  readonly needle: string
}

/** Under this word stand the patterns that no word narrows down; every path asks it. */
const anyPath = ''

/** `.yaml` of `vs-1.yaml`: a name that ends with a literal tail has the extension of that tail. */
function extensionOf(text: string): string {
  const dot = text.lastIndexOf('.')
  return dot === -1 ? anyPath : `*${text.slice(dot)}`
}

/** What every name that the segment matches is (`=login`) or ends with (`*.yaml`). */
function wordOf(segment: SegmentPattern): string {
  return segment.kind === 'name' ? `=${segment.name}` : extensionOf(segment.literals.at(-1) ?? '')
}

function fixedSegments({ segments }: CodeownersPattern): readonly SegmentPattern[] {
  return segments.filter((segment) => segment.kind !== 'any-directories')
}

function wordsOf(pattern: CodeownersPattern): readonly string[] {
  return fixedSegments(pattern).map(wordOf)
}

function needlesOf(pattern: CodeownersPattern): readonly string[] {
  return fixedSegments(pattern).flatMap((segment) =>
    segment.kind === 'name' ? [segment.name] : segment.literals,
  )
}

function wordsOfPath(segments: readonly string[]): ReadonlySet<string> {
  return new Set([anyPath, ...segments.flatMap((segment) => [`=${segment}`, extensionOf(segment)])])
}

/** Chooses from a pattern's texts the one that the fewest patterns have; '' says nothing, and is the last choice. */
function rarestOf(
  patterns: Iterable<CodeownersPattern>,
  textsOf: (pattern: CodeownersPattern) => readonly string[],
): (pattern: CodeownersPattern) => string {
  const counts = new Map<string, number>()
  for (const pattern of patterns) {
    for (const text of textsOf(pattern)) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const cost = (text: string) => (text === '' ? Number.POSITIVE_INFINITY : (counts.get(text) ?? 0))
  return (pattern) => textsOf(pattern).reduce((best, text) => (cost(text) < cost(best) ? text : best), '')
}

/** The last place of each text: an earlier line with the same pattern never decides. */
function lastPlaces(texts: readonly string[]): ReadonlyMap<number, CodeownersPattern> {
  const places = new Map(texts.map((text, place) => [text, place]))
  return new Map([...places].map(([text, place]) => [place, compilePattern(text)]))
}

/** Each pattern stands under the rarest of its words, so that `/teams/login/` is found by `login`, not by `teams`. */
function shelve(texts: readonly string[]): ReadonlyMap<string, readonly Entry[]> {
  const patterns = lastPlaces(texts)
  const rarestWord = rarestOf(patterns.values(), wordsOf)
  const rarestNeedle = rarestOf(patterns.values(), needlesOf)
  const entries = [...patterns].map(([place, pattern]) => ({ place, pattern, needle: rarestNeedle(pattern) }))
  entries.sort((a, b) => b.place - a.place)
  return Map.groupBy(entries, ({ pattern }) => rarestWord(pattern))
}

/**
 * An index over CODEOWNERS patterns. It answers as a scan from the last pattern to the first would, but looks only
 * at the patterns that share a word with the path, and closely only at those whose rarest text is in it.
 */
export function indexPatterns(texts: readonly string[]): PatternIndex {
  const shelves = shelve(texts)
  return {
    lastMatch(path) {
      const segments = path.split('/')
      let best = -1
      for (const word of wordsOfPath(segments)) {
        for (const { place, pattern, needle } of shelves.get(word) ?? []) {
          if (place <= best) break
          if (path.includes(needle) && matchesPath(pattern, segments)) best = place
        }
      }
      return best
    },
  }
}
