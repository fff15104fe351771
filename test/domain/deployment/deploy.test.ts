import { describe, expect, it } from 'vitest'
import { deploy } from '../../../src/domain/deployment/deploy.ts'
import { jsonOf } from '../../../src/domain/manifest/yaml-json.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'

type Files = Readonly<Record<string, string>>

const route = (name = 'web', host = 'a') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name} }\nspec: { hosts: [${host}], http: [{ route: [{ destination: { host: b } }] }] }\n`
const sideOf = (files: Files) => ({ files: Object.entries(files).map(([path, text]) => ({ path, text })) })
const deployed = (before: Files, after: Files) => deploy(sideOf(before), sideOf(after))

/** What is delivered at a path: the unit and the name of each object; nothing where the file stands as it is written. */
function madeAt(files: readonly SourceFile[], path: string) {
  return files
    .find((file) => file.path === path)
    ?.delivered?.map(({ unit, root }) => [
      unit?.key,
      (jsonOf(root!) as { metadata: { name: string } }).metadata.name,
    ])
}

describe('a file', () => {
  it('that no unit takes up stands as it is written', () => {
    const { base } = deployed({ 'a.yaml': route() }, {})

    expect(madeAt(base.files, 'a.yaml')).toBeUndefined()
  })

  it('that several units build is there once for each of them, and not as it is written', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [vs.yaml]\n',
      'base/vs.yaml': route(),
      'one/kustomization.yaml': 'namePrefix: one-\nresources: [../base]\n',
      'two/kustomization.yaml': 'namePrefix: two-\nresources: [../base]\n',
    }
    const { base, rendered } = deployed(files, files)

    expect(madeAt(base.files, 'base/vs.yaml')).toEqual([
      ['one', 'one-web'],
      ['two', 'two-web'],
    ])
    expect(rendered).toEqual(
      new Set(['base/kustomization.yaml', 'one/kustomization.yaml', 'two/kustomization.yaml']),
    )
  })

  it('that is laid over others holds nothing by itself, and whoever owns it is asked about it', () => {
    const files = {
      'kustomization.yaml': 'resources: [vs.yaml]\npatches: [{ path: patch.yaml }]\n',
      'vs.yaml': route(),
      'patch.yaml': route('web', 'c'),
    }
    const { base, parts } = deployed(files, files)

    expect(madeAt(base.files, 'patch.yaml')).toEqual([])
    expect(parts).toEqual(new Set(['patch.yaml']))
  })
})

describe('a unit that does not build', () => {
  const good = { 'kustomization.yaml': 'resources: [vs.yaml]\n', 'vs.yaml': route() }
  const bad = { ...good, 'kustomization.yaml': 'resources: [vs.yaml, gone.yaml]\n' }

  it('and did before: the cluster keeps what it has, and what ends the build is told', () => {
    const { base, merged } = deployed(good, { ...bad, 'vs.yaml': route('other') })

    expect(madeAt(merged.files, 'vs.yaml')).toEqual([['', 'web']])
    expect(base.notDeployed).toEqual([])
    expect(merged.notDeployed).toMatchObject([
      { folder: '', reaches: ['vs.yaml'], fault: { code: 'missing-file', detail: 'gone.yaml' } },
    ])
  })

  it('is the same one where the object that delivers it lies in another file', () => {
    const application =
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: argocd }\nspec: { destination: { namespace: shop }, source: { path: app } }\n'
    const of = (files: Files) => Object.entries(files).map(([path, text]) => [`app/${path}`, text] as const)
    const before = { ...Object.fromEntries(of(good)), 'one.yaml': application }
    const after = { ...Object.fromEntries(of(bad)), 'two.yaml': application }
    const { merged } = deployed(before, after)

    expect(madeAt(merged.files, 'app/vs.yaml')).toHaveLength(1)
    expect(merged.notDeployed).toContainEqual(expect.objectContaining({ reaches: ['app/vs.yaml'] }))
  })

  it('and did not before is no unit, so that its parts stand as they are written', () => {
    const { base, merged } = deployed(bad, bad)

    expect(madeAt(merged.files, 'vs.yaml')).toBeUndefined()
    expect(base.notDeployed).toHaveLength(1)
    expect(merged.notDeployed).toHaveLength(1)
  })

  it('and builds at last delivers what it did not before', () => {
    const { base, merged } = deployed(bad, good)

    expect(base.notDeployed).toHaveLength(1)
    expect(merged.notDeployed).toEqual([])
    expect(madeAt(merged.files, 'vs.yaml')).toEqual([['', 'web']])
  })

  it('concerns nobody where nothing of the mesh is in it', () => {
    const others = { 'kustomization.yaml': 'resources: [gone.yaml]\n' }

    expect(deployed(others, others).merged.notDeployed).toEqual([])
  })

  it('since it leads back to itself is one all the same', () => {
    const files = { 'a/kustomization.yaml': 'resources: [vs.yaml, b]\n', 'a/vs.yaml': route() }
    const round = { ...files, 'a/b/kustomization.yaml': 'resources: [..]\n' }
    const fine = { ...files, 'a/b/kustomization.yaml': 'resources: [c.yaml]\n', 'a/b/c.yaml': route('c') }

    expect(deployed(fine, round).merged.notDeployed).toMatchObject([{ fault: { code: 'cycle' } }])
  })
})

describe('what a unit lets go of', () => {
  const before = {
    'root/kustomization.yaml': 'resources: [../part]\n',
    'part/kustomization.yaml': 'resources: [vs.yaml]\n',
    'part/vs.yaml': route(),
    'other/kustomization.yaml': 'resources: [vs.yaml]\n',
    'other/vs.yaml': route('other'),
  }

  it('is not delivered by itself since then', () => {
    const { merged } = deployed(before, { ...before, 'root/kustomization.yaml': 'resources: [../other]\n' })

    expect(madeAt(merged.files, 'part/vs.yaml')).toEqual([])
    expect(madeAt(merged.files, 'other/vs.yaml')).toEqual([['root', 'other']])
  })

  it('and does not list any more is not delivered either', () => {
    const after = { ...before, 'other/kustomization.yaml': 'namespace: shop\nresources: [more.yaml]\n' }
    const { merged } = deployed(before, { ...after, 'other/more.yaml': route('more') })

    expect(madeAt(merged.files, 'other/vs.yaml')).toEqual([])
  })
})

it('what cannot be followed on one side is no unit on either, and left out where it changes', () => {
  const many = Array.from({ length: 20_001 }, (_, at) => `--- { kind: A, metadata: { name: a${at} } }`).join(
    '\n',
  )
  const small = { 'kustomization.yaml': 'resources: [vs.yaml]\n', 'vs.yaml': route() }
  const large = {
    ...small,
    'kustomization.yaml': 'resources: [vs.yaml, many.yaml]\n',
    'many.yaml': many.replaceAll('--- ', '---\n'),
  }
  const { base, merged, leftOut } = deployed(small, large)

  expect([base, merged].map(({ files }) => madeAt(files, 'vs.yaml'))).toEqual([undefined, undefined])
  expect(leftOut.map(({ key }) => key)).toEqual([''])
})
