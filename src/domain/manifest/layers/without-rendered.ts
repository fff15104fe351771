import type { UnmodelledResource } from '../resource.ts'
import type { LayerStatement } from './layer-statement.ts'
import { fieldsOf } from './written.ts'

/** A kustomization that is rendered, without what the objects tell that it makes; not what it leaves out, of which nothing is made. */
export function withoutRendered(layer: UnmodelledResource): UnmodelledResource {
  return { ...layer, says: (layer.says ?? []).filter(isLeftOut) }
}

function isLeftOut({ what }: LayerStatement): boolean {
  return fieldsOf(what)['leavesOut'] !== undefined
}
