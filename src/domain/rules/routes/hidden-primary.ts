import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import { exportsOf, gatewayVisibility } from '../../routing/visibility.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { listed, quoted, say } from '../../words/phrase.ts'
import type { Fault, Rule } from '../rule.ts'

/** A gateway sees only what is exported to the namespace of its pods, which is not that of the Gateway object. */
export const hiddenPrimary: Rule = {
  id: 'hidden-primary',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: "A primary's exportTo hides it from the pods of its gateway.",
  *check(side, { settings }) {
    for (const mesh of side.meshes) {
      for (const primary of mesh.graph.primaries) {
        const gateways = (primary.spec.gateways ?? []).filter((gateway) => gateway !== 'mesh')
        if (gateways.length === 0 || gatewayVisibility(primary, settings).kind !== 'hidden') continue
        yield explain(primary, gateways, mesh.name, settings)
      }
    }
  },
}

function explain(
  primary: VirtualService,
  gateways: readonly string[],
  mesh: string,
  settings: IstioSettings,
): Fault {
  const exported = exportsOf(primary, settings).map((each) =>
    each === '.' ? say`its own namespace ${code(primary.namespace ?? '?')}` : code(each),
  )
  const [namespace = ''] = settings.gatewayNamespaces
  return {
    code: 'hidden-primary',
    clause: say`${nameOf(primary)} is exported to ${listed(exported)} only, and the gateway's pods run in ${listed(settings.gatewayNamespaces.map(code))}: ${listed(gateways.map(code))} would not serve it at all`,
    range: primary.spec.exportTo ? rangeOf(primary.spec, 'exportTo') : rangeOf(primary, 'name'),
    because: [
      {
        clause: say`Where the gateway pods run is set by ${quoted('istio.gatewayNamespaces')} in ${quoted('.github/firebreak.yml')}`,
      },
    ],
    todo: say`Add ${code(namespace)} to ${quoted('exportTo')} of ${nameOf(primary)}`,
    resource: identityOf(primary),
    mesh,
    fingerprint: canonicalJson([exportsOf(primary, settings), gateways]),
  }
}
