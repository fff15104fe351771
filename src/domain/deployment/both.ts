/** The same of each side of a proposal. */
export interface Both<T> {
  readonly base: T
  readonly merged: T
}
