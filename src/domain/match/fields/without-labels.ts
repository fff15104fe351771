import type { HTTPMatchRequest } from '../../manifest/virtual-service.ts'
import { allMatchFields } from './match-fields.ts'

const labels = new Set<string>(
  allMatchFields.flatMap(([name, { asks }]) => (asks === 'nobody' ? [name] : [])),
)

/** What a match says of requests: without its name and whatever else only statistics and logs see. */
export function withoutLabels(match: HTTPMatchRequest): HTTPMatchRequest {
  return Object.fromEntries(Object.entries(match).filter(([field]) => !labels.has(field)))
}
