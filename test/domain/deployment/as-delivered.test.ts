import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgets } from '../../../src/domain/budgets.ts'
import { deliveredViews } from '../../../src/domain/deployment/as-delivered.ts'
import { jsonOf } from '../../../src/domain/manifest/yaml-json.ts'
import { parseYaml } from '../../../src/domain/source/yaml.ts'

type Files = Readonly<Record<string, string>>

const route = (status = 200) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: own }\nspec: { hosts: [a], http: [{ directResponse: { status: ${status} } }] }\n`
const op = (path: string, value: unknown) =>
  `patches:\n  - target: { kind: VirtualService }\n    patch: '${JSON.stringify([{ op: 'replace', path, value }])}'\n`
const base: Files = { 'base/kustomization.yaml': 'resources: [vs.yaml]\n', 'base/vs.yaml': route() }
const overlays = (count: number, text: (at: number) => string): Files =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `o${at}/kustomization.yaml`,
      `resources: [../base]\n${text(at)}`,
    ]),
  )
const sideOf = (files: Files) => ({ files: Object.entries(files).map(([path, text]) => ({ path, text })) })
const views = (before: Files, after: Files) => deliveredViews(sideOf(before), sideOf(after))
const shown = (files: readonly { readonly path: string; readonly text: string }[], path: string) =>
  files
    .filter((file) => file.path === path)
    .flatMap((file) => parseYaml(file, { id: 'invalid-manifest' }))
    .flatMap(({ root }) => (root === undefined ? [] : [jsonOf(root)]))

describe('a view', () => {
  const before = { ...base, ...overlays(1, () => 'namespace: ns1\n') }
  const after = { ...base, ...overlays(1, () => `namespace: ns1\n${op('/spec/hosts/0', 'b')}`) }

  it('shows both sides as they are delivered, and every other file as it is', () => {
    const { views: found, leftOut } = views(before, after)

    expect(leftOut).toEqual([])
    expect(found).toHaveLength(1)
    expect(shown(found[0]!.base, 'base/vs.yaml')).toMatchObject([
      { metadata: { namespace: 'ns1' }, spec: { hosts: ['a'] } },
    ])
    expect(shown(found[0]!.merged, 'base/vs.yaml')).toMatchObject([
      { metadata: { namespace: 'ns1' }, spec: { hosts: ['b'] } },
    ])
    const others = sideOf(after).files.filter(({ path }) => path !== 'base/vs.yaml')
    expect(found[0]!.merged).toEqual(expect.arrayContaining(others))
  })

  it('is the same whatever the order of the files', () => {
    const texts = (files: readonly { readonly path: string; readonly text: string }[]) =>
      files.map(({ path, text }) => `${path}\n${text}`).toSorted()
    const expected = views(before, after).views.map(({ merged }) => texts(merged))
    const all = sideOf(after).files
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (files) => {
        expect(deliveredViews(sideOf(before), { files }).views.map(({ merged }) => texts(merged))).toEqual(
          expected,
        )
      }),
    )
  })

  it('is none where nothing changes, or nothing that is delivered otherwise', () => {
    expect(views(after, after).views).toEqual([])
    expect(views(after, { ...after, 'README.md': 'a' }).views).toEqual([])
    expect(views(after, { ...after, 'base/vs.yaml': `# a\n${route()}` }).views).toEqual([])
  })

  it('tells the status of a response', () => {
    const patched = { ...base, ...overlays(1, () => op('/spec/http/0/directResponse/status', 503)) }

    expect(views({ ...base, ...overlays(1, () => '') }, patched).views).toHaveLength(1)
  })

  it('lacks what a patch removes', () => {
    const removed =
      'patches:\n  - target: { kind: VirtualService }\n    patch: "{ kind: A, metadata: { name: a }, $patch: delete }"\n'
    const { views: found } = views(
      { ...base, ...overlays(1, () => '') },
      { ...base, ...overlays(1, () => removed) },
    )

    expect(shown(found[0]!.base, 'base/vs.yaml')).toHaveLength(1)
    expect(shown(found[0]!.merged, 'base/vs.yaml')).toEqual([])
  })
})

describe('units beyond the budget', () => {
  const { size } = budgets.deliveredViews
  const hosts = (prefix: string) => (at: number) => op('/spec/hosts/0', `${prefix}${at}`)
  const leftOut = (prefix: string) =>
    views({ ...base, ...overlays(size + 2, hosts('a')) }, { ...base, ...overlays(size + 2, hosts(prefix)) })

  it('are told, each known by what it makes', () => {
    expect(leftOut('b').views).toHaveLength(size)
    expect(leftOut('b').leftOut).toMatchObject([{ why: 'no-room' }, { why: 'no-room' }])
    expect(leftOut('b')).toEqual(leftOut('b'))
    expect(leftOut('b').leftOut[0]?.digest).not.toBe(leftOut('c').leftOut[0]?.digest)
  })

  it('are none where all make the same, or stay as they are', () => {
    const same = views(
      { ...base, ...overlays(size + 2, () => 'namespace: ns1\n') },
      { ...base, 'base/vs.yaml': route(503), ...overlays(size + 2, () => 'namespace: ns1\n') },
    )

    expect(same.views).toHaveLength(1)
    expect(same.leftOut).toEqual([])
    expect(leftOut('a')).toEqual({ views: [], leftOut: [] })
  })
})

it('a unit whose build is not known is left out', () => {
  const many = Array.from({ length: 10_001 }, (_, at) => `kind: A\nmetadata: { name: a${at} }\n`).join(
    '---\n',
  )
  const after = {
    ...base,
    'base/kustomization.yaml': 'resources: [vs.yaml, many.yaml]\n',
    'base/many.yaml': many,
  }

  expect(views(base, after).leftOut).toMatchObject([{ key: 'base', why: 'too-large' }])
})
