import { describe, expect, it } from 'vitest'
import { readClusterSnapshot } from '../../../src/domain/manifest/cluster-snapshot.ts'
import { identityOf } from '../../../src/domain/manifest/names.ts'
import { said } from '../../support/said.ts'

const version = { major: 1, minor: 30 }

function read(text: string) {
  const { virtualServices, gateways, diagnostics } = readClusterSnapshot({ path: 'c.yaml', text }, version)
  return {
    names: [...virtualServices, ...gateways].map((each) => `${each.kind} ${identityOf(each)}`),
    ages: [...virtualServices, ...gateways].map(({ inCluster }) => inCluster?.created ?? '?'),
    mistakes: diagnostics.map((each) => `${each.severity} ${each.code}: ${said(each)}`),
  }
}

const item = (
  metadata: string,
  kind = 'VirtualService',
  spec = '{ hosts: [a.example], http: [{ route: [{ destination: { host: a } }] }] }',
) => `- { apiVersion: networking.istio.io/v1, kind: ${kind}, metadata: { ${metadata} }, spec: ${spec} }\n`

const list = (...items: readonly string[]) => `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`

describe('a snapshot of a cluster', () => {
  it('holds VirtualServices and Gateways with their ages', () => {
    const found = read(
      list(
        item('name: a, namespace: ns, creationTimestamp: "2024-05-06T07:08:09Z"'),
        item(
          'name: g, namespace: ns, creationTimestamp: "2023-05-06T07:08:09Z"',
          'Gateway',
          '{ servers: [] }',
        ),
      ),
    )

    expect(found).toEqual({
      names: ['VirtualService ns/a', 'Gateway ns/g'],
      ages: ['2024-05-06T07:08:09Z', '2023-05-06T07:08:09Z'],
      mistakes: [],
    })
  })

  it('is read as JSON, too', () => {
    const text = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata: { name: 'a', namespace: 'ns', creationTimestamp: '2024-05-06T07:08:09Z' },
          spec: { hosts: ['a.example'], http: [] },
        },
      ],
    })

    expect(read(text).names).toEqual(['VirtualService ns/a'])
  })

  it.each([
    ['an object', 'kind: ConfigMap\nitems: []\n'],
    ['a list without items', 'kind: List\n'],
    ['a list of texts', '[a]\n'],
    ['several lists', `${list(item('name: a, namespace: ns'))}---\n${list(item('name: b, namespace: ns'))}`],
    ['nothing', ''],
    ['a text', 'No resources found\n'],
  ])('%s is none', (_, text) => {
    const { names, mistakes } = read(text)

    expect(names).toEqual([])
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toMatch(/^error snapshot-not-a-list: /)
  })

  it.each(['a: [', 'a: b: c', '\t- x'])('%j is told as what is wrong with it', (text) => {
    const { names, mistakes } = read(text)

    expect(names).toEqual([])
    expect(mistakes.join()).toMatch(/^error (?!snapshot)/)
  })

  it('neither of two of one name is looked at', () => {
    const twice = item('name: a, namespace: ns, creationTimestamp: "2024-05-06T07:08:09Z"')

    expect(read(list(twice, twice, twice.replace('name: a', 'name: b')))).toMatchObject({
      names: ['VirtualService ns/b'],
      mistakes: [
        'error snapshot-twice: `c.yaml` holds `VirtualService ns/a` twice; neither of them is looked at',
      ],
    })
  })

  it.each([
    ['another kind', item('name: a, namespace: ns', 'Sidecar', '{}'), 'snapshot-other-kinds'],
    [
      'another group',
      item('name: a, namespace: ns').replace('networking.istio.io/v1', 'x.example/v1'),
      'snapshot-other-kinds',
    ],
    ['no namespace', item('name: a'), 'snapshot-name'],
    ['markup in its name', item('name: "<b>`@x`", namespace: ns'), 'snapshot-name'],
    ['a placeholder', item(`name: "${'$'}{X}", namespace: ns`), 'snapshot-name'],
    ['a slash', item('name: a/b, namespace: ns'), 'snapshot-name'],
    ['no spec that is one', item('name: a, namespace: ns', 'VirtualService', '[1]'), 'snapshot-unreadable'],
  ])('an object with %s is passed over', (_, text, code) => {
    const { names, mistakes } = read(list(text))

    expect(names).toEqual([])
    expect(mistakes.map((each) => each.split(':')[0])).toEqual([`warning ${code}`])
  })

  it.each([
    '',
    ', creationTimestamp: null',
    ', creationTimestamp: yesterday',
    ', creationTimestamp: "2024-05-06T07:08:09+02:00"',
  ])('an age that is written so is not known: %j', (age) => {
    const { ages, mistakes } = read(list(item(`name: a, namespace: ns${age}`)))

    expect(ages).toEqual(['?'])
    expect(mistakes).toEqual(['warning snapshot-age: `c.yaml` does not say when `ns/a` was made'])
  })

  it('many mistakes of one kind are one, counted', () => {
    const items = Array.from({ length: 500 }, (_, at) => item(`name: a${at}`))

    expect(read(list(...items)).mistakes).toEqual([
      'warning snapshot-name: `c.yaml` holds 500 objects under names that no cluster has, such as `?/a0`; they are passed over',
    ])
  })
})
