import { expect, it } from 'vitest'
import { renamedGateways } from '../../../src/domain/diff/renamed-gateways.ts'
import { admittingAll } from '../../../src/domain/routing/listeners/access-at-gateways.ts'
import { tlsListeners } from '../../../src/domain/routing/listeners/tls-listeners.ts'
import { gateway } from '../../support/meshes.ts'

const at = (identity: string, istio = 'a', host = '*') =>
  gateway(identity, {
    selector: { istio },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [host] }],
  })
const none = { primaries: [], secondaries: [], ordinary: [], edges: [] }
const meshOf = (...gateways: readonly ReturnType<typeof at>[]) => {
  const inForce = { virtualServices: [], gateways }
  return {
    name: 'm',
    ...inForce,
    inForce,
    graph: none,
    merged: [],
    tables: [],
    listeners: tlsListeners(gateways),
    tablesOfServer: () => [],
    accessAt: admittingAll,
  }
}

it.each([
  ['one that goes and one that comes', [at('n/a')], [at('n/b')], { 'n/b': 'n/a' }],
  ['also into another namespace', [at('n/a')], [at('m/a')], { 'm/a': 'n/a' }],
  ['beside one that stays', [at('n/a'), at('n/x')], [at('n/b'), at('n/x')], { 'n/b': 'n/a' }],
  ['not while the old one stays', [at('n/a')], [at('n/a'), at('n/b')], {}],
  ['not on other pods', [at('n/a')], [at('n/b', 'b')], {}],
  ['not for other hosts', [at('n/a')], [at('n/b', 'a', 'x.example')], {}],
  ['not for the hosts of another namespace', [at('n/a', 'a', './*')], [at('m/a', 'a', './*')], {}],
  ['for those of the same', [at('n/a', 'a', './*')], [at('n/b', 'a', './*')], { 'n/b': 'n/a' }],
  ['not where two would do', [at('n/a'), at('n/c')], [at('n/b')], {}],
])('gateways that are called otherwise: %s', (_, base, merged, expected) => {
  expect(Object.fromEntries(renamedGateways(meshOf(...base), meshOf(...merged)))).toEqual(expected)
})

it('a mesh that is not there has none', () => {
  expect(renamedGateways(undefined, meshOf(at('n/a'))).size).toBe(0)
})
