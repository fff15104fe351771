import type { AskedRequest } from '../routing/explain/explain-request.ts'

/** A request that was made, as far as a log holds it: what is left out is not known, and may have been anything. */
export interface TrafficRequest
  extends Partial<Pick<AskedRequest, 'scheme' | 'headers' | 'port' | 'sni' | 'gateway' | 'mesh'>> {
  readonly method: string
  /** Without a port. */
  readonly authority: string
  /** With its query. */
  readonly path: string
  /** It had a query, and nobody kept which. */
  readonly queryUnknown?: true
  /** How often it was made. */
  readonly count: number
}

/** What a line of a log is: a request, something else than a request to be routed, or nothing that anybody can read. */
export type TrafficLine = TrafficRequest | 'other' | 'unreadable'
