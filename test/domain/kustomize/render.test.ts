import { describe, expect, test } from 'vitest'
import { renderCache } from '../../../src/domain/kustomize/cache.ts'
import {
  type Rendered,
  type RenderedObject,
  type Rendering,
  renderKustomization,
} from '../../../src/domain/kustomize/render.ts'
import { readObject } from '../../../src/domain/manifest/read-object.ts'
import { jsonOf } from '../../../src/domain/manifest/yaml-json.ts'
import { positionOf } from '../../../src/domain/source/source-file.ts'
import { entryOf, rangeOfEntry, type YamlEntry, type YamlNode } from '../../../src/domain/source/yaml-node.ts'
import { fileTree } from '../../support/file-tree.ts'

const virtualService = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: root
spec:
  hosts: [shop.example.com]
  gateways: [gw]
  http:
  - route:
    - destination:
        host: web
`

function render(
  files: Readonly<Record<string, string>>,
  root = '',
  rendering: Omit<Rendering, 'tree'> = {},
): Rendered {
  return renderKustomization(root, { tree: fileTree(files), ...rendering })
}

function objectsOf(rendered: Rendered): readonly RenderedObject[] {
  if ('failed' in rendered) throw new Error(JSON.stringify({ ...rendered.failed, range: undefined }))
  return rendered.objects
}

/** `path:line` of the field at the end of `keys`, from its key to the end of its value. */
function placeOf({ node }: RenderedObject, ...keys: readonly (string | number)[]): string {
  let at: YamlNode = node
  let range = node.range
  for (const key of keys) {
    const entry: YamlEntry | undefined = at.kind === 'map' ? entryOf(at, String(key)) : undefined
    const value: YamlNode | undefined = at.kind === 'sequence' ? at.items[Number(key)] : entry?.value
    if (value === undefined) throw new Error(`${key} is missing`)
    range = entry === undefined ? value.range : rangeOfEntry(entry)
    at = value
  }
  const { file, line } = positionOf(range)
  return `${file}:${line}`
}

describe('where each field was written', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [vs.yaml]\n',
    'base/vs.yaml': virtualService,
    'over/kustomization.yaml': `resources:
- ../base
namespace: prod
namePrefix: p-
labels:
- pairs:
    team: a
patches:
- path: hosts.yaml
- target: {kind: VirtualService}
  patch: |-
    - op: replace
      path: /spec/gateways/0
      value: prod-gw
- patch: |-
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata:
      name: root
    spec:
      exportTo: [.]
replacements:
- sourceValue: api
  targets:
  - select: {kind: VirtualService}
    fieldPaths:
    - spec.http.0.route.0.destination.host
`,
    'over/hosts.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: root
spec:
  hosts: [prod.example.com]
`,
  }
  const [object] = objectsOf(render(files, 'over'))

  test.each([
    ['base/vs.yaml:2', ['kind']],
    ['base/vs.yaml:4', ['metadata', 'name']],
    ['over/kustomization.yaml:3', ['metadata', 'namespace']],
    ['over/kustomization.yaml:7', ['metadata', 'labels', 'team']],
    ['over/hosts.yaml:6', ['spec', 'hosts']],
    ['over/kustomization.yaml:14', ['spec', 'gateways', 0]],
    ['over/kustomization.yaml:21', ['spec', 'exportTo']],
    ['over/kustomization.yaml:27', ['spec', 'http', 0, 'route', 0, 'destination', 'host']],
    ['base/vs.yaml:9', ['spec', 'http', 0, 'route']],
  ] as const)('%s: %j', (place, keys) => {
    expect(placeOf(object!, ...keys)).toBe(place)
  })

  test('the object is read like one that is written, and says so of its fields', () => {
    const read = readObject(
      { map: object!.node, apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', around: [] },
      object!.from.file,
      { reader: 'kustomize', namespace: undefined, version: { major: 1, minor: 30 } },
    )

    expect(read).toMatchObject({
      kind: 'virtual-service',
      resource: {
        name: 'p-root',
        namespace: 'prod',
        labels: { team: 'a' },
        spec: { hosts: ['prod.example.com'] },
      },
    })
  })

  test('what changed it is told in order', () => {
    const by = object!.by.map((range) => `${positionOf(range).file}:${positionOf(range).line}`)

    expect(by).toEqual([
      'over/hosts.yaml:1',
      'over/kustomization.yaml:12',
      'over/kustomization.yaml:16',
      'over/kustomization.yaml:3',
      'over/kustomization.yaml:4',
      'over/kustomization.yaml:7',
      'over/kustomization.yaml:25',
    ])
  })
})

test('every file that took part is a part', () => {
  const rendered = render(
    {
      'base/kustomization.yaml': 'resources: [vs.yaml]\n',
      'base/vs.yaml': virtualService,
      'base/unused.yaml': virtualService,
      'parts/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: p.yaml}]\n',
      'parts/p.yaml': virtualService,
      'over/kustomization.yaml': 'resources: [../base]\ncomponents: [../parts]\nconfigurations: [c.yaml]\n',
      'over/c.yaml': 'varReference: []\n',
    },
    'over',
  )

  expect(rendered.parts.map(({ role, path }) => `${role} ${path}`)).toEqual([
    'kustomization over/kustomization.yaml',
    'kustomization base/kustomization.yaml',
    'resource base/vs.yaml',
    'configuration over/c.yaml',
    'kustomization parts/kustomization.yaml',
    'patch parts/p.yaml',
  ])
})

describe('what only another program knows is named with its line', () => {
  const known = { 'vs.yaml': virtualService }

  test.each([
    [
      'remote-base',
      'github.com/org/repo/base?ref=v1',
      'resources:\n- vs.yaml\n- github.com/org/repo/base?ref=v1\n',
    ],
    ['remote-file', 'https://example.com/vs.yaml', 'resources:\n- vs.yaml\n- https://example.com/vs.yaml\n'],
    ['helm-chart', 'web', 'resources: [vs.yaml]\nhelmCharts:\n- name: web\n'],
    [
      'plugin',
      'Own',
      'resources: [vs.yaml]\ntransformers:\n- |-\n  apiVersion: example.com/v1\n  kind: Own\n  metadata: {name: x}\n',
    ],
    [
      'plugin',
      'Own',
      'resources: [vs.yaml]\ngenerators:\n- |-\n  apiVersion: example.com/v1\n  kind: Own\n  metadata: {name: x}\n',
    ],
  ] as const)('%s %s', (code, detail, text) => {
    const rendered = render({ ...known, 'kustomization.yaml': text })

    expect(objectsOf(rendered)).toHaveLength(1)
    expect('failed' in rendered ? [] : rendered.notRendered).toMatchObject([{ code, detail }])
    const [{ range } = {}] = 'failed' in rendered ? [] : rendered.notRendered
    expect(range && positionOf(range).line).toBeGreaterThan(1)
  })

  test('a patch for an object that may come from elsewhere fails nothing', () => {
    const text = 'resources: [vs.yaml, github.com/org/repo]\npatches:\n- path: other.yaml\n'
    const other = virtualService.replace('name: root', 'name: other')
    const rendered = render({ ...known, 'other.yaml': other, 'kustomization.yaml': text })

    expect(objectsOf(rendered)).toHaveLength(1)
  })

  test('a text that looks otherwise than it may be read', () => {
    const text = virtualService.replace('web', 'web\u2028        port: 80')
    const rendered = render({ 'vs.yaml': text, 'kustomization.yaml': 'resources: [vs.yaml]\n' })

    expect(rendered).toMatchObject({ objects: [], notRendered: [{ code: 'doubtful-text' }] })
  })

  test('a generated name whose hash is of no text', () => {
    const tree = fileTree({ 'kustomization.yaml': 'secretGenerator:\n- name: key\n  files: [key.bin]\n' })
    const rendered = renderKustomization('', {
      tree: (path) => (path === 'key.bin' ? { kind: 'not-text', path } : tree(path)),
    })

    expect(rendered).toMatchObject({ notRendered: [{ code: 'unknown-hash', detail: 'key.bin' }] })
  })
})

describe('a build that fails says what, and where', () => {
  test.each([
    ['missing-file', 'kustomization.yaml', 2, { 'kustomization.yaml': 'resources:\n- no.yaml\n' }],
    [
      'duplicate-id',
      'kustomization.yaml',
      3,
      {
        'kustomization.yaml': 'resources:\n- a.yaml\n- b.yaml\n',
        'a.yaml': virtualService,
        'b.yaml': virtualService,
      },
    ],
    ['unknown-field', 'kustomization.yaml', 2, { 'kustomization.yaml': 'resources: []\nspec: {}\n' }],
    [
      'invalid-yaml',
      'a.yaml',
      2,
      { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': 'kind: A\nb: {{ .Values.x }}\n' },
    ],
    [
      'wrong-type',
      'schema.json',
      1,
      {
        'kustomization.yaml': 'resources: [a.yaml]\nopenapi: { path: schema.json }\n',
        'a.yaml': virtualService,
        'schema.json': '{ "definitions": 1 }\n',
      },
    ],
    [
      'not-an-object',
      'a.yaml',
      1,
      { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': 'replicas: 1\n' },
    ],
    [
      'patch-matches-nothing',
      'p.yaml',
      1,
      { 'kustomization.yaml': 'resources: []\npatches: [{path: p.yaml}]\n', 'p.yaml': virtualService },
    ],
    [
      'patch-fails',
      'kustomization.yaml',
      5,
      {
        'kustomization.yaml':
          'resources: [a.yaml]\npatches:\n- target: {name: root}\n  patch: |-\n    - {op: remove, path: /spec/none}\n',
        'a.yaml': virtualService,
      },
    ],
    [
      'invalid-selector',
      'kustomization.yaml',
      3,
      {
        'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- target: {name: "(?=a)"}\n  path: a.yaml\n',
        'a.yaml': virtualService,
      },
    ],
    [
      'cycle',
      'b/kustomization.yaml',
      1,
      { 'kustomization.yaml': 'resources: [b]\n', 'b/kustomization.yaml': 'resources: [..]\n' },
    ],
    [
      'outside-root',
      'over/kustomization.yaml',
      1,
      { 'over/kustomization.yaml': 'resources: [../a.yaml]\n', 'a.yaml': virtualService, root: 'over' },
    ],
  ] as const)('%s', (code, path, line, { root = '', ...files }: Record<string, string>) => {
    const rendered = render(files, root)

    expect('failed' in rendered && rendered.failed).toMatchObject({ code, path })
    const range = 'failed' in rendered ? rendered.failed.range : undefined
    expect(range && positionOf(range).line).toBe(line)
  })

  test('a file that is no text', () => {
    const tree = fileTree({ 'kustomization.yaml': 'resources: [a.yaml]\n' })
    const rendered = renderKustomization('', {
      tree: (path) => (path === 'a.yaml' ? { kind: 'not-text', path } : tree(path)),
    })

    expect(rendered).toMatchObject({ failed: { code: 'not-text', path: 'kustomization.yaml' } })
  })

  test('a folder that is not there', () => {
    expect(render({}, 'none')).toMatchObject({ failed: { code: 'no-kustomization', path: 'none' } })
  })
})

test('without load restrictions a file may lie anywhere', () => {
  const files = { 'over/kustomization.yaml': 'resources: [../a.yaml]\n', 'a.yaml': virtualService }

  expect(objectsOf(render(files, 'over', { loadRestrictions: 'none' }))).toHaveLength(1)
})

describe('limits', () => {
  test('aliases that stand for more than anybody can hold', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `  a${level}: &a${level} [${Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*a${level - 1}`)).join(', ')}]\n`,
    )
    const bomb = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n${levels.join('')}`
    const rendered = render({ 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': bomb })

    expect(rendered).toMatchObject({ objects: [], notRendered: [{ code: 'limit', detail: 'yaml' }] })
  })

  test('a diamond of prefixes, which doubles its objects with every level', () => {
    const level = (each: number): Record<string, string> => ({
      [`a${each}/kustomization.yaml`]: `namePrefix: a\nresources: [../a${each - 1}, ../b${each - 1}]\n`,
      [`b${each}/kustomization.yaml`]: `namePrefix: b\nresources: [../a${each - 1}, ../b${each - 1}]\n`,
    })
    const bottom = { 'kustomization.yaml': 'resources: [vs.yaml]\n', 'vs.yaml': virtualService }
    const files = Object.assign(
      {},
      ...['a0', 'b0'].map((folder) =>
        Object.fromEntries(
          Object.entries(bottom).map(([path, text]) => [
            `${folder}/${path}`,
            `${path.startsWith('k') ? `namePrefix: ${folder[0]}\n` : ''}${text}`,
          ]),
        ),
      ),
      ...Array.from({ length: 20 }, (_, each) => level(each + 1)),
    )

    expect(render(files, 'a20')).toMatchObject({
      objects: [],
      notRendered: [{ code: 'limit', detail: 'objects' }],
    })
  })

  test('kustomizations within kustomizations', () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, each) => [
        `k${each}/kustomization.yaml`,
        `resources: [../k${each + 1}]\n`,
      ]),
    )

    expect(render(files, 'k0')).toMatchObject({ notRendered: [{ code: 'limit', detail: 'depth' }] })
  })
})

describe('a cache', () => {
  const overlays = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, each) => [
      `over/${each}/kustomization.yaml`,
      `resources: [../../base]\nnamespace: n${each}\n`,
    ]),
  )
  const many = Array.from({ length: 50 }, (_, each) => virtualService.replace('root', `vs-${each}`)).join(
    '---\n',
  )
  const files = { 'base/kustomization.yaml': 'resources: [many.yaml]\n', 'base/many.yaml': many, ...overlays }

  test('builds a base once, whatever is built upon it', () => {
    const tree = fileTree(files)
    let reads = 0
    const counting: Rendering = {
      tree: (path) => {
        if (path.startsWith('base/')) reads += 1
        return tree(path)
      },
      cache: renderCache(),
    }
    const built = Array.from({ length: 100 }, (_, each) =>
      objectsOf(renderKustomization(`over/${each}`, counting)),
    )

    expect(built.every((objects) => objects.length === 50)).toBe(true)
    expect(reads).toBeLessThan(10)
    expect(jsonOf(built[7]![0]!.node)).toMatchObject({ metadata: { namespace: 'n7' } })
  })

  test('hides no circle', () => {
    const circular = fileTree({
      'x/kustomization.yaml': 'resources: []\n',
      'b/kustomization.yaml': 'resources: [../x]\n',
      'y/kustomization.yaml': 'resources: [../b]\n',
      'x/over/kustomization.yaml': 'resources: [../../b]\n',
    })
    const cache = renderCache()

    expect(renderKustomization('y', { tree: circular, cache })).toMatchObject({ objects: [] })
    expect(renderKustomization('x/over', { tree: circular, cache })).toMatchObject({
      failed: { code: 'cycle' },
    })
  })
})
