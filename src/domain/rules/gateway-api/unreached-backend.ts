import { originOf, rulesOf, type Unreached } from '../../gateway-api/rules.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { fullKind } from '../../manifest/kinds/deciding-groups.ts'
import { identityOf } from '../../manifest/names.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import type { Fault } from '../rule.ts'

/** Backends of one kind of mistake, each with the mesh of its route. */
export function unreachedIn(
  side: Snapshot,
  why: readonly Unreached['why'][],
): readonly { readonly mesh: string; readonly unreached: Unreached }[] {
  return side.meshes.flatMap(({ name, gatewayApi }) =>
    (gatewayApi?.unreached ?? [])
      .filter((each) => why.includes(each.why))
      .map((unreached) => ({ mesh: name, unreached })),
  )
}

/** What all of them have in common. */
export function aboutBackend(
  { route, rule, why, name }: Unreached,
  mesh: string,
): Pick<Fault, 'range' | 'resource' | 'kind' | 'mesh' | 'fingerprint'> {
  const written = rulesOf(route)[rule]
  return {
    range: written === undefined ? rangeOf(route) : rangeOf(originOf(written, route)),
    resource: identityOf(route),
    kind: fullKind(route),
    mesh,
    fingerprint: canonicalJson([why, name]),
  }
}
