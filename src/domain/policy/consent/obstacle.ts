/** Why what somebody said, or wrote, is nobody's consent. */
export type VoidReason =
  | 'is-bot'
  | 'is-author'
  | 'pushed-last'
  | 'no-write-access'
  | 'before-retarget'
  | 'older-commit'
  | 'older-commit-unknown'
  | 'before-listed'

/** One fact because of which a requirement is not settled. The report words it. */
export type Obstacle =
  /** Only members of the team may make this change, and the author or a pusher is none. */
  | { readonly kind: 'owners-only' }
  /** Two administrators must agree; these have. */
  | { readonly kind: 'two-voices'; readonly given: readonly string[] }
  /** A request for changes by an owner; `perhaps`: by somebody who may be one, since an owner cannot be resolved. */
  | { readonly kind: 'objection' | 'objection-perhaps'; readonly by: string }
  /** Authorship counts only where it is known who pushed. */
  | { readonly kind: 'pushers-unknown' }
  /** Others pushed, so that authorship does not count. */
  | { readonly kind: 'pushed-by-others'; readonly by: readonly string[] }
  /** Nobody can say who this owner is, so that it speaks for nobody; `file`: what was asked, and does not name it. */
  | { readonly kind: 'unresolvable-owner'; readonly owner: string; readonly file?: string }
  /** The approval of this person does not count. */
  | { readonly kind: VoidReason; readonly by: string }
