import { describe, expect, test } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { createExplainer } from '../../../../src/domain/routing/explain/explain-request.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { skippedWords } from '../../../../src/domain/terms/dropped-words.ts'
import { plainOf } from '../../../../src/domain/words/phrase.ts'

interface Entry {
  readonly host?: string
  readonly match?: object
}

const gateway =
  'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: gw, namespace: ns1}\nspec: {selector: {a: b}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}\n'

const virtualService = (name: string, { host = 'shop.example', match }: Entry) =>
  JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'ns1' },
    spec: {
      hosts: [host],
      gateways: ['gw'],
      http: [{ ...(match && { match: [match] }), route: [{ destination: { host: name } }] }],
    },
  })

function explain(entries: Readonly<Record<string, Entry>>, path = '/cart', authority = 'shop.example') {
  const files = Object.entries(entries).map(([name, entry]) => ({
    path: `${name}.yaml`,
    text: virtualService(name, entry),
  }))
  const manifests = parseManifests([{ path: 'gw.yaml', text: gateway }, ...files], {
    namespaceOf: () => undefined,
    version: { major: 1, minor: 24 },
  })
  const { merged } = compare(manifests, manifests, {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
  const asked = { method: 'GET', scheme: 'https', authority, path, headers: {}, gateway: 'ns1/gw' }
  const [answer] = createExplainer(merged.meshes, defaultIstioSettings).explain(asked)
  return {
    outcome: answer?.outcome,
    possible: (answer?.possible ?? (answer?.route ? [answer.route] : [])).map((each) =>
      each === 'no-route' ? each : each.outcome.supplier,
    ),
    skipped: answer?.skipped.map((each) => plainOf(skippedWords(each))).join('; '),
  }
}

describe('what another tool fills in', () => {
  test.each<[string, Readonly<Record<string, Entry>>, string[]]>([
    ['a host is not known', { a: { host: `$\{HOST}` } }, ['no-route', 'ns1/a']],
    [
      'it may take another`s requests',
      { a: { host: `$\{HOST}` }, b: { host: 'shop.example' } },
      ['ns1/b', 'ns1/a'],
    ],
    ['or those of a wildcard', { a: { host: `$\{HOST}` }, b: { host: '*' } }, ['ns1/b', 'ns1/a']],
    ['a part of it is known', { a: { host: `shop.$\{DOMAIN}` } }, ['no-route', 'ns1/a']],
    ['a wildcard over it is not', { a: { host: `*.$\{DOMAIN}` } }, ['no-route', 'ns1/a']],
    ['template marks', { a: { host: '{{ .Values.host }}' } }, ['no-route', 'ns1/a']],
    ['a path', { a: { match: { uri: { exact: `$\{P}` } } } }, ['no-route', 'ns1/a']],
    ['the rest of a prefix', { a: { match: { uri: { prefix: `/ca$\{P}` } } } }, ['no-route', 'ns1/a']],
    ['an expression', { a: { match: { uri: { regex: `/$\{P}` } } } }, ['no-route', 'ns1/a']],
    ['a header', { a: { match: { headers: { x: { exact: `$\{P}` } } } } }, ['no-route', 'ns1/a']],
    ['a method', { a: { match: { method: { exact: `$\{P}` } } } }, ['no-route', 'ns1/a']],
    ['an authority', { a: { match: { authority: { exact: `$\{P}` } } } }, ['no-route', 'ns1/a']],
  ])('%s', (_, entries, possible) => {
    const answer = explain(entries)

    expect(answer).toMatchObject({ outcome: 'contested', possible })
    expect(answer.skipped).toMatch(/another tool/)
  })

  test.each<[string, Readonly<Record<string, Entry>>, string, string[]]>([
    ['no placeholder', { a: {} }, 'route', ['ns1/a']],
    ['a default', { a: { host: `$\{HOST:=shop.example}` } }, 'route', ['ns1/a']],
    ['a part that cannot be', { a: { host: `pay.$\{DOMAIN}` }, b: {} }, 'route', ['ns1/b']],
    ['a longer name', { a: { host: `x$\{DOMAIN}shop.example` }, b: {} }, 'route', ['ns1/b']],
    ['a wildcard that cannot be', { a: { host: `*.$\{DOMAIN}.org` }, b: {} }, 'route', ['ns1/b']],
    ['another host', { a: { host: 'pay.example' } }, 'no-host', []],
    ['a prefix that cannot be', { a: { match: { uri: { prefix: `/x$\{P}` } } } }, 'no-route', []],
    ['an exact path that cannot be', { a: { match: { uri: { exact: `/x$\{P}` } } } }, 'no-route', []],
    [
      'a condition besides that is known',
      { a: { match: { uri: { exact: `$\{P}` }, method: { exact: 'POST' } } } },
      'no-route',
      [],
    ],
    [
      'behind the one that answers',
      { a: {}, b: { match: { uri: { exact: '/other' } } } },
      'route',
      ['ns1/a'],
    ],
  ])('and what it cannot be: %s', (_, entries, outcome, possible) => {
    expect(explain(entries)).toMatchObject({ outcome, possible })
  })
})
