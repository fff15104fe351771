/** How a scalar was written. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded'

interface Placed {
  readonly start: number
  readonly end: number
}

/** What the scanner makes of a text. `block-end` closes the innermost block collection; `end` is the end of the text. */
export type Token = Placed &
  (
    | { readonly kind: 'scalar'; readonly text: string; readonly style: ScalarStyle }
    | { readonly kind: 'anchor' | 'alias'; readonly name: string }
    | { readonly kind: 'tag'; readonly handle: string; readonly suffix: string }
    | { readonly kind: Mark }
  )

/** A token that is nothing but its kind. */
export type Mark =
  | 'block-sequence'
  | 'block-map'
  | 'block-end'
  | 'flow-sequence'
  | 'flow-sequence-end'
  | 'flow-map'
  | 'flow-map-end'
  | 'entry'
  | 'item'
  | 'key'
  | 'value'
  | 'document-start'
  | 'document-end'
  | 'end'
