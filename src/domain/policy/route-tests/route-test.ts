import type { AskedRequest } from '../../routing/explain/explain-request.ts'
import type { SourceRange } from '../../source/source-file.ts'

/** One destination that a request is to be sent to; what is left out may be anything. */
export interface ExpectedDestination {
  readonly host: string
  readonly subset?: string
  readonly port?: number
  /** Its share in percent. */
  readonly weight?: number
}

/** Where a request is to be redirected to; what is left out may be anything. */
export interface ExpectedRedirect {
  readonly scheme?: string
  readonly authority?: string
  readonly uri?: string
  readonly port?: number
  readonly code?: number
}

/** What is to become of a request, part by part. */
export interface Expected {
  /** `ns/name` of the VirtualService whose author wrote the route. */
  readonly virtualService: string
  readonly destinations: readonly ExpectedDestination[]
  readonly redirect: ExpectedRedirect
  /** What the proxy answers by itself: 404 where no route is, the code of a redirect, or the status of a direct response. */
  readonly status: number
  /** Inside the mesh, the service answers by its own default route. */
  readonly service: true
}

/** What is left out may be anything. */
export type Expectation = Partial<Expected>

/** A request, and what its author says becomes of it. */
export interface RouteTest {
  readonly name: string
  readonly why?: string
  readonly request: AskedRequest
  readonly expect: Expectation
  /** It passes where the answer is not certain, too, and one of those that are possible is as expected. */
  readonly perhaps: boolean
  /** Where the test stands. */
  readonly range: SourceRange
  /** All that it says but its place and its words, in normal form. */
  readonly key: string
}
