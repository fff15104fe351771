import { expect, it } from 'vitest'
import type { Gateway } from '../../../src/domain/manifest/gateway.ts'
import { identityOf } from '../../../src/domain/manifest/names.ts'
import type { VirtualService, VirtualServiceSpec } from '../../../src/domain/manifest/virtual-service.ts'
import { reachedByChange } from '../../../src/domain/reach/asked.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { type Snapshot, takeSnapshot } from '../../../src/domain/routing/snapshot.ts'
import { gateway, manifests, virtualService } from '../../support/meshes.ts'
import { delegate, prefix, secondary, to } from '../../support/worked-mesh.ts'

type Side = readonly (VirtualService | Gateway)[]

function isGateway(each: VirtualService | Gateway): each is Gateway {
  return each.kind === 'Gateway'
}

function snapshotOf(side: Side): Snapshot {
  const services = side.flatMap((each) => (isGateway(each) ? [] : [each]))
  return takeSnapshot(manifests(services, side.filter(isGateway)), {
    settings: defaultIstioSettings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => new Set(['n/gw']),
  })
}

/** The names of those that a rule is asked about where one side becomes the other. */
function reached(base: Side, merged: Side): readonly string[] {
  const [before, after] = [snapshotOf(base), snapshotOf(merged)]
  const asked = reachedByChange(before, after)
  const all = [...before.meshes, ...after.meshes].flatMap(({ virtualServices }) => virtualServices)
  return [...new Set(all.filter((each) => asked.has('default', each)).map(identityOf))].toSorted()
}

function host(name: string, spec: VirtualServiceSpec): VirtualService {
  return virtualService(`n/${name}`, { gateways: ['n/gw'], ...spec })
}

function entry(rest: Partial<Gateway['spec']> = {}): Gateway {
  const servers = [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }]
  return gateway('n/gw', { selector: { istio: 'ingress' }, servers, ...rest })
}

const a = host('a', {
  hosts: ['a.example'],
  http: [delegate('s', prefix('/s')), delegate('t', prefix('/t'))],
})
const b = host('b', { hosts: ['b.example'], http: [delegate('u', prefix('/u')), to('rest')] })
const [s, t, u] = ['s', 't', 'u'].map((name) => secondary(name, to(name, prefix(`/${name}/x`))))
if (s === undefined || t === undefined || u === undefined) throw new Error('there are three')
const all: Side = [entry(), a, b, s, t, u]
const everybody = ['n/a', 'n/b', 'n/s', 'n/t', 'n/u']

it('nobody is, where both sides are made of the same', () => {
  expect(reached(all, all)).toEqual([])
})

it.each<readonly [string, Side, readonly string[]]>([
  [
    'all on the host of a secondary that changed',
    [entry(), a, b, secondary('s', to('v')), t, u],
    ['n/a', 'n/s', 'n/t'],
  ],
  ['all on the host of one that went', [entry(), a, b, s, t], ['n/b', 'n/u']],
  [
    'those of both hosts where another one comes to serve them',
    [...all, host('c', { hosts: ['a.example', 'c.example'], http: [to('c')] })],
    ['n/a', 'n/c', 'n/s', 'n/t'],
  ],
  [
    'everybody at a Gateway that another one takes the place of',
    [gateway('n/new', entry().spec), ...all.slice(1)],
    everybody,
  ],
  [
    'everybody at a Gateway on other pods',
    [entry({ selector: { istio: 'other' } }), ...all.slice(1)],
    everybody,
  ],
  [
    'those whose host a server has no more',
    [
      entry({ servers: [{ port: { number: 80, name: 'h', protocol: 'HTTP' }, hosts: ['a.example'] }] }),
      ...all.slice(1),
    ],
    ['n/b', 'n/u'],
  ],
  [
    'whoever is exported to others than before',
    [entry(), a, { ...b, spec: { ...b.spec, exportTo: ['.'] } }, s, t, u],
    ['n/b', 'n/u'],
  ],
])('are %s', (_, merged, names) => {
  expect(reached(all, merged)).toEqual(names)
  expect(reached(merged, all)).toEqual(names)
})

it('are those on a wildcard of which another host takes requests away', () => {
  const wild = host('w', { hosts: ['*.example'], http: [to('w', { authority: { exact: 'a.example' } })] })
  const base = [entry(), wild, b, u]

  expect(reached(base, [...base, host('d', { hosts: ['a.example'], http: [to('d')] })])).toEqual([
    'n/d',
    'n/w',
  ])
})

it('are those whose requests fall to a broader host that changed', () => {
  const some = host('p', { hosts: ['a.example'], http: [{ ...to('p', { sourceLabels: { app: 'x' } }) }] })
  const wild = (name: string) => host('w', { hosts: ['*.example'], http: [to(name)] })

  expect(reached([entry(), some, b, u, wild('v')], [entry(), some, b, u, wild('x')])).toEqual(['n/p', 'n/w'])
})

it('an edge is, if its primary, its secondary or its state is another one', () => {
  const asked = (base: Side, merged: Side) => {
    const [before, after] = [snapshotOf(base), snapshotOf(merged)]
    const about = reachedByChange(before, after)
    const edges = after.meshes.flatMap(({ graph }) => graph.edges)
    return edges.filter((edge) => about.hasEdge('default', edge)).map(({ target }) => target)
  }

  expect(asked(all, all)).toEqual([])
  expect(asked(all, [gateway('n/new', entry().spec), ...all.slice(1)])).toEqual([])
  expect(asked(all, [entry(), a, b, secondary('s', to('v')), t, u])).toEqual(['n/s'])
  expect(asked(all, [entry(), a, b, s, t])).toEqual(['n/u'])
  expect(asked(all, [entry(), { ...a }, b, s, t, u])).toEqual(['n/s', 'n/t'])
  expect(asked([], all)).toEqual(['n/s', 'n/t', 'n/u'])
})

it('is everybody of a mesh that was not there', () => {
  expect(reached([], all)).toEqual(everybody)
})
