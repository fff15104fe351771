import { describe, expect, it } from 'vitest'
import { unmetered } from '../../../src/domain/language/string-set.ts'
import type { Gateway } from '../../../src/domain/manifest/gateway.ts'
import type { Resource } from '../../../src/domain/manifest/resource.ts'
import type { HTTPRoute, VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { requestsText } from '../../../src/domain/reach/agreed-requests.ts'
import { contestsIn } from '../../../src/domain/reach/contests.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { takeSnapshot } from '../../../src/domain/routing/snapshot.ts'
import { bareText } from '../../../src/domain/words/phrase.ts'
import { gateway, manifests, virtualService } from '../../support/meshes.ts'
import {
  answerOf,
  exact,
  options,
  plenty,
  prefix,
  primary,
  tableOf,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

const contests = (...all: readonly VirtualService[]) => {
  const mesh = workedMesh(...all)
  return contestsIn(tableOf(mesh, all[0]?.spec.hosts?.[0] ?? ''), mesh.tables, options, plenty())
}

const told = (...all: readonly VirtualService[]) =>
  contests(...all).map(
    ({ boxes, outcomes }) =>
      `${bareText(requestsText(boxes, unmetered))}: ${outcomes.map(({ oldest, routes }) => `${oldest.name} ${routes.map(answerOf)}`).join(', ')}`,
  )

describe('requests whose fate hangs on who was created first', () => {
  it('are those that two VirtualServices treat differently', () => {
    expect(told(primary('p', to('a', prefix('/a'))), primary('q', to('b', exact('/a/1'))))).toEqual([
      '/a/1: p a, q b',
    ])
  })

  it('are none where both do the same, or ask for different requests', () => {
    expect(told(primary('p', to('a', prefix('/a'))), primary('q', to('a', exact('/a/1'))))).toEqual([])
    expect(told(primary('p', to('a', prefix('/a'))), primary('q', to('b', exact('/b'))))).toEqual([])
  })

  it('are none of one VirtualService alone', () => {
    expect(told(primary('p', to('a', prefix('/a')), to('b', exact('/a/1'))))).toEqual([])
  })

  it('are not those that a narrower route takes from a catch-all, which is read last', () => {
    expect(told(primary('p', to('a')), primary('q', to('b', exact('/b'))))).toEqual([])
  })

  it('between two catch-alls are whatever the narrower routes leave', () => {
    const [contest] = contests(primary('p', to('a')), primary('q', to('b', exact('/b')), to('c')))

    expect(contest?.outcomes.map(({ routes }) => routes.map(answerOf))).toEqual([['a'], ['c']])
  })

  it('of many in the mesh are told without their requests', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      virtualService(`n/${name}`, {
        hosts: ['shop.n.svc.cluster.local'],
        gateways: ['mesh'],
        http: [to(name)],
      }),
    )
    const [contest] = contests(...many)

    expect(contest?.virtualServices.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect([contest?.boxes, contest?.outcomes]).toEqual([[], []])
  })

  const servers = (...hosts: readonly string[]) =>
    hosts.map((host) => ({ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [host] }))
  const aged = <T extends Resource>(object: T, day: number): T => ({
    ...object,
    inCluster: { created: `2026-01-0${day}T00:00:00Z`, snapshot: 'cluster.yaml' },
  })
  const on = (id: string, bound: string, ...http: readonly HTTPRoute[]) =>
    virtualService(id, { hosts: ['shop.example'], gateways: [bound], http })
  const contestsAt = (gateways: readonly Gateway[], ...all: readonly VirtualService[]) => {
    const { meshes } = takeSnapshot(manifests(all, gateways), {
      settings: defaultIstioSettings,
      complete: true,
      meshOf: () => 'default',
      knownGateways: () => new Set(),
    })
    return meshes.flatMap(({ tables }) =>
      tables.flatMap((each) => contestsIn(each, tables, options, plenty())),
    )
  }
  const both = (a: string, b: string) => [
    on('a/p', a, to('a', prefix('/a'))),
    on('b/q', b, to('b', exact('/a/1'))),
  ]

  it('are none of two servers of one Gateway, which are read in their order', () => {
    const [one, two] = [['a/shop.example', 'b/shop.example'], ['*/shop.example']].map((hosts) => [
      gateway('n/gw', { selector: { app: 'gw' }, servers: servers(...hosts) }),
    ])

    expect(contestsAt(one ?? [], ...both('n/gw', 'n/gw'))).toEqual([])
    expect(contestsAt(two ?? [], ...both('n/gw', 'n/gw'))).toHaveLength(1)
  })

  it('are known port by port: what is read server by server on one is not on another', () => {
    const onPorts = (...all: readonly (readonly [port: number, host: string])[]) =>
      all.map(([number, host]) => ({
        port: { number, name: `http-${number}`, protocol: 'HTTP' },
        hosts: [host],
      }))
    const one = gateway('n/gw', {
      selector: { app: 'gw' },
      servers: onPorts([80, 'a/shop.example'], [80, 'b/shop.example'], [8080, '*/shop.example']),
    })

    expect(contestsAt([one], ...both('n/gw', 'n/gw')).map(({ table }) => table.ports)).toEqual([[8080]])
  })

  it('of two Gateways are those of whose Gateways nobody knows which is older, whatever the VirtualServices are', () => {
    const gateways = ['n/one', 'n/two'].map((id) =>
      gateway(id, { selector: { app: 'gw' }, servers: servers('*/shop.example') }),
    )
    const [p, q] = both('n/one', 'n/two')
    const known = [p, q].flatMap((each, at) => (each ? [aged(each, at + 1)] : []))

    expect(contestsAt(gateways, ...known).length).toBeGreaterThan(0)
    expect(
      contestsAt(
        gateways.map((each, at) => aged(each, at + 1)),
        ...both('n/one', 'n/two'),
      ),
    ).toEqual([])
  })
})
