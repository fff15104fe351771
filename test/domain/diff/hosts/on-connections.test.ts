import { describe, expect, it } from 'vitest'
import { namesAskedOn } from '../../../../src/domain/diff/hosts/on-connections.ts'
import { contains } from '../../../../src/domain/language/string-set.ts'
import type { Server } from '../../../../src/domain/manifest/gateway.ts'
import { describeRequests } from '../../../../src/domain/match/describe-request-set.ts'
import { changeLine, changesBetween, type MeshSide } from '../../../support/compared-sides.ts'
import { gateway, virtualService } from '../../../support/meshes.ts'
import { exact, to } from '../../../support/worked-mesh.ts'

const at = (name: string, host: string, more: Partial<Server> = {}) =>
  gateway(`n/${name}`, {
    selector: { app: 'gw' },
    servers: [
      {
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        hosts: [host],
        tls: { mode: 'SIMPLE', credentialName: 'one' },
        ...more,
      },
    ],
  })
const shop = (http: readonly ReturnType<typeof to>[], ...gateways: readonly string[]) =>
  virtualService('n/shop', { hosts: ['shop.example'], gateways: [...gateways], http: [...http] })

const gateways = [at('own', 'shop.example'), at('wide', '*.example')]

const told = (base: MeshSide, merged: MeshSide) =>
  changesBetween(base, merged).map((change) => ({
    line: changeLine(change),
    sni: change.connections?.names,
    alsoOn: change.alsoOn?.map(({ names, requests }) => [names, describeRequests(requests)]),
  }))

describe('what differs on connections of other names', () => {
  it('is told with what differs alike by the name of the host', () => {
    const before = shop([to('shop', exact('/a'))], 'n/own', 'n/wide')
    const after = shop([to('other', exact('/a'))], 'n/own', 'n/wide')

    expect(told([[before], gateways], [[after], gateways])).toEqual([
      {
        line: 'n/own shop.example:443 /a: shop -> other',
        sni: undefined,
        alsoOn: [[['*.example'], '/a']],
      },
    ])
  })

  it('is told apart where it ends otherwise, or nothing differs by the name of the host', () => {
    const before = shop([to('shop', exact('/a'))], 'n/own', 'n/wide')
    const after = shop([to('shop', exact('/a'))], 'n/own')

    expect(told([[before], gateways], [[after], gateways])).toEqual([
      { line: 'n/wide shop.example:443 /a: shop -> nobody', sni: ['*.example'], alsoOn: undefined },
    ])
  })

  it('is told apart for a port on which the host has other servers', () => {
    const port = { number: 8443, name: 'other', protocol: 'HTTPS' }
    const [own, wide] = [at('own', 'shop.example'), at('wide', '*.example', { port })]
    const before = shop([to('shop', exact('/a'))], 'n/own', 'n/wide')
    const after = shop([to('other', exact('/a'))], 'n/own', 'n/wide')
    const beside = at('beside', 'blog.example', { port })

    expect(told([[before], [own, wide, beside]], [[after], [own, wide, beside]])).toEqual([
      { line: 'n/own shop.example:443 /a: shop -> other', sni: undefined, alsoOn: undefined },
      { line: 'n/wide shop.example:8443 /a: shop -> other', sni: undefined, alsoOn: undefined },
    ])
  })
})

it('the names that TLS is asked for are those that no more special name takes', () => {
  const among = ['*.example', 'blog.example', 'shop.example', '*.a.example']
  const { values, written } = namesAskedOn({ names: ['*.example'], among })

  expect(contains(values, 'www.example')).toBe(true)
  expect(
    ['shop.example', 'blog.example', 'x.a.example', 'www.test'].some((name) => contains(values, name)),
  ).toBe(false)
  expect(written).toEqual(['*.example'])
  expect(namesAskedOn({ names: ['*.example', 'blog.example'], among }).written).toEqual(['blog.example'])
})
