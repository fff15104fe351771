import type { JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { type Located, origin } from '../../source/located.ts'
import { memoized } from '../../source/memoized.ts'

/** Where a route, or a copy of its requests, goes; and where that is written. */
export interface NamedDestination extends Located {
  readonly host: string
  readonly subset?: string
  readonly port?: number
}

interface Written extends Located {
  readonly host?: string | undefined
  readonly subset?: string | undefined
  readonly port?: { readonly number?: number | string | undefined } | undefined
}

/** Every destination that a VirtualService names: of routes of all protocols, and of mirrors. */
export const destinationsOf = memoized(({ spec }: VirtualService): readonly NamedDestination[] => {
  const http = (spec.http ?? []).flatMap(({ route = [], mirror, mirrors = [] }) => [
    ...route.map(({ destination }) => destination),
    mirror,
    ...mirrors.map(({ destination }) => destination),
  ])
  const others = [...(spec.tcp ?? []), ...(spec.tls ?? [])].flatMap((each) =>
    objectsOf(each['route']).map(
      (route): Written => ({
        host: textOf(at(route, 'destination', 'host')),
        subset: textOf(at(route, 'destination', 'subset')),
        port: { number: numberOf(at(route, 'destination', 'port', 'number')) },
      }),
    ),
  )
  return [...http, ...others].flatMap((each) => (each === undefined ? [] : namedBy(each)))
})

function namedBy(written: Written): readonly NamedDestination[] {
  const { host, subset, port } = written
  if (host === undefined) return []
  const [number, place] = [Number(port?.number), written[origin]]
  return [
    {
      host,
      ...(subset !== undefined && { subset }),
      ...(Number.isInteger(number) && { port: number }),
      ...(place && { [origin]: place }),
    },
  ]
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}
