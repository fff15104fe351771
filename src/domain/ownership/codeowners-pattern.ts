import { compileSegment, matchesSegment, type SegmentPattern } from './segment-pattern.ts'

/** `**` between slashes: zero or more directories. */
interface AnyDirectories {
  readonly kind: 'any-directories'
}

/**
 * A CODEOWNERS pattern, anchored at the root of the repository. `end` says what may follow the segments:
 * nothing (`here`), anything or nothing (`here-or-below`), at least one more segment (`below`).
 * `nowhere` matches no path at all.
 */
export interface CodeownersPattern {
  readonly segments: readonly (SegmentPattern | AnyDirectories)[]
  readonly end: 'here' | 'here-or-below' | 'below' | 'nowhere'
}

const anyDirectories: AnyDirectories = { kind: 'any-directories' }

/** A single segment, with or without a slash behind it, matches at any depth; every other pattern is anchored. */
function anchored(parts: readonly string[]): readonly string[] {
  if (parts[0] === '') return parts.slice(1)
  const single = parts.length === 1 || (parts.length === 2 && parts[1] === '')
  return single ? ['**', ...parts] : parts
}

/**
 * Reads a pattern as GitHub does (docs.github.com, "About code owners", CODEOWNERS syntax): like gitignore, but
 * a final lone `*` is one level, and there are no ranges and no negation. Whether GitHub would accept the
 * pattern is not asked here.
 */
export function compilePattern(pattern: string): CodeownersPattern {
  if (pattern === '' || pattern === '/') return { segments: [], end: 'nowhere' }
  const parts = anchored(pattern.split('/'))
  const last = parts.at(-1)
  const below = last === '' || last === '**'
  const segments = (below ? parts.slice(0, -1) : parts).map((part) =>
    part === '**' ? anyDirectories : compileSegment(part),
  )
  return { segments, end: below ? 'below' : last === '*' ? 'here' : 'here-or-below' }
}

function endsWell(end: CodeownersPattern['end'], rest: number): boolean {
  if (end === 'here') return rest === 0
  return end === 'here-or-below' ? rest >= 0 : end === 'below' && rest > 0
}

/**
 * Whether the pattern matches the path, given as its segments. Case counts; the path is taken literally.
 * Going back to the last `**` alone is enough, so the cost is at most the product of both lengths.
 */
export function matchesPath(pattern: CodeownersPattern, path: readonly string[]): boolean {
  const { segments, end } = pattern
  let segment = 0
  let at = 0
  let retrySegment = -1
  let retryAt = 0
  while (!(segment === segments.length && endsWell(end, path.length - at))) {
    const current = segments[segment]
    if (current?.kind === 'any-directories') {
      retrySegment = ++segment
      retryAt = at
      continue
    }
    const name = path[at]
    if (current !== undefined && name !== undefined && matchesSegment(current, name)) {
      segment++
      at++
    } else if (retrySegment === -1 || retryAt >= path.length) {
      return false
    } else {
      segment = retrySegment
      at = ++retryAt
    }
  }
  return true
}
