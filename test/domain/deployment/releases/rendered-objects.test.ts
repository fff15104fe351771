import { describe, expect, test } from 'vitest'
import { foldersOf } from '../../../../src/domain/deployment/folders.ts'
import type { Release } from '../../../../src/domain/deployment/releases/release.ts'
import { renderedObjects } from '../../../../src/domain/deployment/releases/rendered-objects.ts'
import { jsonOf } from '../../../../src/domain/manifest/yaml-json.ts'

const files = [
  { path: 'charts/web/Chart.yaml', text: 'name: shop\n' },
  { path: 'charts/web/templates/a.yaml', text: '' },
  { path: 'charts/web/charts/sub/templates/b.yaml', text: '' },
  { path: 'common/templates/c.yaml', text: '' },
]
const release: Release = {
  key: 'Chart charts/web',
  by: [],
  chart: 'charts/web',
  name: 'web',
  values: [],
  set: [],
  overlays: [],
  drawn: new Map([['common', 'common']]),
  rest: '',
}
const object = (name: string, more = '') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}${more} }\n`

/** What is delivered, as `path: namespace/name`. */
function delivered(text: string, more: Partial<Release> = {}): readonly string[] | undefined {
  return renderedObjects(text, { ...release, ...more }, foldersOf(files))?.map(({ node, from }) => {
    const { metadata } = jsonOf(node) as { metadata: { name: string; namespace?: string } }
    return `${from.path}: ${metadata.namespace ?? '?'}/${metadata.name}`
  })
}

describe('what helm prints', () => {
  test.each([
    ['shop/templates/a.yaml', 'charts/web/templates/a.yaml'],
    ['shop/charts/sub/templates/b.yaml', 'charts/web/charts/sub/templates/b.yaml'],
    ['shop/charts/common/templates/c.yaml', 'common/templates/c.yaml'],
    ['shop/charts/packed/templates/d.yaml', 'charts/web/Chart.yaml'],
  ])('of %s belongs to %s', (source, path) => {
    expect(delivered(`---\n# Source: ${source}\n${object('one')}`)).toEqual([`${path}: ?/one`])
  })

  test.each([
    ['version 3', (texts: readonly string[]) => texts.map((each) => `---\n${each}`).join('')],
    ['version 4', (texts: readonly string[]) => texts.map((each) => `---\n${each}\n`).join('')],
  ])('is divided as %s divides it', (_, print) => {
    const text = print([
      `# Source: shop/templates/a.yaml\n${object('one')}`,
      '# Source: shop/templates/a.yaml\n# nothing\n',
      `# Source: shop/charts/sub/templates/b.yaml\n${object('two')}`,
    ])

    expect(delivered(text)).toEqual([
      'charts/web/templates/a.yaml: ?/one',
      'charts/web/charts/sub/templates/b.yaml: ?/two',
    ])
  })

  test('is from where helm says first, whatever a template says', () => {
    const text = `---\n# Source: shop/templates/a.yaml\n# Source: shop/charts/sub/templates/b.yaml\n${object('one')}`

    expect(delivered(text)).toEqual(['charts/web/templates/a.yaml: ?/one'])
  })

  test('is applied in the namespace of the release where it names none', () => {
    const cluster = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: r }\n'
    const text = [object('one'), object('two', ', namespace: own'), cluster]
      .map((each) => `---\n# Source: shop/templates/a.yaml\n${each}`)
      .join('')

    expect(delivered(text, { namespace: 'ns' })?.map((each) => each.split(': ')[1])).toEqual([
      'ns/one',
      'own/two',
      '?/r',
    ])
  })

  test('is unwrapped from lists, and not read where a part of it cannot be', () => {
    const list = `apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Service, metadata: { name: s } }]\n`

    expect(delivered(`---\n# Source: shop/templates/a.yaml\n${list}`)).toEqual([
      'charts/web/templates/a.yaml: ?/s',
    ])
    expect(delivered(`---\n# Source: shop/templates/a.yaml\na: [\n`)).toBeUndefined()
  })

  test('is patched by what is laid over it', () => {
    const patch = '[{"op":"replace","path":"/metadata/name","value":"z"}]'
    const overlays = [
      { patches: [{ target: { kind: 'VirtualService', name: 'one' }, patch }] },
      { patches: [] },
    ]
    const text = [object('one'), object('two')].map((each) => `---\n# Source: shop/templates/a.yaml\n${each}`)

    expect(delivered(text.join(''), { overlays, namespace: 'ns' })?.toSorted()).toEqual([
      'charts/web/templates/a.yaml: ns/two',
      'charts/web/templates/a.yaml: ns/z',
    ])
  })

  test.each([
    { patches: [{ patch: object('gone') }] },
    { patches: [{ target: {}, patch: '[{"op":"remove","path":"/gone"}]' }] },
    { transformers: ['https://x.example/t.yaml'] },
  ])('is not known where what is laid over it fails: %j', (overlay) => {
    expect(
      delivered(`---\n# Source: shop/templates/a.yaml\n${object('one')}`, { overlays: [overlay] }),
    ).toBeUndefined()
  })
})
