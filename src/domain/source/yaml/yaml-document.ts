import { budgets } from '../../budgets.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { Overlay, SourceRange, UnitPlace } from '../source-file.ts'
import type { YamlFaultCode } from '../yaml-fault.ts'
import type { YamlNode } from '../yaml-node.ts'

/** What a file may ask of the reader; whatever exceeds it is unreadable and says so. */
export const yamlLimits = {
  /** UTF-16 units of one file. */
  fileLength: budgets.file.size,
  documents: budgets.documents.size,
  /** Open collections at one place. */
  depth: budgets.depth.size,
  /** Nodes that the aliases of one document stand for, all together. */
  aliasedNodes: budgets.aliases.size,
} as const

/** One document of a file. */
export interface YamlDocument {
  readonly range: SourceRange
  /** Absent where the document cannot be read; the diagnostics say why. */
  readonly root?: YamlNode
  /** It was given up because of a limit, not because it is wrong. */
  readonly overLimit?: true
  /** What delivers it, where it is not what is written. */
  readonly unit?: UnitPlace
  /** What made of it what is delivered, where that is not what is written. */
  readonly overlay?: Overlay
  readonly diagnostics: readonly Diagnostic<YamlFaultCode>[]
}

/**
 * Who reads a file: `plain` is what is applied directly (kubectl, Argo CD, what Helm prints; YAML 1.1), `kustomize` what a
 * kustomization names as a resource or a patch: there `yes` is a text, and a key that is written twice an error.
 */
export type YamlReader = 'plain' | 'kustomize'

/** What its reader wants of a file. */
export interface YamlReading {
  /** The slug under which mistakes are reported. */
  readonly id: string
  /** Documents whose text this refuses are neither parsed nor returned. */
  readonly wanted?: (text: string) => boolean
  /** `plain` unless it is said. */
  readonly reader?: YamlReader
}

/**
 * Whether a text may exceed a limit but that of its length, judged without reading it: as many brackets, as much indentation,
 * as many separators as that takes, or aliases at all.
 */
export function mayExceedLimits(text: string): boolean {
  return (
    atLeast(text, /[{[]/g, yamlLimits.depth) ||
    deep.test(text) ||
    atLeast(text, /^---/gm, yamlLimits.documents) ||
    (/&\S/.test(text) && /\*\S/.test(text))
  )
}

const deep = new RegExp(`^[ \\t?-]{${yamlLimits.depth}}`, 'm')

function atLeast(text: string, pattern: RegExp, count: number): boolean {
  let left = count
  for (const _ of text.matchAll(pattern)) {
    left -= 1
    if (left === 0) return true
  }
  return false
}
