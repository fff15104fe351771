import type { Comparison } from '../../diff/comparison.ts'
import { concerns, takenOtherwise } from './connections.ts'
import { otherRoutes, type Unmodelled } from './unmodelled.ts'

/** The tcp and tls routes of others from which a VirtualService takes connections at a gateway, or to which it leaves them. */
export function metConnections(
  before: readonly Unmodelled[],
  after: readonly Unmodelled[],
  { base, merged, settings }: Comparison,
): readonly Unmodelled[] {
  const [subject] = [...after, ...before]
  const otherwise = takenOtherwise(before.flatMap(connectionsIn), after.flatMap(connectionsIn))
  if (subject === undefined || otherwise.length === 0) return []
  const met = [base, merged]
    .flatMap(({ meshes }) => meshes.filter(({ name }) => name === subject.mesh))
    .flatMap((mesh) => mesh.virtualServices.flatMap((each) => otherRoutes(each, mesh, settings)))
    .filter(({ resource }) => resource !== subject.resource)
    .filter((each) => connectionsIn(each).some((theirs) => otherwise.some((mine) => concerns(mine, theirs))))
  return [...new Map(met.map((each) => [each.key, each])).values()]
}

function connectionsIn({ connections = [] }: Unmodelled): NonNullable<Unmodelled['connections']> {
  return connections
}
