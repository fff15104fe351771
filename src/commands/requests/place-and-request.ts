import { looksLikeRequest } from './request-argument.ts'

/** What the arguments of a command name that takes a place and a request. */
export interface PlaceAndRequest {
  readonly place?: string
  readonly request?: string
}

/** Of one argument only its look can tell which of the two it is. */
export function placeAndRequest(first: string | undefined, second: string | undefined): PlaceAndRequest {
  if (first === undefined) return {}
  if (second !== undefined) return { place: first, request: second }
  return looksLikeRequest(first) ? { request: first } : { place: first }
}
