import { describe, expect, test } from 'vitest'
import {
  hostMatches,
  hostSubsetOf,
  hostsForNamespace,
  identityOf,
  intersectHosts,
  isVisibleTo,
  resolveGatewayName,
  resolveHost,
} from '../../../src/domain/manifest/names.ts'

describe('short names', () => {
  test.each([
    ['reviews', 'shop', 'reviews.shop.svc.cluster.local'],
    ['reviews', undefined, 'reviews.?.svc.cluster.local'],
    ['reviews.shop', 'login', 'reviews.shop'],
    ['*', 'shop', '*'],
    ['', 'shop', ''],
    ['10.0.0.1', 'shop', '10.0.0.1'],
    ['::1', 'shop', '::1'],
    ['*-eu', 'shop', '*-eu.shop.svc.cluster.local'],
  ])('the host %j in %s is %s', (host, namespace, resolved) => {
    expect(resolveHost(host, namespace, 'cluster.local')).toBe(resolved)
  })

  test.each([
    ['gw', 'shop', 'shop/gw'],
    ['gw', undefined, '?/gw'],
    ['mesh', 'shop', 'mesh'],
    ['infra/gw', 'shop', 'infra/gw'],
    ['./gw', 'shop', 'shop/gw'],
    ['gw.infra', 'shop', 'infra/gw'],
    ['gw.infra.svc.cluster.local', 'shop', 'infra/gw'],
  ])('the gateway %j in %s is %s', (name, namespace, resolved) => {
    expect(resolveGatewayName(name, namespace)).toBe(resolved)
  })

  test('an object without a namespace has none that could be named', () => {
    expect(identityOf({ name: 'vs-1', namespace: 'login' })).toBe('login/vs-1')
    expect(identityOf({ name: 'vs-1' })).toBe('?/vs-1')
  })
})

describe('exportTo', () => {
  test.each([
    [undefined, 'a', 'b', ['*'], true],
    [[], 'a', 'b', ['.'], false],
    [[], 'a', 'a', ['.'], true],
    [['.'], 'a', 'b', ['*'], false],
    [['.'], 'a', 'a', ['*'], true],
    [['b', 'c'], 'a', 'b', ['*'], true],
    [['c'], 'a', 'a', ['*'], false],
    [['*'], 'a', 'b', ['.'], true],
    [['~'], 'a', 'a', ['*'], false],
    [['.'], undefined, 'b', ['*'], true],
    [['c'], 'a', undefined, ['*'], true],
  ])(
    '%j of %s is visible in %s where the default is %j: %s',
    (exportTo, own, namespace, defaults, visible) => {
      expect(isVisibleTo(exportTo, own, namespace, defaults)).toBe(visible)
    },
  )
})

describe('hosts', () => {
  test.each([
    ['a.foo.com', 'a.foo.com', true, true],
    ['a.foo.com', '*.foo.com', true, true],
    ['foo.com', '*.foo.com', false, false],
    ['*.foo.com', 'a.foo.com', false, true],
    ['*.b.foo.com', '*.foo.com', true, true],
    ['*.foo.com', '*.b.foo.com', false, true],
    ['*', 'a.com', false, true],
    ['a.com', '*', true, true],
    ['*', '*', true, true],
    ['a.com', 'b.com', false, false],
    ['*.a.com', '*.b.com', false, false],
    ['a-eu.com', '*-eu.com', true, true],
  ])('%s within %s: %s; in common: %s', (a, b, within, common) => {
    expect(hostSubsetOf(a, b)).toBe(within)
    expect(hostMatches(a, b)).toBe(common)
    expect(hostMatches(b, a)).toBe(common)
  })

  test.each([
    [['*.foo.com'], ['a.foo.com', 'foo.com'], ['a.foo.com']],
    [['a.foo.com'], ['*'], ['a.foo.com']],
    [['*'], ['a.com', '*.b.com'], ['a.com', '*.b.com']],
    [['*.foo.com', 'a.foo.com'], ['a.foo.com'], ['a.foo.com']],
    [['x.com'], ['y.com'], []],
  ])('the server %j and the VirtualService %j share %j', (server, own, common) => {
    expect(intersectHosts(server, own)).toEqual(common)
  })

  test.each([
    [['a.com', 'ns/b.com', './c.com', '*/d.com'], 'gw', 'ns', ['a.com', 'b.com', 'd.com']],
    [['a.com', 'ns/b.com', './c.com', '*/d.com'], 'gw', 'gw', ['a.com', 'c.com', 'd.com']],
    [['ns/b.com', './c.com'], undefined, 'ns', ['b.com', 'c.com']],
    [['ns/b.com', './c.com'], 'gw', undefined, ['b.com', 'c.com']],
    [['ns/b.com', '*/*'], 'gw', 'other', ['*']],
  ])('%j of a gateway in %s offers %s %j', (hosts, gateway, namespace, offered) => {
    expect(hostsForNamespace(hosts, gateway, namespace)).toEqual(offered)
  })
})
