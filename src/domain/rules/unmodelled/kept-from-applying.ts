import { canonicalJson } from '../../manifest/json.ts'
import { fullKind } from '../../manifest/kinds/deciding-groups.ts'
import { identityOf } from '../../manifest/names.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { code } from '../../terms/code.ts'
import { joined, say } from '../../words/phrase.ts'
import type { Unmodelled } from './unmodelled.ts'

/** By what a deployer, or a control plane, passes an object over: the key, and the values that do it. */
const keeping: readonly (readonly [key: string, value: RegExp])[] = [
  ['config.kubernetes.io/local-config', /^(?!false$)/],
  ['argocd.argoproj.io/hook', /./],
  ['helm.sh/hook', /./],
  ['kustomize.toolkit.fluxcd.io/ssa', /^(?:Ignore|IfNotPresent)$/i],
  ['kustomize.toolkit.fluxcd.io/reconcile', /^disabled$/i],
  ['istio.io/rev', /./],
]

/**
 * The VirtualServices and Gateways of a mesh whose own metadata may keep them from the proxies. Which deployer reads them is
 * not known here, so that they stay in the tables; nobody is told that nothing changes.
 */
export function keptFromApplying(mesh: Mesh): readonly Unmodelled[] {
  const { virtualServices, gateways, graph, tables } = mesh
  const led = (resource: Resource) =>
    graph.edges.flatMap(({ primary, secondary }) =>
      secondary !== undefined && identityOf(primary) === identityOf(resource) ? [secondary.file.path] : [],
    )
  const bound = (resource: Resource) =>
    tables
      .filter(({ gateway }) => gateway === identityOf(resource))
      .flatMap((table) => table.bound.flatMap((each) => [each.file.path, ...led(each)]))
  return [
    ...virtualServices.flatMap((each) => keptBy(each, mesh.name, led)),
    ...gateways.flatMap((each) => keptBy(each, mesh.name, bound)),
  ]
}

function keptBy(
  resource: Resource,
  mesh: string,
  othersBeside: (resource: Resource) => readonly string[],
): readonly Unmodelled[] {
  const { kind, name, file, labels, annotations } = resource
  const found = keeping.flatMap(([key, value]) =>
    [labels[key], annotations[key]].flatMap((written) =>
      written !== undefined && value.test(written) ? [`${key}: ${written}`] : [],
    ),
  )
  if (found.length === 0) return []
  return [
    {
      key: `${mesh} ${kind} ${identityOf(resource)} kept`,
      content: canonicalJson(found),
      code: 'unmodelled-change.kept',
      name: say`What may keep ${kind} ${code(name)} from being applied`,
      why: say`${joined(found.map(code), ', ')}: whether anybody here acts on that is not known`,
      resource: identityOf(resource),
      kind: fullKind(resource),
      mesh,
      path: file.path,
      others: othersBeside(resource),
      node: resource,
      field: 'name',
    },
  ]
}
