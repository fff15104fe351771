import type { Comparison } from '../../diff/comparison.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { fullKind } from '../../manifest/kinds/deciding-groups.ts'
import { identityOf } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { pairCopies } from '../../routing/copies/pair-copies.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import { exportsOf, gatewayVisibility } from '../../routing/visibility.ts'
import { code } from '../../terms/code.ts'
import { quoted, say } from '../../words/phrase.ts'
import type { Unmodelled } from './unmodelled.ts'

type Compared = Pick<Comparison, 'base' | 'merged' | 'settings'>

/**
 * The VirtualServices at gateways that are exported to fewer namespaces than before, where it is not known in which the pods of the
 * gateways run: these may see them no more. They stay in the tables, and nobody is told that nothing changes.
 */
export function narrowedExports(side: Snapshot, mesh: Mesh, compared: Compared): readonly Unmodelled[] {
  if (side !== compared.merged) return []
  const before = Map.groupBy(
    compared.base.meshes
      .filter(({ name }) => name === mesh.name)
      .flatMap(({ virtualServices }) => virtualServices),
    identityOf,
  )
  return [...Map.groupBy(mesh.virtualServices, identityOf)]
    .flatMap(([name, after]) => narrowedAmong(before.get(name) ?? [], after, compared.settings))
    .map((each) => narrowed(each, mesh))
}

/** Of several copies each is held against what it was itself; what comes newly, and what is there no more, against all. */
function narrowedAmong(
  before: readonly VirtualService[],
  after: readonly VirtualService[],
  settings: IstioSettings,
): readonly VirtualService[] {
  const pairs = pairCopies(before, after)
  const gone = pairs.flatMap((pair) => (pair.after === undefined && pair.before ? [pair.before] : []))
  return pairs.flatMap(({ before: own, after: each }) => {
    if (each === undefined) return []
    const earlier = own === undefined ? before : [own, ...gone]
    return earlier.some((old) => isNarrowed(old, each, settings)) ? [each] : []
  })
}

function isNarrowed(before: VirtualService, after: VirtualService, settings: IstioSettings): boolean {
  const isAtGateway = (after.spec.gateways ?? []).some((gateway) => gateway !== 'mesh')
  const seen = gatewayVisibility(after, settings)
  if (!isAtGateway || seen.kind === 'hidden' || seen.doubts.length === 0) return false
  const now = new Set(namespacesOf(after, settings))
  return namespacesOf(before, settings).some((each) => !now.has(each))
}

function namespacesOf(resource: VirtualService, settings: IstioSettings): readonly string[] {
  return exportsOf(resource, settings).map((each) => (each === '.' ? (resource.namespace ?? '.') : each))
}

function narrowed(resource: VirtualService, { name, graph }: Mesh): Unmodelled {
  const secondaries = graph.edges
    .filter(({ primary }) => identityOf(primary) === identityOf(resource))
    .flatMap(({ secondary }) => secondary?.file.path ?? [])
  return {
    key: `${name} VirtualService ${identityOf(resource)} exported`,
    content: canonicalJson(resource.spec.exportTo ?? []),
    code: 'unmodelled-change.exported',
    name: say`The narrower export of VirtualService ${code(resource.name)}`,
    why: say`Whether the pods of its gateways run in one of these is not known: ${quoted('istio.gatewayNamespaces')} says it`,
    resource: identityOf(resource),
    kind: fullKind(resource),
    mesh: name,
    path: resource.file.path,
    others: secondaries,
    node: resource.spec,
    field: 'exportTo',
  }
}
