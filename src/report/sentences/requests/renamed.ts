import { canonicalJson } from '../../../domain/manifest/json.ts'
import { identityOf } from '../../../domain/manifest/names.ts'
import type { VirtualService } from '../../../domain/manifest/virtual-service.ts'
import type { RoleContext } from './roles.ts'

/** What a VirtualService is called after the merge, if it is there under another name and says the same. */
export function renamedTo(before: VirtualService, { assessment }: RoleContext): VirtualService | undefined {
  const { base, merged } = assessment.comparison
  const isThere = merged.manifests.virtualServices.some((each) => identityOf(each) === identityOf(before))
  if (isThere) return undefined
  const known = new Set<string>(base.manifests.virtualServices.map(identityOf))
  const spec = canonicalJson(before.spec)
  return merged.manifests.virtualServices.find(
    (each) => !known.has(identityOf(each)) && canonicalJson(each.spec) === spec,
  )
}
