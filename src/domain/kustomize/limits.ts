import type { SourceRange } from '../source/source-file.ts'

/** What a build may ask for; what asks for more is not rendered, for the real program may still build it. */
export const limits = {
  /** Objects of one build, at any point of it. */
  objects: 10_000,
  /** Kustomizations that are built one within another. */
  depth: 100,
  /** Kustomizations that are built for one root, those that were built before included. */
  layers: 10_000,
  /** UTF-16 units of all files that are read for one root. */
  read: 64 * 1024 * 1024,
  /** Values of all objects that one root builds to. */
  values: 4_000_000,
} as const

/** Which of them. `yaml`: those that a single file has; `doubtful-text`: a text that looks otherwise than it may be read. */
export type Limit = keyof typeof limits | 'yaml' | 'doubtful-text'

interface Exceeded {
  readonly exceeded: Limit
  readonly range?: SourceRange
}

/** Ends the build because of a limit. */
export function exceed(exceeded: Limit, range?: SourceRange): never {
  throw { exceeded, ...(range && { range }) } satisfies Exceeded
}

/** What `build` gives, or the limit that ended it. */
export function withinLimits<T>(build: () => T): { readonly built: T } | Exceeded {
  try {
    return { built: build() }
  } catch (error) {
    if (isExceeded(error)) return error
    throw error
  }
}

function isExceeded(error: unknown): error is Exceeded {
  return typeof error === 'object' && error !== null && 'exceeded' in error
}
