import { decidesAsAWhole } from '../../manifest/kinds/deciding-groups.ts'
import { madeByResourceSet } from '../../manifest/kinds/resource-sets.ts'
import { textsIn } from '../../manifest/layers/written.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import { textAt, type YamlNode } from '../../source/yaml-node.ts'
import { isOpen } from '../argo-cd/destinations.ts'
import { type Deployer, unknownOf } from '../deployer.ts'
import type { UnknownDelivery } from '../unknown-delivery.ts'

/** What inputs from elsewhere fill in in the objects of the mesh that a ResourceSet makes. */
export function leftOpenBy(set: Deployer): readonly UnknownDelivery[] {
  const open = (madeByResourceSet(set.node) ?? [])
    .filter(isOfMesh)
    .flatMap((each) => textsIn(jsonOf(each)))
    .filter(isOpen)
  const [first] = open
  if (first === undefined) return []
  const said = { ...set, spec: { open: [...new Set(open)].toSorted() } }
  return [unknownOf(said, { code: 'left-to-fill-in', detail: first, isHiding: true })]
}

function isOfMesh(node: YamlNode): boolean {
  return node.kind === 'map' && decidesAsAWhole(textAt(node, 'apiVersion') ?? '', textAt(node, 'kind'))
}
