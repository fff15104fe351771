import { describe, expect, it } from 'vitest'
import { plainTies } from '../../../../src/domain/manifest/plain/plain-virtual-services.ts'

function tiesOf(spec: string, metadata = '  name: login\n  namespace: shop\n') {
  const text = `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n${metadata}spec:\n${spec}`
  return plainTies({ path: 'a.yaml', text })
}

const http =
  '  http:\n  - match:\n    - uri:\n        prefix: /a\n    route:\n    - destination:\n        host: a\n'

describe('the ties of a plain file', () => {
  it('are its name, its hosts and those to which it delegates', () => {
    const spec =
      '  hosts:\n  - "*.example"\n  - a\n  http:\n  - delegate:\n      name: first\n  - delegate:\n      namespace: team\n      name: second\n'

    expect(tiesOf(spec)).toEqual({
      name: 'login',
      namespace: 'shop',
      hosts: ['*.example', 'a'],
      delegates: [{ name: 'first' }, { name: 'second', namespace: 'team' }],
    })
  })

  it.each([
    ['comments and empty lines', `${http}  # the end\n\n`],
    [
      'numbers, booleans and durations',
      `${http}    timeout: 1s\n    corsPolicy:\n      allowCredentials: true\n`,
    ],
    ['a regex in quotes', http.replace('prefix: /a', 'regex: "/a/[0-9]+$"')],
    ['a regex with escapes', http.replace('prefix: /a', "regex: '/a/\\d+\\.html'")],
    ['lists that are indented', http.replaceAll(/^( *)- /gm, '$1- ')],
  ])('are said where there is nothing but %s', (_, spec) => {
    expect(tiesOf(spec)).toMatchObject({ name: 'login', hosts: [] })
  })

  it.each([
    ['a field that nobody knows', `${http}    unknown: x\n`],
    ['a text where a number belongs', `${http}    retries:\n      attempts: many\n`],
    ['a number where a text belongs', http.replace('/a', '5')],
    ['a word that is a boolean', http.replace('/a', 'yes')],
    ['an anchor', http.replace('/a', '&a /a')],
    ['a flow mapping', '  http:\n  - route: [{ destination: { host: a } }]\n'],
    ['a folded text', http.replace('/a', '>-')],
    ['an escape', http.replace('/a', '"\\x2fa"')],
    ['a second document', `${http}---\n`],
    ['a field twice', `${http}  http: []\n`],
    ['two members of a oneof', http.replace('prefix: /a', 'prefix: /a\n        exact: /a')],
    ['a placeholder', http.replace('host: a', 'host: "@SERVICE@"')],
    [
      'headers that Envoy may refuse',
      `${http}    headers:\n      request:\n        add:\n          x: "%X%"\n`,
    ],
    ['an escape that Envoy may refuse', http.replace('prefix: /a', "regex: '/\\x{100}'")],
    ['a count that may be too large for Envoy', http.replace('prefix: /a', 'regex: "(a{900}){40}"')],
    [
      'a rewrite by a regex',
      `${http}    rewrite:\n      uriRegexRewrite:\n        match: "(a{900}){40}"\n        rewrite: /\n`,
    ],
    ['weights that no sum holds', `${http}      weight: 101\n`],
  ])('are not said of %s', (_, spec) => {
    expect(tiesOf(spec)).toBeUndefined()
  })

  it('are not said without a namespace', () => {
    expect(tiesOf(http, '  name: login\n')).toBeUndefined()
  })
})
