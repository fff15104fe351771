import { describe, expect, it } from 'vitest'
import { budgets } from '../../../src/domain/budgets.ts'
import { trafficLine } from '../../../src/domain/traffic/traffic-line.ts'

interface Written {
  readonly request?: string
  readonly agent?: string
  readonly authority?: string
  readonly cluster?: string
  readonly sni?: string
}

/** A line in Istio's default text. */
function istio({
  request = 'GET /cart?id=1 HTTP/2',
  agent = 'curl/8.5',
  authority = 'shop.example',
  cluster = 'outbound|9080||cart.ns.svc.cluster.local',
  sni = '-',
}: Written = {}): string {
  return `[2026-11-29T10:00:00.000Z] "${request}" 200 - via_upstream - "-" 0 12 3 2 "10.1.1.1" "${agent}" "6f9-1" "${authority}" "10.0.0.7:9080" ${cluster} 10.0.0.1:41 10.0.0.1:8443 10.1.1.1:55 ${sni} default`
}

const cart = { method: 'GET', authority: 'shop.example', path: '/cart?id=1', count: 1 }

describe('a line of text', () => {
  it.each<[string, string, object]>([
    ['in the default of Istio', istio(), cart],
    ['with the name that TLS asked for', istio({ sni: 'Shop.example' }), { ...cart, sni: 'shop.example' }],
    ['with a port after the host', istio({ authority: 'Shop.example:8080' }), cart],
    ['with quotes in what a client writes', istio({ agent: '" "evil.example" "-" outbound|1' }), cart],
    ['as a container writes it', `2026-11-29T10:00:00.0Z stdout F ${istio()}`, cart],
    [
      'in the default of Envoy',
      '[2026-11-29T10:00:00.000Z] "POST /cart HTTP/1.1" 200 - 0 12 3 2 "-" "curl" "6f9" "shop.example" "10.0.0.7:9080"',
      { ...cart, method: 'POST', path: '/cart' },
    ],
  ])('%s is a request', (_, line, expected) => {
    expect(trafficLine(line)).toEqual(expected)
  })

  it.each([
    ['a connection of TCP', istio({ request: '- - -', authority: '-' })],
    ['what comes in at a sidecar', istio({ cluster: 'inbound|9080||' })],
    ['a tunnel', istio({ request: 'CONNECT - HTTP/2' })],
  ])('%s is something else', (_, line) => {
    expect(trafficLine(line)).toBe('other')
  })

  it.each([
    ['any text', 'hello'],
    ['a line that is cut off', istio().slice(0, 120)],
    ['a path that begins with no slash', istio({ request: 'GET cart HTTP/2' })],
    ['a method that is none', istio({ request: 'G@T /cart HTTP/2' })],
    ['a line without end', `${istio()}${' '.repeat(budgets.trafficLine.size)}`],
  ])('%s cannot be read', (_, line) => {
    expect(trafficLine(line)).toBe('unreadable')
  })
})

describe('a line of JSON', () => {
  const json = (value: object) => trafficLine(JSON.stringify(value))
  const logged = {
    start_time: 'x',
    method: 'GET',
    path: '/cart?id=1',
    authority: 'shop.example:443',
    upstream_cluster: 'outbound|1||a',
    requested_server_name: null,
  }

  it('by the names of Istio is a request', () => {
    expect(json(logged)).toEqual(cart)
    expect(json({ ...logged, requested_server_name: 'shop.example' })).toEqual({
      ...cart,
      sni: 'shop.example',
    })
  })

  it('of requests with counts has what is asked by name, too', () => {
    const more = { scheme: 'https', port: 443, gateway: 'ns/gw', mesh: 'prod', headers: { 'X-Beta': '1' } }

    expect(json({ method: 'GET', path: '/a', authority: 'a', count: 12, ...more })).toEqual({
      method: 'GET',
      path: '/a',
      authority: 'a',
      count: 12,
      ...more,
      headers: { 'x-beta': '1' },
    })
  })

  it.each([
    [{ ...logged, method: null, path: null, authority: null }, 'other'],
    [{ ...logged, upstream_cluster: 'inbound|8080||' }, 'other'],
    [{ ...logged, method: 5 }, 'unreadable'],
    [{ ...logged, count: 0 }, 'unreadable'],
    [{ ...logged, count: -3 }, 'unreadable'],
    [{ ...logged, count: 1.5 }, 'unreadable'],
    [{ ...logged, count: 1e300 }, 'unreadable'],
    [{ ...logged, count: '7' }, 'unreadable'],
    [{ ...logged, authority: {} }, 'unreadable'],
    [{ ...logged, headers: { a: 1 } }, 'unreadable'],
    [{ ...logged, port: '80' }, 'unreadable'],
    [{ upstream_cluster: 'outbound|3306||db', bytes_sent: 7 }, 'other'],
    [{}, 'unreadable'],
    [{ verb: 'GET', url: '/cart' }, 'unreadable'],
    [{ log: istio(), stream: 'stdout', time: 'x' }, 'unreadable'],
    [['GET', '/cart'], 'unreadable'],
  ])('%j is %s', (value, expected) => {
    expect(json(value)).toBe(expected)
  })

  it('that is none cannot be read', () => {
    expect(trafficLine('{"method":')).toBe('unreadable')
    expect(trafficLine('{} {}')).toBe('unreadable')
  })
})
