import { describe, expect, it } from 'vitest'
import {
  hostsForNamespace,
  hostsMayMeet,
  intersectHosts,
  isVisibleTo,
  mayBeIdentity,
  resolveGatewayName,
  resolveHost,
} from '../../../src/domain/manifest/names.ts'

/** `«X»` stands for the placeholder of Flux: a dollar sign and braces. */
function flux(text: string): string {
  return text.replaceAll('«', '$' + '{').replaceAll('»', '}')
}

describe('names of which another tool fills in a part', () => {
  it.each([
    ['ns1/vs-1', 'ns1/vs-1', true],
    ['ns1/vs-1', '?/vs-1', true],
    ['ns1/vs-1', 'ns2/vs-1', false],
    ['ns1/«X»', 'ns1/vs-1', true],
    ['ns1/«X»', 'ns2/vs-1', false],
    ['ns1/«X»', '?/vs-1', true],
    ['«NS»/vs-1', 'ns1/vs-1', true],
    ['«NS»/vs-«N»', 'ns1/vs-1', true],
    ['«NS»/vs-2', 'ns1/vs-1', false],
    ['«GATEWAY»', 'istio-system/ingress', true],
    ['«GATEWAY»', 'mesh', true],
    ['ns/mesh', 'mesh', false],
    ['?/mesh', 'mesh', false],
  ])('%s and %s may be the same: %s', (a, b, expected) => {
    expect(mayBeIdentity(flux(a), flux(b))).toBe(expected)
    expect(mayBeIdentity(flux(b), flux(a))).toBe(expected)
  })

  it.each([
    ['«GATEWAY»', '«GATEWAY»'],
    ['«NS»/ingress', '«NS»/ingress'],
    ['{{ .Values.gateway }}', '{{ .Values.gateway }}'],
    ['gw-«ENV»', 'ns1/gw-«ENV»'],
    ['ingress', 'ns1/ingress'],
  ])('the gateway %s is %s', (written, resolved) => {
    expect(resolveGatewayName(flux(written), 'ns1')).toBe(flux(resolved))
  })

  it('a host is not made longer that may have dots', () => {
    expect(resolveHost(flux('«HOST»'), 'ns1', 'cluster.local')).toBe(flux('«HOST»'))
  })

  it.each([
    ['«HOST»', 'shop.example', true],
    ['shop.«DOMAIN»', 'shop.example', true],
    ['shop.«DOMAIN»', 'login.example', false],
    ['shop.«DOMAIN»', '*.example', true],
    ['*.«DOMAIN»', 'shop.example', true],
    ['*.shop.«DOMAIN»', 'a.login.example', false],
  ])('the hosts %s and %s may meet: %s', (a, b, expected) => {
    expect(hostsMayMeet(flux(a), flux(b))).toBe(expected)
    expect(hostsMayMeet(flux(b), flux(a))).toBe(expected)
  })

  it('a server has whatever it may have', () => {
    expect(intersectHosts([flux('«HOST»')], ['shop.example'])).toEqual(['shop.example'])
    expect(intersectHosts(['shop.example'], [flux('«HOST»')])).toEqual([flux('«HOST»')])
    expect(intersectHosts(['login.example'], [flux('shop.«DOMAIN»')])).toEqual([])
    expect(hostsForNamespace([flux('«NS»/a.example'), 'ns2/b.example'], 'ns1', 'ns1')).toEqual(['a.example'])
    expect(hostsForNamespace([flux('«HOST»')], 'ns1', 'ns1')).toEqual([flux('«HOST»')])
  })

  it('a namespace that is not known is taken to see everything', () => {
    expect(isVisibleTo([flux('«NS»')], 'ns1', 'ns2', ['*'])).toBe(true)
    expect(isVisibleTo([flux('team-«NS»')], 'ns1', 'ns2', ['*'])).toBe(false)
    expect(isVisibleTo(['.'], flux('«NS»'), 'ns2', ['*'])).toBe(true)
  })
})
