import { enumerateWords } from '../language/enumerate-words.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import { exportsOf, gatewayVisibility } from '../routing/visibility.ts'
import { rangeOf } from '../source/located.ts'
import { code, nameOf } from '../wording/code.ts'
import { guessed, told } from '../words/told.ts'
import type { Fault, Rule } from './rule.ts'

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
  const range = primary.spec.exportTo ? rangeOf(primary.spec, 'exportTo') : rangeOf(primary, 'name')
  const pods = enumerateWords(settings.gatewayNamespaces.map(code), 'and')
  const exported = exportsOf(primary, settings).map((each) =>
    each === '.' ? `its own namespace ${code(primary.namespace ?? '?')}` : code(each),
  )
  const [namespace = ''] = settings.gatewayNamespaces
  return {
    ...told(
      `${nameOf(primary)} is exported to ${enumerateWords(exported, 'and')} only, and the gateway's pods run in ${pods}: ${enumerateWords(gateways.map(code), 'and')} would not serve it at all.`,
    ),
    ...(range && { range }),
    because: [
      { ...told('Where the gateway pods run is set by `istio.gatewayNamespaces` in .github/firebreak.yml.') },
    ],
    todo: guessed(`Add ${code(namespace)} to \`exportTo\` of ${nameOf(primary)}.`),
    resource: identityOf(primary),
    mesh,
    fingerprint: canonicalJson([exportsOf(primary, settings), gateways]),
  }
}
