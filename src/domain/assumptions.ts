import type { Comparison } from './diff/comparison.ts'
import type { RouteChange } from './diff/route-change.ts'
import { type Doubt, doubt, uniteDoubts } from './doubt.ts'
import type { Modelled } from './manifest/modelled.ts'
import { identityOf } from './manifest/names.ts'
import type { Codeowners } from './ownership/codeowners.ts'
import type { CodeownersReadings } from './ownership/codeowners-errors.ts'
import { rangeOf } from './source/located.ts'

/**
 * What Git does not say and was taken for granted behind the changes: why some of them are not certain, and what even those
 * rest on that are. Each once; none where nothing changes.
 */
export function assumptionsOf(comparison: Comparison): readonly Doubt[] {
  return uniteDoubts(
    comparison.changes.flatMap((change) => [
      ...change.doubts,
      ...sharedHost(change, comparison),
      ...gatewayElsewhere(change, comparison),
      ...noNamespace(change),
    ]),
  )
}

/** What GitHub was asked about CODEOWNERS and did not answer. */
export function readingAssumptions({
  codeowners,
  readings,
}: {
  readonly codeowners?: Codeowners
  readonly readings?: CodeownersReadings
}): readonly Doubt[] {
  return codeowners !== undefined && readings?.base === 'no-answer'
    ? [doubt({ code: 'codeowners-unread', file: codeowners.file.path })]
    : []
}

/** Nothing is added where the change itself hangs on the order. */
function sharedHost(change: RouteChange, { merged }: Comparison): readonly Doubt[] {
  if (change.doubts.some(({ cause }) => cause.code === 'creation-order')) return []
  const { mesh, gateway, host } = change
  return merged.meshes
    .filter(({ name }) => name === mesh)
    .flatMap(({ tables }) => tables)
    .filter((table) => table.gateway === gateway && table.host === host && table.contributions.length > 1)
    .map(({ contributions }) => {
      const written = contributions.map(({ virtualService }) => virtualService)
      const cause = { code: 'shared-host', of: written.map(identityOf).toSorted(), host, gateway } as const
      return doubt(cause, ...written.map((each) => rangeOf(each)))
    })
}

function gatewayElsewhere({ mesh, gateway }: RouteChange, { base, merged }: Comparison): readonly Doubt[] {
  if (gateway === 'mesh') return []
  const here = [...base.meshes, ...merged.meshes].filter(({ name }) => name === mesh)
  const isHere = here.some(({ gateways }) => gateways.some((each) => identityOf(each) === gateway))
  return isHere ? [] : [doubt({ code: 'gateway-elsewhere', gateway })]
}

function noNamespace({ before, after }: RouteChange): readonly Doubt[] {
  const objects = [before, after].flatMap((route) =>
    route ? [route.from.primary, route.from.secondary] : [],
  )
  const nameless = [...new Set(objects)].filter(
    (each): each is Modelled & typeof each => each !== undefined && each.namespace === undefined,
  )
  return nameless.map((each) =>
    doubt({ code: 'no-namespace', of: [each.name], files: [each.file.path] }, rangeOf(each)),
  )
}
