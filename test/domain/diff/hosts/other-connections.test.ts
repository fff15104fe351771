import { describe, expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import type { RouteChange } from '../../../../src/domain/diff/route-change.ts'
import type { Server } from '../../../../src/domain/manifest/gateway.ts'
import { parseCodeowners } from '../../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { changeLine, type MeshSide } from '../../../support/compared-sides.ts'
import { gateway, manifests, virtualService } from '../../../support/meshes.ts'
import { exact, to } from '../../../support/worked-mesh.ts'

const tls = (hosts: readonly string[], more: Partial<Server> = {}): Server => ({
  port: { number: 443, name: `https-${hosts.join('-')}`, protocol: 'HTTPS' },
  hosts: [...hosts],
  tls: { mode: 'SIMPLE', credentialName: 'one' },
  ...more,
})
const withCertificate = (credentialName: string): Partial<Server> => ({
  tls: { mode: 'SIMPLE', credentialName },
})
const at = (name: string, ...servers: readonly Server[]) =>
  gateway(`n/${name}`, { selector: { app: 'gw' }, servers: [...servers] })
const on = (host: string, answer: string, ...gateways: readonly string[]) =>
  virtualService(`n/${answer}`, {
    hosts: [host],
    gateways: gateways.map((each) => `n/${each}`),
    http: [to(answer, exact('/a'))],
  })

const ownership = createOwnership(
  parseCodeowners({ path: 'CODEOWNERS', text: '*shop* @o/shop\n*mine* @o/mine\n' }),
)

function compared([before, gates]: MeshSide, [after, laterGates]: MeshSide) {
  const { changes, onCertificatesApart } = compare(manifests(before, gates), manifests(after, laterGates), {
    settings: defaultIstioSettings,
    complete: true,
    ownership,
    meshOf: () => 'default',
  })
  return { changes: changes.map(told), apart: onCertificatesApart.map(told) }
}

function told(change: RouteChange): string {
  const { witness, touched, certain } = change
  const sni = witness?.sni === undefined ? '' : `, with SNI ${witness.sni}`
  const asked = touched.map(({ key }) => key.replace(/^.*\//, '')).join(' and ')
  return `${changeLine(change)}${sni}${certain ? '' : ' perhaps'}${asked === '' ? '' : `, asks ${asked}`}`
}

const wide = at('wide', tls(['*.example']))
const own = at('own', tls(['shop.example']))
const shop = on('shop.example', 'shop', 'wide')
const mine = on('shop.example', 'mine', 'narrow')

describe('a host on a connection that was opened for another name', () => {
  it('is lost, which is told, where a Gateway with the same certificate takes that name', () => {
    const narrow = at('narrow', tls(['blog.example']))

    expect(compared([[shop], [wide]], [[shop], [wide, narrow]])).toEqual({
      changes: ['n/wide shop.example:443 /a: shop -> nobody, with SNI blog.example'],
      apart: [],
    })
  })

  it('is taken not to be asked for there where that has a certificate of its own', () => {
    const narrow = at('narrow', tls(['blog.example'], withCertificate('two')))

    expect(compared([[shop], [wide]], [[shop], [wide, narrow]])).toEqual({
      changes: [],
      apart: ['n/wide shop.example:443 /a: shop -> nobody, with SNI blog.example'],
    })
  })

  it('changes hands where another server takes the name, and both are asked', () => {
    const all = at('wide', tls(['*']))
    const narrow = at('narrow', tls(['*.example'], withCertificate('two')))
    const byName = on('shop.example', 'shop', 'own', 'wide')

    expect(
      compared(
        [
          [byName, mine],
          [all, own],
        ],
        [
          [byName, mine],
          [all, own, narrow],
        ],
      ),
    ).toEqual({
      changes: ['n/wide shop.example:443 /a: shop -> mine, with SNI www.example, asks mine and shop'],
      apart: [],
    })
  })

  it('asks whoever answers it by its own name where others begin to answer it', () => {
    const byName = on('shop.example', 'shop', 'own')
    const narrow = at('narrow', tls(['*.example']))

    expect(
      compared(
        [
          [byName, mine],
          [own, at('narrow', tls(['other.test']))],
        ],
        [
          [byName, mine],
          [own, narrow],
        ],
      ),
    ).toEqual({
      changes: ['n/narrow shop.example:443 /a: nobody -> mine, with SNI www.example, asks mine and shop'],
      apart: [],
    })
  })

  it('is told of once where the same changes by its own name', () => {
    const byBoth = on('shop.example', 'shop', 'own', 'wide')
    const changed = virtualService('n/shop', { ...byBoth.spec, http: [to('other', exact('/a'))] })

    expect(compared([[byBoth], [own, wide]], [[changed], [own, wide]])).toEqual({
      changes: ['n/own shop.example:443 /a: shop -> other, asks shop'],
      apart: [],
    })
  })

  it('is told of apart where it changes for more requests than by its own name', () => {
    const before = [on('shop.example', 'shop', 'own'), on('shop.example', 'mine', 'wide')]
    const after = [on('shop.example', 'shop', 'own')]

    expect(compared([before, [own, wide]], [after, [own, wide]])).toEqual({
      changes: ['n/wide shop.example:443 /a: mine -> nobody, with SNI www.example'],
      apart: [],
    })
  })

  it.each([
    ['a name that nobody takes any more is refused', [shop], [wide], [at('wide', tls(['shop.example']))]],
    [
      'another address has listeners of its own',
      [shop],
      [wide],
      [wide, at('narrow', tls(['blog.example'], { bind: '10.0.0.1' }))],
    ],
    [
      'another port has listeners of its own',
      [shop],
      [wide],
      [
        wide,
        at(
          'narrow',
          tls(['blog.example'], { port: { number: 8443, name: 'https-blog', protocol: 'HTTPS' } }),
        ),
      ],
    ],
    [
      'a name outside of what the broader one takes picks nothing else',
      [shop],
      [wide],
      [wide, at('narrow', tls(['blog.test']))],
    ],
  ])('is left alone: %s', (_, virtualServices, before, after) => {
    expect(compared([virtualServices, before], [virtualServices, after])).toEqual({ changes: [], apart: [] })
  })
})
