import type { HTTPMatchRequest } from '../manifest/virtual-service.ts'
import { allMatchFields } from './fields/match-fields.ts'
import type { Request } from './request.ts'

/** Nothing else of it is the same. */
const request: Request = { method: '', scheme: '', authority: 'authority', path: '/', headers: {} }

/** Whether a match asks for the authority, under whichever of its names, or excludes some. */
export function asksForAuthority(match: HTTPMatchRequest): boolean {
  return allMatchFields.some(([, field]) =>
    field.wanted(match).some(([key]) => field.valueIn(request, key) === request.authority),
  )
}
