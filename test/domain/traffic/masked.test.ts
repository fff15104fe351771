import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskedHost, maskedPath } from '../../../src/domain/traffic/masked.ts'

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw'

describe('what is shown of a path', () => {
  it.each([
    ['/cart', '/cart'],
    ['/api/v1/products/12', '/api/v1/products/12'],
    ['/static/some-long-name-of-a-file.min.css', '/static/some-long-name-of-a-file.min.css'],
    ['/login?next=/cart&a', '/login?next=***&***'],
    ['/login?access_token=abc', '/login?access_token=***'],
    [`/a?${jwt}=1`, '/a?***=***'],
    [`/callback/${jwt}`, '/callback/***'],
    ['/reset/xyz', '/reset/***'],
    ['/reset//xyz', '/reset//***'],
    ['/reset%2Fxyz/items', '/***/items'],
    ['/a%2Freset/xyz/items', '/a%2Freset/***/items'],
    ['/shop%2Fcart//items', '/shop%2Fcart//items'],
    ['/api-key/abc/items', '/api-key/***/items'],
    ['/tokens/1/x', '/tokens/***/x'],
    ['/orders/6f9619ff-8b86-d011-b42d-00c04fc964ff', '/orders/***'],
    ['/f/d41d8cd98f00b204e9800998ecf8427e', '/f/***'],
    ['/s/aB3xK9fQ2mZ7pL', '/s/***'],
    ['/files/ghp_abcdef', '/files/***'],
    ['/x;jsessionid=1234/y', '/***/y'],
    ['/users/lina@shop.example', '/users/***'],
    ['/users/lina%40shop.example', '/users/***'],
    ['/x/%65%79J0eXAiOiJKV1QifQ', '/x/***'],
    ['/a#b=c', '/a?b=***'],
    ['/a?authorization=Basic+YTpi&cookie=x', '/a?authorization=***&cookie=***'],
  ])('%s is %s', (path, shown) => {
    expect(maskedPath(path)).toBe(shown)
  })

  it('no value of a query is, whatever it holds', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/=%_.~-]{6,40}$/), (value) => {
        expect(maskedPath(`/a?x=QQ${value}`)).toBe('/a?x=***')
      }),
    )
  })

  it('no long text of letters and digits is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{32,64}$/), (secret) => {
        expect(maskedPath(`/a/${secret}/b`)).toBe('/a/***/b')
      }),
    )
  })

  it('of a very long one the beginning is', () => {
    expect(maskedPath(`/${'a/'.repeat(5_000)}`).length).toBeLessThan(200)
  })
})

it.each([
  ['shop.example', 'shop.example'],
  ['lina:secret@shop.example', 'shop.example'],
  ['d41d8cd98f00b204e9800998ecf8427e.preview.example', '***.preview.example'],
  ['10.0.0.1', '10.0.0.1'],
])('of the host %s, %s is shown', (host, shown) => {
  expect(maskedHost(host)).toBe(shown)
})
