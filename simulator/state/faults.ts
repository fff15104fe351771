/** What the simulator is told to do to a matching request instead of, or besides, answering it. */
export type FaultEffect =
  | {
      readonly kind: 'respond'
      readonly status: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
    }
  /** Answers properly, but late. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Carries the request out, then says 502: the client cannot know that it happened. */
  | { readonly kind: 'commit-then-502' }
  /** Cuts the connection without an answer. */
  | { readonly kind: 'disconnect' }

/** A fault on demand; it strikes the first `times` requests (1 unless told) that match. */
export interface Fault {
  readonly method?: string
  /** Matched against the path below `/api/v3`. */
  readonly path: RegExp
  readonly effect: FaultEffect
  times: number
}

/** A request to the REST API, or with the path `/graphql` to that one, for tests that count them. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  readonly status: number
}

/** The fault that strikes a request, used up by one. */
export function takeFault(faults: readonly Fault[], method: string, path: string): FaultEffect | undefined {
  const fault = faults.find(
    (candidate) =>
      candidate.times > 0 &&
      (candidate.method === undefined || candidate.method.toUpperCase() === method) &&
      candidate.path.test(path),
  )
  if (!fault) return undefined
  fault.times -= 1
  return fault.effect
}
