import { describe, expect, it } from 'vitest'
import type { HTTPRoute } from '../../../src/domain/manifest/virtual-service.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { takeSnapshot } from '../../../src/domain/routing/snapshot.ts'
import { gateway, manifests, virtualService } from '../../support/meshes.ts'

const server = { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }
const to = { route: [{ destination: { host: 'a' } }] }

/** How often a VirtualService takes part in the table of each of two Gateways. */
function partsAt(
  http: HTTPRoute,
  second: Parameters<typeof gateway>[1] = { selector: { a: 'b' }, servers: [server] },
) {
  const gates = [gateway('n/one', { selector: { a: 'b' }, servers: [server] }), gateway('n/two', second)]
  const service = virtualService('n/v', { hosts: ['a.example'], gateways: ['n/one', 'n/two'], http: [http] })
  const [mesh] = takeSnapshot(manifests([service], gates), {
    settings: defaultIstioSettings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => new Set(['n/one', 'n/two']),
  }).meshes
  const own = mesh?.tables.filter(({ host }) => host === 'a.example') ?? []
  return own.map(({ gateway: at, contributions, terms }) => [
    at,
    contributions.length,
    terms.get(80)?.split('\n').length,
  ])
}

describe('a VirtualService at two Gateways on the same pods and port', () => {
  it('answers by the first alone where its routes are the same at both', () => {
    expect(partsAt(to)).toEqual([
      ['n/one', 1, 1],
      ['n/two', 1, 1],
    ])
  })

  it.each<[string, HTTPRoute]>([
    ['a Gateway', { ...to, match: [{ gateways: ['n/one'] }, { gateways: ['n/two'] }] }],
    ['labels of the pods', { ...to, match: [{ sourceLabels: { a: 'b' } }] }],
  ])('answers by both where a match asks for %s', (_, http) => {
    expect(partsAt(http)?.map(([, parts]) => parts)).toEqual([2, 2])
  })

  it('answers by both where a server redirects', () => {
    const redirecting = { ...server, tls: { httpsRedirect: true } }

    expect(partsAt(to, { selector: { a: 'b' }, servers: [redirecting] })?.map(([, parts]) => parts)).toEqual([
      2, 2,
    ])
  })

  it('is there for whoever can send requests to either', () => {
    const more = { selector: { a: 'b', c: 'd' }, servers: [server] }

    expect(partsAt(to, more)).toEqual([
      ['n/one', 1, 2],
      ['n/two', 1, 2],
    ])
  })
})
