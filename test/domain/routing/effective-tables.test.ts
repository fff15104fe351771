import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Gateway } from '../../../src/domain/manifest/gateway.ts'
import type { VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import type { Request } from '../../../src/domain/match/request.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { takeSnapshot } from '../../../src/domain/routing/snapshot.ts'
import { gateway, manifests, virtualService } from '../../support/meshes.ts'
import { nameOf, routeInOrder, tableForRequest } from '../../support/reference.ts'

interface Ask extends Partial<Omit<Request, 'path' | 'authority' | 'scheme'>> {
  readonly url: string
  readonly gateway?: string
  readonly lands: string
}

interface Vector {
  readonly says: string
  readonly version?: string
  readonly gateways?: Readonly<Record<string, Gateway['spec']>>
  readonly mesh: Readonly<Record<string, VirtualService['spec']>>
  readonly asks: readonly Ask[]
}

const vectors: readonly Vector[] = parse(
  readFileSync(new URL('effective-tables.vectors.yaml', import.meta.url), 'utf8'),
)

function requestOf({ url, gateway: _, lands: __, ...rest }: Ask): Request {
  const { protocol, host, pathname, search } = new URL(url)
  const scheme = protocol.slice(0, -1)
  return { method: 'GET', scheme, authority: host, path: pathname + search, headers: {}, ...rest }
}

describe('the effective table of a request', () => {
  it.each(vectors)('$says', ({ version, gateways, mesh, asks }) => {
    const [major = 1, minor = 30] = (version ?? '1.30').split('.').map(Number)
    const side = manifests(
      Object.entries(mesh).map(([name, spec]) => virtualService(name, spec)),
      Object.entries(gateways ?? {}).map(([name, spec]) => gateway(name, spec)),
    )
    const missingSatisfiesWithout = major > 1 || minor >= 22
    const { meshes } = takeSnapshot(side, {
      settings: { ...defaultIstioSettings, version: { major, minor }, gatewayNamespaces: ['n'] },
      complete: true,
      meshOf: () => 'default',
      knownGateways: () => new Set(),
    })
    for (const ask of asks) {
      const request = requestOf(ask)

      const table = tableForRequest(meshes[0]?.tables ?? [], ask.gateway ?? 'n/gw', request)
      const order = (table?.contributions ?? []).map((each) => nameOf(each.virtualService))
      const route = routeInOrder(table, order, request, missingSatisfiesWithout)

      expect([
        ask.url,
        table === undefined ? 'no host' : (route?.from.http.name ?? route?.outcome.action['kind'] ?? 'none'),
      ]).toEqual([ask.url, ask.lands])
    }
  })
})
