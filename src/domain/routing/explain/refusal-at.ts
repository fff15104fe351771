import type { DoorAccess } from '../../access/applied-policies.ts'
import { decideAccess } from '../../access/decide-access.ts'
import type { Refusal } from '../../access/refusal.ts'
import { normalizedPath } from '../../match/normalized-path.ts'
import type { Request } from '../../match/request.ts'
import type { IstioSettings } from '../istio-settings.ts'

/** Whether a request is refused where it arrives: its path as Envoy has normalised it, its authority as it was sent. */
export function refusalAt(
  request: Request,
  access: DoorAccess,
  { pathNormalization }: Pick<IstioSettings, 'pathNormalization'>,
): Refusal | undefined {
  if (access.applied.length === 0) return undefined
  return decideAccess({ ...request, path: normalizedPath(request.path, pathNormalization) }, access)
}
