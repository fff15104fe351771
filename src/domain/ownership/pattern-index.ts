import { type CodeownersPattern, compilePattern, matchesPath } from './codeowners-pattern.ts'
import type { SegmentPattern } from './segment-pattern.ts'

/** Finds the last of many patterns that matches a path. */
export interface PatternIndex {
  /** The place of that pattern in the list, or -1. */
  lastMatch(path: string): number
}

/** Under this key stand the patterns that no word narrows down; every path asks it. */
const anyPath = ''

/** `.yaml` of `vs-1.yaml`: a name that ends with a literal tail has the extension of that tail. */
function extensionOf(text: string): string | undefined {
  const dot = text.lastIndexOf('.')
  return dot === -1 ? undefined : `*${text.slice(dot)}`
}

function wordOf(segment: SegmentPattern): string | undefined {
  return segment.kind === 'name' ? `=${segment.name}` : extensionOf(segment.suffix)
}

/** Words that every path matched by the pattern has, each as the name or the extension of one of its segments. */
function wordsOf(pattern: CodeownersPattern): readonly string[] {
  return pattern.segments.flatMap((segment) =>
    segment.kind === 'any-directories' ? [] : (wordOf(segment) ?? []),
  )
}

function wordsOfPath(segments: readonly string[]): Set<string> {
  const words = new Set([anyPath])
  for (const segment of segments) {
    words.add(`=${segment}`)
    words.add(extensionOf(segment) ?? anyPath)
  }
  return words
}

function countWords(words: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of words.flat()) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function rarest(words: readonly string[], counts: ReadonlyMap<string, number>): string {
  let best = anyPath
  for (const word of words) {
    if (best === anyPath || (counts.get(word) ?? 0) < (counts.get(best) ?? 0)) best = word
  }
  return best
}

/** Each pattern stands under the rarest of its words, so that `/teams/login/` is found by `login`, not by `teams`. */
function shelve(patterns: readonly CodeownersPattern[]): ReadonlyMap<string, readonly number[]> {
  const words = patterns.map(wordsOf)
  const counts = countWords(words)
  const shelves = new Map<string, number[]>()
  words.forEach((ofPattern, place) => {
    const word = rarest(ofPattern, counts)
    const shelf = shelves.get(word)
    if (shelf === undefined) shelves.set(word, [place])
    else shelf.push(place)
  })
  return shelves
}

/**
 * An index over CODEOWNERS patterns. It answers as a scan from the last pattern to the first would, but looks only
 * at the patterns that share a word with the path.
 */
export function indexPatterns(texts: readonly string[]): PatternIndex {
  const patterns = texts.map(compilePattern)
  const shelves = shelve(patterns)
  return {
    lastMatch(path) {
      const segments = path.split('/')
      let best = -1
      for (const word of wordsOfPath(segments)) {
        const shelf = shelves.get(word) ?? []
        for (let at = shelf.length - 1; at >= 0; at--) {
          const place = shelf[at] ?? -1
          if (place <= best) break
          const pattern = patterns[place]
          if (pattern !== undefined && matchesPath(pattern, segments)) best = place
        }
      }
      return best
    },
  }
}
