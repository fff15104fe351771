import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Request } from '../../../../src/domain/match/request.ts'
import { curlOf, requestText, shellQuoted } from '../../../../src/report/sentences/requests/curl.ts'

const request: Request = {
  method: 'GET',
  scheme: 'http',
  authority: 'shop.example',
  path: '/logs/today',
  headers: {},
}

/** What a POSIX shell makes of a line, word by word, with `curl` replaced by a printer. */
function words(line: string): readonly string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${line}`
  const output = execFileSync('/bin/sh', ['-c', script], {
    env: { GATEWAY: 'http://gateway' },
    encoding: 'utf8',
  })
  return output.split('\0').slice(0, -1)
}

describe('a request as a line to paste', () => {
  test('a plain request needs no host where any will do', () => {
    expect(curlOf(request, '*')).toBe('curl -i "$GATEWAY/logs/today"')
  })

  test('the host and the headers are arguments of their own', () => {
    const line = curlOf(
      { ...request, method: 'HEAD', headers: { 'x-beta': "it's", 'x-empty': '' } },
      'shop.example',
    )

    expect(line).toBe(
      `curl -I -H 'Host: shop.example' -H 'x-beta: it'\\''s' -H 'x-empty;' "$GATEWAY/logs/today"`,
    )
  })

  test('what a shell would read within double quotes stands apart in single ones', () => {
    for (const path of ['/$(id)', '/`id`', '/a"b', '/a\\b', '/!1']) {
      expect(curlOf({ ...request, path }, '*')).toBe(`curl -i "$GATEWAY"'${path}'`)
    }
  })

  test('over TLS the name is asked for by SNI, which a header would leave that of the gateway', () => {
    const secure: Request = { ...request, scheme: 'https', port: 443 }

    expect(curlOf(secure, 'shop.example')).toBe(
      `curl -i --connect-to "::$\{GATEWAY#*//}" 'https://shop.example/logs/today'`,
    )
    expect(words(curlOf({ ...secure, port: 8443, sni: 'other.example' }, 'shop.example') ?? '')).toEqual([
      ...['-i', '--connect-to', '::gateway', '-H', 'Host: shop.example'],
      'https://other.example:8443/logs/today',
    ])
    expect(curlOf(secure, '*')).toBe('curl -i "$GATEWAY/logs/today"')
    expect(curlOf({ ...secure, authority: 'shop.example/x@evil' }, 'shop.example')).toBeUndefined()
  })

  test('only GET and HEAD are offered', () => {
    for (const method of ['POST', 'DELETE', 'PATCH', 'TRACE', 'get']) {
      expect(curlOf({ ...request, method }, '*')).toBeUndefined()
    }
  })

  test('a path that would leave the gateway, or that curl would change in silence, is not offered', () => {
    for (const path of ['@evil.example/', '/a b', '/a\n/b', '/a#b', '/\u202e', '']) {
      expect(curlOf({ ...request, path }, '*')).toBeUndefined()
    }
    expect(curlOf({ ...request, path: '/a/../b' }, '*')).toContain('--path-as-is')
    expect(curlOf({ ...request, path: '/[1-9]' }, '*')).toContain('--globoff')
  })

  test('a header that curl would read from a file is not offered', () => {
    expect(curlOf({ ...request, headers: { '@/etc/passwd': '' } }, '*')).toBeUndefined()
  })

  test('the shell sees the words that were meant, and runs nothing else', () => {
    const attack = fc.constantFrom(
      "'",
      '"',
      '$(id)',
      '`id`',
      ';id',
      '&',
      '|',
      '\\',
      '$GATEWAY',
      '>',
      '*',
      '!',
      '{a,b}',
    )
    const value = fc
      .array(fc.oneof(attack, fc.string({ maxLength: 4 })), { maxLength: 4 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(value, value, (path, header) => {
        const line = curlOf({ ...request, path: `/${path}`, headers: { 'x-test': header } }, '*')
        fc.pre(line !== undefined)
        const seen = words(line ?? '')

        expect(seen.at(-1)).toBe(`http://gateway/${path}`)
        expect(seen).toContain(header === '' ? 'x-test;' : `x-test: ${header}`)
      }),
      { numRuns: 60 },
    )
  })

  test('quoting makes one word of anything', () => {
    expect(shellQuoted(`a'b"c`)).toBe(`'a'\\''b"c'`)
  })

  test('any other request is printed as text', () => {
    expect(
      requestText({ ...request, method: 'POST', port: 443, headers: { 'x-beta': '1' } }, 'shop.example'),
    ).toBe('POST http://shop.example:443/logs/today with header x-beta: 1')
    expect(requestText({ ...request, scheme: 'https', sni: 'other.example' }, 'shop.example')).toBe(
      'GET https://shop.example/logs/today with SNI other.example',
    )
  })
})
