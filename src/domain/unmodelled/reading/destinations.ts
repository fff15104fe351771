import type { VirtualService } from '../../manifest/virtual-service.ts'
import { at, objectsOf, textOf } from './written.ts'

/** Where a route, or a copy of its requests, goes. */
export interface NamedDestination {
  readonly host: string
  readonly subset?: string
}

/** Every destination that a VirtualService names: of routes of all protocols, and of mirrors. */
export function destinationsOf({ spec }: VirtualService): readonly NamedDestination[] {
  const http = (spec.http ?? []).flatMap(({ route = [], mirror, mirrors = [] }) => [
    ...route.map(({ destination }) => destination),
    mirror,
    ...mirrors.map(({ destination }) => destination),
  ])
  const others = [...(spec.tcp ?? []), ...(spec.tls ?? [])].flatMap((each) =>
    objectsOf(each['route']).map((route) => ({
      host: textOf(at(route, 'destination', 'host')),
      subset: textOf(at(route, 'destination', 'subset')),
    })),
  )
  return [...http, ...others].flatMap((each) =>
    each?.host === undefined
      ? []
      : [{ host: each.host, ...(each.subset !== undefined && { subset: each.subset }) }],
  )
}
