import { describe, expect, it } from 'vitest'
import type { Gateway, Server } from '../../../../src/domain/manifest/gateway.ts'
import { withoutConflicts } from '../../../../src/domain/routing/listeners/port-protocols.ts'
import { changeLine, changesBetween, type MeshSide } from '../../../support/compared-sides.ts'
import { gatewayService, httpRoute, kubernetesGateway, meshOfFiles } from '../../../support/gateway-api.ts'
import { gateway, virtualService } from '../../../support/meshes.ts'
import { exact, to } from '../../../support/worked-mesh.ts'

const server = (protocol: string, more: Partial<Server> = {}): Server => ({
  port: { number: 80, name: protocol.toLowerCase(), protocol },
  hosts: ['*'],
  ...(protocol === 'HTTPS' && { tls: { mode: 'SIMPLE', credentialName: 'one' } }),
  ...more,
})
const at = (name: string, ...servers: readonly Server[]) =>
  gateway(`n/${name}`, { selector: { app: 'gw' }, servers: [...servers] })
const born = (created: string, each: Gateway): Gateway => ({
  ...each,
  inCluster: { created: `2026-0${created}-01T00:00:00Z`, snapshot: 'cluster.yaml' },
})

describe('the servers of one port, the oldest first', () => {
  it.each<[string, readonly Server[], readonly number[]]>([
    ['all of HTTP', [server('HTTP'), server('HTTP2'), server('GRPC')], [0, 1, 2]],
    ['TCP before HTTP', [server('TCP'), server('HTTP')], [0]],
    ['HTTP before TCP', [server('HTTP'), server('TCP'), server('HTTP')], [0, 2]],
    ['HTTP before HTTPS', [server('HTTP'), server('HTTPS')], [0]],
    ['HTTPS before HTTP', [server('HTTPS'), server('HTTP')], [0, 1]],
    ['HTTPS before HTTP and HTTPS', [server('HTTPS'), server('HTTP'), server('HTTPS')], [0, 1]],
    ['HTTPS before TCP and HTTP', [server('HTTPS'), server('TCP'), server('HTTP')], [0, 1]],
    [
      'a plain server that redirects',
      [server('HTTP', { tls: { httpsRedirect: true } }), server('HTTP')],
      [0, 1],
    ],
    ['another address', [server('TCP'), server('HTTP', { bind: '10.0.0.1' })], [0, 1]],
    [
      'another address, and then the first again',
      [server('TCP'), server('HTTP', { bind: '10.0.0.1' }), server('HTTP')],
      [0, 1, 2],
    ],
  ])('%s', (_, servers, kept) => {
    const own = servers.map((each, number) => ({ gateway: at(`g${number}`, each), server: each, number }))

    expect(withoutConflicts(own).map(({ number }) => number)).toEqual(kept)
  })
})

const shop = virtualService('n/shop', {
  hosts: ['shop.example'],
  gateways: ['n/web'],
  http: [to('shop', exact('/a'))],
})
const web = born('2', at('web', server('HTTP')))
const lines = (base: MeshSide, merged: MeshSide) =>
  changesBetween(base, merged).map((each) => `${changeLine(each)}${each.certain ? '' : ' perhaps'}`)
const lost = 'n/web shop.example:80 /a: shop -> nobody'

describe('an older Gateway with another protocol on the port', () => {
  it('takes the port, and all requests with it', () => {
    expect(lines([[shop], [web]], [[shop], [web, born('1', at('db', server('TCP')))]])).toEqual([lost])
  })

  it('gives it back when it goes', () => {
    expect(lines([[shop], [web, born('1', at('db', server('TCP')))]], [[shop], [web]])).toEqual([
      'n/web shop.example:80 /a: nobody -> shop',
    ])
  })

  it('takes perhaps, where nobody knows here which is older', () => {
    const open = at('web', server('HTTP'))
    const changes = changesBetween([[shop], [open]], [[shop], [open, at('db', server('TCP'))]])

    expect(changes.map(({ certain, doubts }) => [certain, doubts.map(({ cause }) => cause.code)])).toEqual([
      [false, ['protocol-order']],
    ])
  })

  it('takes perhaps, where two of HTTP by name surround it', () => {
    const [first, last] = [at('a', server('HTTP')), at('web', server('HTTP'))]

    expect(lines([[shop], [first, last]], [[shop], [first, last, at('db', server('TCP'))]])).toEqual(
      expect.arrayContaining([`${lost} perhaps`]),
    )
  })

  it('of HTTP drops one for HTTPS', () => {
    const secured = born('2', at('web', server('HTTPS')))
    const older = born('1', at('old', server('HTTP')))

    expect(lines([[shop], [secured]], [[shop], [secured, older]])).toEqual([lost])
    expect(lines([[shop], [secured]], [[shop], [secured, born('3', at('new', server('HTTP')))]])).toEqual([])
  })

  it.each([
    ['a younger one', born('3', at('db', server('TCP')))],
    [
      'one on another port',
      born('1', at('db', server('TCP', { port: { number: 81, name: 't', protocol: 'TCP' } }))),
    ],
    ['one of HTTP', born('1', at('db', server('HTTP')))],
    [
      'one on other pods',
      { ...born('1', at('db', server('TCP'))), spec: { selector: { app: 'db' }, servers: [server('TCP')] } },
    ],
    ['one on another address', born('1', at('db', server('TCP', { bind: '10.0.0.1' })))],
  ])('is not %s', (_, other) => {
    expect(lines([[shop], [web]], [[shop], [web, other]])).toEqual([])
  })
})

it('an older TCP listener of a Kubernetes Gateway drops those for HTTP, a younger one nothing', () => {
  const route = { 's.yaml': gatewayService, 'r.yaml': httpRoute('login/login') }
  const serving = (names: readonly [string, string]) => {
    const files = {
      'k.yaml': kubernetesGateway(names[0]),
      't.yaml': kubernetesGateway(names[1], 'name: tcp, port: 80, protocol: TCP'),
    }
    const parents = `[{ name: ${names[0]}, namespace: istio-system }]`
    return meshOfFiles({ ...route, ...files, 'r.yaml': httpRoute('login/login', { parents }) }).tables.length
  }

  expect(serving(['a', 'b'])).toBe(1)
  expect(serving(['b', 'a'])).toBe(0)
})
