import type { RouteChange } from '../../domain/diff/route-change.ts'
import { keyOfBox } from '../../domain/match/box.ts'

/** Equal for the same requests at the same place, in whatever words they are told. */
export function keyOfRequests({ mesh, gateway, host, requests }: RouteChange): string {
  return JSON.stringify([mesh, gateway, host, ...requests.boxes.map(keyOfBox).sort()])
}
