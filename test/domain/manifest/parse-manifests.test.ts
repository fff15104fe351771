import { describe, expect, test } from 'vitest'
import type { Manifests } from '../../../src/domain/manifest/manifests.ts'
import { identityOf } from '../../../src/domain/manifest/names.ts'
import { type ManifestReading, parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { positionOf, type SourceFile } from '../../../src/domain/source/source-file.ts'
import { said, sentence } from '../../support/said.ts'

const reading: ManifestReading = {
  version: { major: 1, minor: 30 },
  namespaceOf: () => undefined,
}

function parse(text: string, more: Partial<ManifestReading> = {}): Manifests {
  return parseManifests([{ path: 'a.yaml', text }], { ...reading, ...more })
}

function virtualService(name: string, extra = ''): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec:
  hosts: [${name}.example.com]
  http: [{ match: [{ uri: { prefix: /${name} } }], route: [{ destination: { host: ${name} } }] }]
${extra}`
}

function names(manifests: Manifests): readonly string[] {
  return [...manifests.virtualServices, ...manifests.gateways, ...manifests.unmodelled].map(identityOf)
}

function problems(manifests: Manifests): readonly string[] {
  return manifests.diagnostics.map((each) => `${each.severity}: ${said(each)}`)
}

describe('what counts', () => {
  test('objects of networking.istio.io count, in whatever version, and no others', () => {
    const other =
      'apiVersion: gateway.solo.io/v1\nkind: VirtualService\nmetadata: { name: x }\n# networking.istio.io\n'
    const patch = 'kind: VirtualService\nmetadata: { name: y }\nspec: networking.istio.io\n'
    const lookalike = 'apiVersion: networking.istio.io.evil/v1\nkind: VirtualService\nmetadata: { name: z }\n'
    const old = virtualService('old').replace('/v1', '/v1alpha3')

    const manifests = parse([virtualService('a'), other, patch, lookalike, old].join('---\n'))

    expect(names(manifests)).toEqual(['shop/a', 'shop/old'])
    expect(manifests.diagnostics).toEqual([])
    expect(manifests.unreadable).toEqual([])
  })

  test('an apiVersion that is spelled in another way counts all the same', () => {
    const escaped = virtualService('a').replace('networking.istio.io/v1', '"networking\\x2eistio.io/v1"')
    const folded = virtualService('b').replace('networking.istio.io/v1', '"networking.\\\n  istio.io/v1"')
    const binary = virtualService('c').replace(
      'networking.istio.io/v1',
      '!!binary bmV0d29ya2luZy5pc3Rpby5pby92MQ==',
    )

    expect(names(parse([escaped, folded, binary].join('---\n')))).toEqual(['shop/a', 'shop/b', 'shop/c'])
  })

  test('spelled in another way it also counts where it cannot be read', () => {
    const nested = `apiVersion: "networking\\x2eistio.io/v1"\nspec: ${'['.repeat(5_000)}${']'.repeat(5_000)}\n`
    const innocent = 'apiVersion: v1\nbinaryData: { a: "\\x41" \n'

    expect(parse(nested).unreadable).toHaveLength(1)
    expect(parse(innocent).unreadable).toEqual([])
  })

  test('whatever has items is a list, as it is to kubectl', () => {
    const item = virtualService('a').trim().replaceAll('\n', '\n    ')
    const kinds = ['kind: List\n', 'kind: ConfigMap\n', '']

    for (const kind of kinds)
      expect(names(parse(`apiVersion: v1\n${kind}items:\n  - ${item}\n`))).toEqual(['shop/a'])
  })

  test('an object of the mesh with stray items counts, and so do they', () => {
    const item = virtualService('b').trim().replaceAll('\n', '\n    ')

    expect(names(parse(virtualService('a', `items:\n  - ${item}\n`)))).toEqual(['shop/a', 'shop/b'])
  })

  test('what a document of another kind lists takes nothing from it', () => {
    const text =
      'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: { name: s }\nitems: [{ metadata: { name: a } }]\n'

    expect(names(parse(text))).toEqual(['?/s'])
  })

  test('lists of any kind are unwrapped, and their items take after them', () => {
    const item =
      '{ metadata: { name: b, namespace: shop }, spec: { hosts: [b.c], http: [{ delegate: {} }] } }'
    const text = `apiVersion: v1
kind: List
items:
  - apiVersion: networking.istio.io/v1
    kind: VirtualServiceList
    items: [${item}]
  - apiVersion: networking.istio.io/v1
    kind: Sidecar
    metadata: { name: c, namespace: shop }
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: d }
`
    const manifests = parse(text)

    expect(names(manifests)).toEqual(['shop/b', 'shop/c'])
    expect(manifests.virtualServices[0]?.kind).toBe('VirtualService')
    expect(manifests.unmodelled[0]?.body['kind']).toBe('Sidecar')
    expect(problems(manifests)).toEqual([])
  })

  test('JSON counts as YAML does', () => {
    const spec = { hosts: ['a.b'], http: [{ route: [{ destination: { host: 'a' } }] }] }
    const object = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'a' },
      spec,
    }

    const [read] = parse(JSON.stringify(object, null, 2)).virtualServices

    expect(JSON.parse(JSON.stringify(read?.spec))).toEqual(spec)
  })

  test('the namespace comes from the object, else from the path, else it is unknown', () => {
    const without = virtualService('b').replace(', namespace: shop', '')
    const text = `${virtualService('a')}---\n${without}`

    expect(
      names(parse(text, { namespaceOf: (path) => (path === 'a.yaml' ? 'from-path' : 'other') })),
    ).toEqual(['shop/a', 'from-path/b'])
    expect(names(parse(text))).toEqual(['shop/a', '?/b'])
  })

  test('objects come in the order of path and offset, whatever the order of the files', () => {
    const files: SourceFile[] = [
      { path: 'b.yaml', text: virtualService('b') },
      { path: 'a.yaml', text: `${virtualService('a2')}---\n${virtualService('a1')}` },
    ]

    expect(parseManifests(files, reading)).toEqual(parseManifests(files.toReversed(), reading))
    expect(names(parseManifests(files, reading))).toEqual(['shop/a2', 'shop/a1', 'shop/b'])
  })
})

describe('what cannot be read', () => {
  test('a broken document of the mesh is reported and listed, its siblings are read', () => {
    const manifests = parse(
      `${virtualService('a')}---\n${virtualService('b', 'oops: [\n')}---\n${virtualService('c')}`,
    )

    expect(names(manifests)).toEqual(['shop/a', 'shop/c'])
    expect(manifests.unreadable).toHaveLength(1)
    expect(manifests.unreadable[0]?.diagnostic).toBe(manifests.diagnostics[0])
    expect(manifests.unreadable[0]?.template).toBeUndefined()
    expect(said(manifests.diagnostics[0])).toMatch(/^YAML does not parse: /)
  })

  test('a broken document that does not name the group is nobody’s business here', () => {
    expect({ ...parse('a: [\n'), files: [] }).toEqual({ ...parse(''), files: [] })
  })

  test.each([
    ['control flow', `{{- if .Values.on }}\n${virtualService('a')}{{- end }}\n`],
    ['a value without quotes', virtualService('a').replace('name: a,', 'name: {{ .Values.name }},')],
  ])('a template is listed as one: %s', (_, text) => {
    const manifests = parse(text)

    expect(manifests.diagnostics).toEqual([])
    expect(manifests.unreadable).toMatchObject([
      { template: true, diagnostic: { severity: 'info', ...sentence('template, not analysed') } },
    ])
  })

  test('template marks in a document that parses are text', () => {
    const manifests = parse(`# {{ a comment }}\n${virtualService('a')}`)

    expect(names(manifests)).toEqual(['shop/a'])
    expect(manifests.unreadable).toEqual([])
  })

  test('template marks in a comment do not excuse a broken document', () => {
    const manifests = parse(`# {{ a comment }}\n${virtualService('a', 'oops: [\n')}`)

    expect(manifests.unreadable[0]?.template).toBeUndefined()
    expect(manifests.diagnostics).toHaveLength(1)
  })

  test('an object that cannot be decoded is left out and listed, with the first reason', () => {
    const manifests = parse(virtualService('a', '  exportTo: all\n'))

    expect(names(manifests)).toEqual([])
    expect(manifests.unreadable).toEqual([
      { path: 'a.yaml', diagnostic: manifests.diagnostics[0], object: true },
    ])
    expect(manifests.diagnostics[0]).toMatchObject({
      id: 'invalid-manifest',
      severity: 'error',
      resource: 'shop/a',
      admission: 'rejected',
      code: 'collection',
      values: ['exportTo', 'list', 'plain', 'all'],
    })
    expect(said(manifests.diagnostics[0])).toBe('`exportTo` takes a list, not `all`')
  })

  test('what the webhook refuses stays, and says that it is refused', () => {
    const manifests = parse(virtualService('a').replace('a.example.com', 'under_score'))

    expect(names(manifests)).toEqual(['shop/a'])
    expect(manifests.unreadable).toEqual([])
    expect(manifests.diagnostics[0]).toMatchObject({ admission: 'rejected', resource: 'shop/a' })
  })

  test('what the API server prunes is an error, but not refused', () => {
    const [pruned] = parse(virtualService('a', '  hots: [b]\n')).diagnostics

    expect(pruned?.severity).toBe('error')
    expect(pruned?.admission).toBeUndefined()
    expect(pruned?.range && positionOf(pruned.range)).toEqual({ file: 'a.yaml', line: 7, column: 3 })
  })
})

describe('limits', () => {
  test('a thousand documents are read, each with its place', () => {
    const text = Array.from({ length: 1000 }, (_, index) => virtualService(`vs-${index}`)).join('---\n')

    const { virtualServices, diagnostics } = parse(text)

    expect(virtualServices).toHaveLength(1000)
    expect(diagnostics).toEqual([])
  })

  test('a file over 5 MB is unreadable if it names the group, and nothing otherwise', () => {
    const filler = `# ${'x'.repeat(5 * 1024 * 1024)}\n`

    expect(parse(filler).unreadable).toEqual([])
    expect(parse(virtualService('a', filler)).unreadable).toMatchObject([
      { path: 'a.yaml', diagnostic: sentence('The file is over 5 MB and was not read') },
    ])
  })

  test('5 MB of other things around one object are passed over', () => {
    const data = Array.from({ length: 600 }, (_, key) => `  a${key}: b\n`).join('')
    const other = `---\napiVersion: v1\nkind: ConfigMap\ndata:\n${data}`
    const text = `${other.repeat(850)}---\n${virtualService('a')}`

    expect(names(parse(text))).toEqual(['shop/a'])
  })

  test('many hosts are compared without comparing each with each', () => {
    const hosts = Array.from({ length: 20_000 }, (_, index) => `h${index}.example.com`)
    const text = virtualService('a').replace('[a.example.com]', JSON.stringify([...hosts, 'h7.example.com']))

    expect(problems(parse(text))).toEqual([
      'error: `h7.example.com` and `h7.example.com` overlap within one VirtualService',
    ])
  })

  test('of thousands of problems in one object a hundred are told, and how many more there are', () => {
    const fields = Array.from({ length: 5000 }, (_, index) => `  unknown${index}: 1\n`).join('')

    const told = problems(parse(virtualService('a', fields)))

    expect(told).toHaveLength(100)
    expect(told.at(-1)).toBe('error: 4901 more problems from here on')
  })
})
