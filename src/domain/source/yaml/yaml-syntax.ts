import type { YamlFault } from '../yaml-fault.ts'
import type { ScalarStyle } from './yaml-token.ts'

interface Written {
  readonly start: number
  readonly end: number
  readonly anchor?: string
  /** In full: `tag:yaml.org,2002:int` for `!!int`. */
  readonly tag?: string
}

/** A node as it is written, before anything is made of it. */
export type SyntaxNode = SyntaxScalar | SyntaxMap | SyntaxSequence | SyntaxAlias

/** A text with its escapes and folds resolved; what type it is, is not decided here. */
export interface SyntaxScalar extends Written {
  readonly kind: 'scalar'
  readonly text: string
  /** `empty`: nothing is written. */
  readonly style: ScalarStyle | 'empty'
}

/** A mapping, in the order of its entries; keys may be written twice. */
export interface SyntaxMap extends Written {
  readonly kind: 'map'
  readonly isFlow: boolean
  readonly pairs: readonly SyntaxPair[]
}

/** One entry of a mapping; the key may be any node. */
export interface SyntaxPair {
  readonly key: SyntaxNode
  readonly value: SyntaxNode
}

/** A list, in order. */
export interface SyntaxSequence extends Written {
  readonly kind: 'sequence'
  readonly isFlow: boolean
  readonly items: readonly SyntaxNode[]
}

/** `*name`, not followed yet; the anchor may be missing. */
export interface SyntaxAlias extends Written {
  readonly kind: 'alias'
  readonly name: string
}

/** The first document of a text: its root, nothing where it is empty, or why it cannot be read. */
export type Syntax =
  | { readonly kind: 'document'; readonly root: SyntaxNode }
  | { readonly kind: 'empty' }
  | { readonly kind: 'fault'; readonly fault: YamlFault; readonly isTooDeep: boolean }
