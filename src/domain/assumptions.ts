import type { Comparison } from './diff/comparison.ts'
import { identityOf } from './manifest/names.ts'
import { differingCopies } from './routing/other-copies.ts'
import type { RouteTable } from './routing/route-table.ts'
import type { Mesh } from './routing/snapshot.ts'

/** What Git does not say and was taken for granted, as plain sentences; sorted, each once. */
export function assumptionsOf({
  merged,
  changes,
  complete,
  appearing,
  untried,
}: Comparison): readonly string[] {
  const tables = merged.meshes.flatMap((mesh) => mesh.tables)
  const sentences = [
    ...tables.flatMap((table) => table.doubts),
    ...orderAssumptions(tables),
    ...namespaceAssumption(merged),
    ...externalGatewayAssumption(merged),
    ...(changes.every((change) => change.certain) ? [] : merged.meshes.flatMap(copyAssumptions)),
    ...appearing.map(appearanceAssumption),
    ...untriedAssumption(untried),
    ...(complete
      ? []
      : ['Secondaries may live in other repositories; what their routes do is not known here.']),
    ...(changes.some((change) => change.undecided)
      ? ['Some requests were too much to compare one by one; everybody who may gain or lose some is named.']
      : []),
    ...(changes.some((change) => !change.certain && !change.undecided)
      ? ['Some changes depend on what is not in Git; they are marked as not certain.']
      : []),
  ]
  return [...new Set(sentences)].toSorted()
}

function orderAssumptions(tables: readonly RouteTable[]): readonly string[] {
  return tables
    .filter((table) => table.contributions.length > 1)
    .map(({ host, gateway, contributions }) => {
      const names = contributions.map(({ virtualService }) => identityOf(virtualService)).join(', ')
      return `The VirtualServices on host ${host} of ${gateway} (${names}) are read in the order of their creation, which Git does not know; it is taken to be the same before and after.`
    })
}

function namespaceAssumption({ manifests }: Comparison['merged']): readonly string[] {
  const nameless = manifests.virtualServices.filter((each) => each.namespace === undefined).length
  if (nameless === 0) return []
  return [
    `${nameless} VirtualServices name no namespace; a reference to one of their names is taken to mean them.`,
  ]
}

function copyAssumptions(mesh: Mesh): readonly string[] {
  return [...differingCopies(mesh)].map(([name, copies]) => {
    const paths = [...new Set(copies.map(({ file }) => file.path))].join(' and ')
    return `VirtualService ${name} is written more than once and not alike (${paths}); which of them a cluster has is not in Git, so each was compared.`
  })
}

function untriedAssumption(untried: Comparison['untried']): readonly string[] {
  if (untried.length === 0) return []
  const names = [...new Set(untried.map((each) => `${each.kind} ${identityOf(each)}`))].toSorted()
  const paths = [...new Set(untried.map(({ file }) => file.path))].toSorted()
  return [
    `There are too many copies of ${names.join(', ')} (${paths.join(', ')}) to compare in every combination; no change that hangs on them is certain.`,
  ]
}

function appearanceAssumption(resource: Comparison['appearing'][number]): string {
  return `${resource.kind} ${identityOf(resource)} was refused before, or its file (${resource.file.path}) could not be read to its end; whether the cluster has it is not known, so that both were compared.`
}

function externalGatewayAssumption({ meshes }: Comparison['merged']): readonly string[] {
  const missing = meshes.flatMap((mesh) => {
    const here = new Set(mesh.gateways.map((gateway) => identityOf(gateway) as string))
    const named = mesh.merged.flatMap(({ virtualService }) => virtualService.spec.gateways ?? [])
    return named.filter((gateway) => gateway !== 'mesh' && !here.has(gateway))
  })
  return [...new Set(missing)].map(
    (gateway) =>
      `Gateway ${gateway} is not in this repository; it is taken to serve every host on every port.`,
  )
}
