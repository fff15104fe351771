import type { Gateway } from '../manifest/gateway.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { meshesUnder, pathRules } from '../policy/configuration/path-rules.ts'
import type { Policy } from '../policy/configuration/policy.ts'
import type { Restated } from '../policy/questions/ask.ts'
import type { Both } from './both.ts'
import { deliveredAlone } from './delivered-alone.ts'
import type { DeployedSide } from './tree-of-side.ts'
import { settledUnits } from './units/settled-units.ts'

type Object = VirtualService | Gateway

/** The objects of each mesh by what they say, each as often as it is there. */
type Held = ReadonlyMap<string, ReadonlyMap<string, Object>>

/**
 * What another configuration of `meshes` and `units` puts into another mesh, or delivers otherwise, of either side: each object with the
 * mesh that it leaves or enters. What only gets another name for its mesh stays where it is.
 */
export function restated(
  sides: Both<DeployedSide>,
  { today, proposed }: { readonly today: Policy; readonly proposed: Policy },
): readonly Restated[] {
  const said = ({ meshes, units }: Policy) => canonicalJson([meshes, units])
  if (said(today) === said(proposed)) return []
  // Everything else is as it is today, so that only these two can make a difference.
  const later = { ...today, meshes: proposed.meshes, units: proposed.units }
  const found = [sides.base, sides.merged].flatMap((side) =>
    movedBetween(heldUnder(side, today), heldUnder(side, later)),
  )
  return [...new Map(found.map((each) => [keyOf(each), each])).values()]
}

function keyOf({ mesh, how, object }: Restated): string {
  return canonicalJson([mesh, how, object.file.path, saidBy(object)])
}

function heldUnder(side: DeployedSide, policy: Policy): Held {
  const manifests = deliveredAlone(side.files, settledUnits({ ...side, stated: policy.units }), {
    namespaceOf: pathRules(policy).namespaceOf,
    version: policy.istio.version,
  })
  const { meshOf } = meshesUnder(policy, manifests)
  const byMesh = Map.groupBy([...manifests.virtualServices, ...manifests.gateways], meshOf)
  return new Map([...byMesh].map(([mesh, objects]) => [mesh, counted(objects)]))
}

function counted(objects: readonly Object[]): ReadonlyMap<string, Object> {
  const alike = Map.groupBy(objects, saidBy)
  return new Map(
    [...alike].flatMap(([said, same]) => same.map((each, at) => [`${said} ${at}`, each] as const)),
  )
}

function saidBy(object: Object): string {
  return canonicalJson([object.kind, identityOf(object), object.spec])
}

function movedBetween(before: Held, after: Held): readonly Restated[] {
  const renamed = renamedBetween(before, after)
  const meshes = [...new Set([...before.keys(), ...after.keys()])].filter((mesh) => !renamed.has(mesh))
  return meshes.flatMap((mesh) => {
    const [old = new Map<string, Object>(), now = new Map<string, Object>()] = [
      before.get(mesh),
      after.get(mesh),
    ]
    return [...only(old, now, { mesh, how: 'left' }), ...only(now, old, { mesh, how: 'entered' })]
  })
}

function only(
  some: ReadonlyMap<string, Object>,
  others: ReadonlyMap<string, Object>,
  as: Pick<Restated, 'mesh' | 'how'>,
): readonly Restated[] {
  return [...some].filter(([said]) => !others.has(said)).map(([, object]) => ({ ...as, object }))
}

/** Both names of each mesh that holds the same under another name. */
function renamedBetween(before: Held, after: Held): ReadonlySet<string> {
  const contents = (held: ReadonlyMap<string, Object>) => [...held.keys()].toSorted().join('\n')
  const gone = [...before].filter(([mesh]) => !after.has(mesh))
  const come = [...after].filter(([mesh]) => !before.has(mesh))
  const renamed = new Set<string>()
  for (const [mesh, held] of gone) {
    const other = come.find(([name, now]) => !renamed.has(name) && contents(now) === contents(held))
    if (other !== undefined) renamed.add(mesh).add(other[0])
  }
  return renamed
}
