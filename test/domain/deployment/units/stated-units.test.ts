import { describe, expect, it } from 'vitest'
import { assess } from '../../../../src/domain/assess.ts'
import { deliveredAlone } from '../../../../src/domain/deployment/delivered-alone.ts'
import { layoutOf } from '../../../../src/domain/deployment/layout-of.ts'
import { settledUnits } from '../../../../src/domain/deployment/units/settled-units.ts'
import { statedMistakes } from '../../../../src/domain/deployment/units/stated-units.ts'
import { identityOf } from '../../../../src/domain/manifest/names.ts'
import { readConfiguration } from '../../../../src/domain/policy/configuration/configuration.ts'
import { meshesUnder } from '../../../../src/domain/policy/configuration/path-rules.ts'
import { positionOf } from '../../../../src/domain/source/source-file.ts'
import { plainSentence } from '../../../../src/domain/words/sentence.ts'

type Files = Readonly<Record<string, string>>

const filesOf = (texts: Files) => Object.entries(texts).map(([path, text]) => ({ path, text }))

function laidOut(texts: Files, configuration: string) {
  const { policy, diagnostics } = readConfiguration(
    { path: '.github/firebreak.yml', text: configuration },
    [],
  )
  expect(diagnostics).toEqual([])
  const side = { files: filesOf(texts), stated: policy.units }
  const settled = settledUnits(side)
  const manifests = deliveredAlone(side.files, settled, {
    namespaceOf: () => undefined,
    version: policy.istio.version,
  })
  const division = meshesUnder(policy, manifests)
  const layout = layoutOf(side, { settled, manifests, division, isConfigured: policy.meshes.length > 0 })
  const delivered = manifests.virtualServices
    .map((each) => `${division.meshOf(each)} ${identityOf(each)}`)
    .toSorted()
  return { ...layout, delivered, mistakes: statedMistakes(policy.units, side.files) }
}

const service = (name: string, namespace?: string) =>
  `${JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace },
    spec: { hosts: [name], http: [{ route: [{ destination: { host: 'b' } }] }] },
  })}\n`
const application = (path: string, more = '') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: argocd }\nspec: { source: { repoURL: r, path: ${path}${more} }, destination: { name: one, namespace: found } }\n`
const folder = {
  'web/vs.yaml': service('web'),
  'web/named.yaml': service('named', 'own'),
  'web/inner/vs.yaml': service('inner'),
}

describe('a unit that is stated', () => {
  it.each([
    ['directory', ['prod filled/web', 'prod own/named', 'default ?/inner']],
    ['recursive-directory', ['prod filled/inner', 'prod filled/web', 'prod own/named']],
  ])('as a %s takes its files, and fills in the namespace that is missing', (kind, delivered) => {
    const found = laidOut(folder, `units: [{ path: web, kind: ${kind}, mesh: prod, namespace: filled }]\n`)

    expect(found.delivered).toEqual(delivered.toSorted())
    expect(found.units).toMatchObject([
      { key: 'web', deployer: 'configuration', namespace: 'filled', meshes: ['prod'] },
    ])
  })

  it('as a kustomization is built, in the same place of the namespace', () => {
    const found = laidOut(
      { ...folder, 'web/kustomization.yaml': 'namePrefix: x-\nresources: [vs.yaml, named.yaml]\n' },
      'units: [{ path: web/, kind: kustomize, mesh: prod, namespace: filled }]\n',
    )

    expect(found.delivered).toEqual(['default ?/inner', 'prod filled/x-web', 'prod own/x-named'])
  })

  it('of the root takes what lies there', () => {
    const { delivered } = laidOut(
      { 'vs.yaml': service('web') },
      'units: [{ path: ., kind: directory, mesh: prod }]\n',
    )

    expect(delivered).toEqual(['prod ?/web'])
  })

  it('for two meshes is two units', () => {
    const found = laidOut(
      folder,
      'units: [{ path: web, kind: directory, mesh: prod }, { path: web, kind: directory, mesh: stage, namespace: s }]\n',
    )

    expect(found.delivered).toEqual([
      'default ?/inner',
      'prod ?/web',
      'prod own/named',
      'stage own/named',
      'stage s/web',
    ])
    expect(found.units.map(({ meshes, meshObjects }) => [meshes, meshObjects])).toEqual([
      [['prod'], 2],
      [['stage'], 2],
    ])
    expect(found.meshes.map(({ name, said }) => [name, said])).toEqual([
      ['default', 'unsaid'],
      ['prod', 'configured'],
      ['stage', 'configured'],
    ])
  })

  it('goes before what the paths of meshes say, and leaves the rest to them', () => {
    const { delivered } = laidOut(
      folder,
      'meshes: [{ name: all, paths: ["**"] }]\nunits: [{ path: web, kind: directory, mesh: prod }]\n',
    )

    expect(delivered).toEqual(['all ?/inner', 'prod ?/web', 'prod own/named'])
  })

  it('stands in the place of the root there, and of those below what it takes with everything', () => {
    const texts = {
      ...folder,
      'web/kustomization.yaml': 'namePrefix: x-\nresources: [vs.yaml]\n',
      'web/inner/kustomization.yaml': 'namePrefix: x-\nresources: [vs.yaml]\n',
    }

    expect(laidOut(texts, '{}\n').delivered).toEqual([
      'default ?/x-inner',
      'default ?/x-web',
      'default own/named',
    ])
    expect(laidOut(texts, 'units: [{ path: web, kind: recursive-directory }]\n').delivered).toEqual([
      'default ?/inner',
      'default ?/web',
      'default own/named',
    ])
  })

  it('stands for all that a deployer says of the folder, and that is told', () => {
    const { delivered, units, unknown } = laidOut(
      { ...folder, 'app.yaml': application('web') },
      'units: [{ path: web, kind: directory, mesh: prod, namespace: filled }]\n',
    )

    expect(delivered).toEqual(['default ?/inner', 'prod filled/web', 'prod own/named'])
    expect(units.map(({ deployer }) => deployer)).toEqual(['configuration'])
    expect(unknown).toMatchObject([{ code: 'overridden', of: 'Application argocd/a', detail: 'web' }])
  })

  it('leaves a deployer of another folder alone, though it builds upon this one', () => {
    const { delivered } = laidOut(
      {
        'app.yaml': application('top'),
        'top/kustomization.yaml': 'namePrefix: x-\nresources: [../base]\n',
        'base/kustomization.yaml': 'resources: [vs.yaml]\n',
        'base/vs.yaml': service('web'),
      },
      'units: [{ path: base, kind: kustomize, mesh: prod }]\n',
    )

    expect(delivered).toEqual(['one found/x-web', 'prod ?/web'])
  })

  it('delivers deployers, which stand in the cluster that its mesh is', () => {
    const { delivered } = laidOut(
      {
        'apps/app.yaml': application('web').replace('name: one', 'server: "https://kubernetes.default.svc"'),
        'other.yaml': application('other').replace('name: a,', 'name: b,'),
        'web/vs.yaml': service('web'),
        'other/vs.yaml': service('other'),
      },
      'units: [{ path: apps, kind: directory, mesh: prod }]\n',
    )

    expect(delivered).toEqual(['one found/other', 'prod found/web'])
  })
})

describe('a stated unit that is not there as it says', () => {
  it.each([
    [
      '{ path: gone, kind: directory }',
      'unit-missing',
      '"gone" is no folder with files that are read, so that its unit delivers nothing.',
    ],
    [
      '{ path: web, kind: kustomize }',
      'unit-no-kustomization',
      '"web" has no kustomization, so that its unit delivers nothing.',
    ],
  ])('%s is told with its line', (unit, code, text) => {
    const { mistakes } = laidOut(folder, `units:\n  - ${unit}\n`)

    expect(mistakes.map((each) => each.code)).toEqual([code])
    expect(mistakes.map(plainSentence)).toEqual([text])
    expect(mistakes.map(({ range }) => range && positionOf(range).line)).toEqual([2])
    expect(mistakes.every(({ todo }) => todo !== undefined)).toBe(true)
  })

  it('is introduced by whoever takes the folder away, and blocks', () => {
    const text = 'units: [{ path: web, kind: directory, mesh: prod }]\n'
    const base = filesOf({ ...folder, 'a.yaml': service('a') })
    const merged = base.filter(({ path }) => !path.startsWith('web/'))
    const changed = base
      .filter((each) => !merged.includes(each))
      .map((file) => ({ path: file.path, base: file }))
    const { findings } = assess({
      base,
      merged,
      changed,
      configuration: { path: '.github/firebreak.yml', text },
      obstructions: [],
      draft: false,
      today: '2026-11-30',
    })

    expect(
      findings
        .filter(({ rule }) => rule === 'invalid-configuration')
        .map(({ code, status, effect }) => [code, status, effect]),
    ).toEqual([['unit-missing', 'introduced', 'block']])
  })
})
