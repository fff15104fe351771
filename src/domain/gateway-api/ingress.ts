import type { Gateway } from '../manifest/gateway.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { List } from './lists.ts'
import type { MissingFacts } from './missing-fact.ts'
import type { Surroundings } from './surroundings.ts'

interface Ingresses {
  readonly gateways: readonly Gateway[]
  readonly lists: readonly List[]
  readonly all: readonly UnmodelledResource[]
}

export function ingressesOf(
  _: Surroundings,
  __: {
    readonly clusterDomain: string
    readonly isMissing: (host: string) => boolean
    readonly missing: MissingFacts
  },
): Ingresses {
  return { gateways: [], lists: [], all: [] }
}
