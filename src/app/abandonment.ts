/** Why a check run ends without a verdict of its own. Neither lets anything be merged. */
export type Abandonment =
  /** A fault of ours or of the forge; the run offers to be run again. */
  | { readonly kind: 'fault'; readonly because: string; readonly again: 'by-itself' | 'by-hand' }
  /** The pull request has moved on to another head, was closed, or has a newer run. */
  | { readonly kind: 'superseded'; readonly by: 'closed' | 'moved-on' | 'newer' }
