import { type Layout, layoutOf } from '../../domain/deployment/layout-of.ts'
import { meshesUnder } from '../../domain/policy/configuration/path-rules.ts'
import type { ReadSide } from './read-snapshot.ts'

/** What of a side is deployed together, and into which mesh, by its own configuration. */
export function layoutOfSide({ looked, manifests, settled, policy }: ReadSide): Layout {
  const { files, unread, excluded } = looked
  return layoutOf(
    { files, unread: new Set(unread), stated: policy.units },
    {
      manifests,
      settled,
      division: meshesUnder(policy, manifests),
      isConfigured: policy.meshes.length > 0,
      excluded,
    },
  )
}
