import { describe, expect, it } from 'vitest'
import {
  groupsOf,
  isSameGroup,
  othersAmong,
  type Picked,
} from '../../../../src/domain/diff/hosts/connection-groups.ts'
import type { TlsServer } from '../../../../src/domain/routing/listeners/tls-listeners.ts'
import { gateway } from '../../../support/meshes.ts'

function server(name: string, host: string, credentialName = 'one'): TlsServer {
  const written = {
    port: { number: 443, name: 'https', protocol: 'HTTPS' },
    hosts: [host],
    tls: { mode: 'SIMPLE', credentialName },
  }
  const of = gateway(`n/${name}`, { selector: { app: 'gw' }, servers: [written] })
  return { gateway: of, server: written, port: 443 }
}

const wide = server('wide', '*.example')
const [blog, cart] = [server('blog', 'blog.example'), server('cart', 'cart.example')]
const other = server('other', 'other.example', 'two')
const narrow = new Map([blog, cart, other].map((each) => [each.server.hosts?.[0] ?? '', each]))

/** Some names got servers of their own, and one is refused by now. */
const pick = (name: string): Picked => ({
  before: wide,
  after: name === 'gone.example' ? undefined : (narrow.get(name) ?? wide),
})
const names = ['*.example', 'www.example', 'blog.example', 'cart.example', 'other.example', 'gone.example']
const groups = groupsOf(names, pick)

describe('names that pick the same servers', () => {
  it('are one group, and those that TLS refuses after the merge are none', () => {
    expect(groups.map((each) => [each.gateways, each.names])).toEqual([
      [['n/wide'], ['*.example', 'www.example']],
      [['n/blog'], ['blog.example']],
      [['n/cart'], ['cart.example']],
      [['n/other'], ['other.example']],
    ])
    expect(groups.map((each) => isSameGroup(each, pick('blog.example')))).toEqual([false, true, false, false])
  })
})

describe('the groups for a host', () => {
  const changed = groups.filter(({ after }) => after !== wide)
  const others = othersAmong(changed, () => [])
  const told = (host: string) =>
    others(host, pick(host)).map((each) => [each.names, each.gateways, each.areReused])

  it('that have nothing for it stand together, by whether their certificate is its own', () => {
    expect(told('shop.example')).toEqual([
      [['blog.example', 'cart.example'], ['n/blog', 'n/cart'], true],
      [['other.example'], ['n/other'], false],
    ])
    expect(others('shop.example', pick('shop.example'))[0]).toBe(others('x.example', pick('x.example'))[0])
  })

  it('that name it or have tables for it stand alone', () => {
    const answering = othersAmong(changed, (each) => (each === other ? ['shop.example'] : []))

    expect(
      answering('shop.example', pick('shop.example')).map((each) => [each.names, each.areReused]),
    ).toEqual([
      [['other.example'], false],
      [['blog.example', 'cart.example'], true],
    ])
    expect(told('cart.example')).toEqual([
      [['blog.example'], ['n/blog'], true],
      [['other.example'], ['n/other'], false],
    ])
    expect(told('blog.example')).toEqual([
      [['cart.example'], ['n/cart'], true],
      [['other.example'], ['n/other'], false],
    ])
    expect(others('blog.example', pick('blog.example')).map(({ after }) => after)).toEqual([cart, other])
  })

  it('are good for it whose names cover it, whatever their certificate', () => {
    const broad = server('broad', '*.shop.example', 'three')
    const [group] = groupsOf(['*.shop.example'], () => ({ before: wide, after: broad }))

    expect(
      group &&
        othersAmong([group], () => [])('a.shop.example', { before: wide, after: wide }).map(
          ({ areReused }) => areReused,
        ),
    ).toEqual([true])
  })
})
