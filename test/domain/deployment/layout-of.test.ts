import { describe, expect, it } from 'vitest'
import { deliveredAlone } from '../../../src/domain/deployment/delivered-alone.ts'
import { type Layout, layoutOf } from '../../../src/domain/deployment/layout-of.ts'
import { settledUnits } from '../../../src/domain/deployment/units/settled-units.ts'
import { assumedVersion } from '../../../src/domain/manifest/istio-version.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { divideMeshes } from '../../../src/domain/routing/meshes/mesh-division.ts'

type Files = Readonly<Record<string, string>>

function laidOut(texts: Files, more: { readonly unread?: ReadonlySet<string> } = {}): Layout {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }))
  const side = { files, ...more }
  const settled = settledUnits(side)
  const manifests = deliveredAlone(files, settled, { namespaceOf: () => undefined, version: assumedVersion })
  const division = divideMeshes(manifests, defaultIstioSettings)
  return layoutOf(side, { settled, manifests, division, isConfigured: false })
}

const service = (name = 'web') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${JSON.stringify(name)} }\nspec: { hosts: [a], http: [{ route: [{ destination: { host: b } }] }] }\n`
const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n'
const application = (name: string, spec: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec: ${spec}\n`
const flux = (name: string, spec: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux }\nspec: ${spec}\n`
const roleOf = ({ files }: Layout, path: string) => files.find((each) => each.path === path)?.is

describe('a unit', () => {
  it('of Argo CD says what takes which folder, where to, and in which namespace', () => {
    const { units } = laidOut({
      'app.yaml': application(
        'a',
        '{ source: { repoURL: r, path: web, directory: { recurse: true } }, destination: { name: prod, namespace: ns } }',
      ),
      'web/x/vs.yaml': service(),
    })

    expect(units).toEqual([
      {
        key: 'Application argocd/a web',
        deployer: 'argo-cd',
        by: 'app.yaml',
        takes: 'files below',
        folder: 'web',
        namespace: 'ns',
        destination: 'prod',
        meshes: ['default'],
        objects: 1,
        meshObjects: 1,
        notRendered: [],
      },
    ])
  })

  it.each([
    ['resources: [vs.yaml]\nnamespace: own\n', '{ path: web }', 'kustomization', 'own'],
    ['resources: [vs.yaml]\nnamespace: own\n', '{ path: web, targetNamespace: t }', 'kustomization', 't'],
    [undefined, '{ path: web, targetNamespace: t }', 'files below', 't'],
    [undefined, '{ path: web }', 'files below', undefined],
  ])('of Flux, %j with %s, takes its %s into %s', (kustomization, spec, takes, namespace) => {
    const { units } = laidOut({
      'flux.yaml': flux('f', spec),
      'web/vs.yaml': service(),
      ...(kustomization !== undefined && { 'web/kustomization.yaml': kustomization }),
    })

    expect(units).toMatchObject([{ deployer: 'flux', takes, meshObjects: 1 }])
    expect(units[0]?.namespace).toBe(namespace)
  })

  it('that does not build stands first with its fault, and what it builds upon is laid out without it', () => {
    const { units, files } = laidOut({
      'fine/kustomization.yaml': 'resources: [vs.yaml]\n',
      'fine/vs.yaml': service('fine'),
      'top/kustomization.yaml': 'resources:\n  - ../base\n  - gone.yaml\n',
      'base/kustomization.yaml': 'resources: [vs.yaml]\n',
      'base/vs.yaml': service(),
    })

    expect(units).toMatchObject([
      { key: 'top', objects: 0, failed: { code: 'missing-file', detail: 'gone.yaml' } },
      { key: 'fine', meshObjects: 1 },
      { key: 'base', meshObjects: 1 },
    ])
    expect(files.find(({ path }) => path === 'base/vs.yaml')?.units).toEqual(['top', 'base'])
  })

  it('that is not rendered whole has the lines of what is missing', () => {
    const { units } = laidOut({
      'kustomization.yaml':
        'resources: [vs.yaml]\nhelmCharts:\n  - { name: c, repo: https://charts.example }\n',
      'vs.yaml': service(),
    })

    expect(units).toMatchObject([{ key: '', notRendered: [{ code: 'helm-chart' }] }])
    expect(units[0]?.notRendered[0]?.range).toBeDefined()
  })

  it('that delivers nothing of the mesh is in none', () => {
    expect(laidOut({ 'kustomization.yaml': 'resources: [c.yaml]\n', 'c.yaml': config })).toMatchObject({
      units: [{ objects: 1, meshObjects: 0, meshes: [] }],
      meshes: [],
    })
  })

  it('of one name in two clusters is there twice, each with its own mesh', () => {
    const { units, meshes } = laidOut({
      'clusters/prod/flux.yaml': flux('f', '{ path: web, kubeConfig: { secretRef: { name: prod } } }'),
      'clusters/stage/flux.yaml': flux('f', '{ path: web, kubeConfig: { secretRef: { name: stage } } }'),
      'web/kustomization.yaml': 'resources: [vs.yaml]\n',
      'web/vs.yaml': service(),
    })

    expect(units.map(({ destination, meshes: own }) => [destination, own])).toEqual([
      ['prod', ['prod']],
      ['stage', ['stage']],
    ])
    expect(meshes.map(({ name, said }) => [name, said])).toEqual([
      ['prod', 'destination'],
      ['stage', 'destination'],
    ])
  })
})

describe('a mesh', () => {
  it('is the only one where nothing divides, and what is left where only others are told', () => {
    const told = {
      'a.yaml': application('a', '{ source: { repoURL: r, path: x }, destination: { name: one } }'),
      'b.yaml': application('b', '{ source: { repoURL: r, path: z }, destination: { name: two } }'),
      'x/vs.yaml': service('x'),
      'z/vs.yaml': service('z'),
    }

    expect(laidOut({ 'vs.yaml': service() }).meshes).toEqual([
      { name: 'default', said: 'undivided', virtualServices: 1, gateways: 0 },
    ])
    expect(laidOut({ ...told, 'vs.yaml': service() }).meshes.map(({ name, said }) => [name, said])).toEqual([
      ['default', 'unsaid'],
      ['one', 'destination'],
      ['two', 'destination'],
    ])
  })

  it('that is guessed from folders comes with the doubt that settles it', () => {
    const { meshes, guesses } = laidOut({
      'deploy/prod/a.yaml': service('a'),
      'deploy/prod/b.yaml': service('b'),
      'deploy/stage/a.yaml': service('a'),
      'deploy/stage/b.yaml': service('b'),
    })

    expect(meshes.map(({ said }) => said)).toEqual(['folders', 'folders'])
    expect(guesses.map(({ cause }) => cause.code)).toEqual(['divided-meshes'])
  })
})

it('a root that nobody here applies is told with the block that states it, once it reaches a mesh', () => {
  const { guesses } = laidOut({
    'web/kustomization.yaml': 'resources: [vs.yaml]\n',
    'web/vs.yaml': service(),
    'other/kustomization.yaml': 'resources: [c.yaml]\n',
    'other/c.yaml': config,
    'with space/kustomization.yaml': 'resources: [vs.yaml]\n',
    'with space/vs.yaml': service('spaced'),
  })

  expect(guesses.map(({ cause }) => cause)).toEqual([{ code: 'applied-by-hand', folders: ['web'] }])
})

describe('what is not known', () => {
  it.each([
    [
      'HelmRelease',
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: h, namespace: ns }\nspec: { chart: {} }\n',
      'chart',
    ],
    [
      'Application of a chart here',
      application('h', '{ source: { repoURL: r, path: chart }, destination: { name: x } }'),
      'chart',
    ],
    [
      'Application of a folder that is not here',
      application('h', '{ source: { repoURL: r, path: gone } }'),
      'missing-folder',
    ],
    [
      'Kustomization of an image',
      flux('h', '{ path: x, sourceRef: { kind: OCIRepository, name: o } }'),
      'elsewhere',
    ],
  ])('names a %s', (_, text, code) => {
    const { unknown, units } = laidOut({
      'd.yaml': text,
      'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'chart/templates/vs.yaml': service('{{ .Values.name }}'),
    })

    expect(unknown.map((each) => each.code)).toEqual([code])
    expect(units).toEqual([])
  })

  it('is nothing where all is followed', () => {
    const { unknown } = laidOut({
      'app.yaml': application('a', '{ source: { repoURL: r, path: web } }'),
      'web/vs.yaml': service(),
    })

    expect(unknown).toEqual([])
  })
})

describe('a file', () => {
  const layout = laidOut(
    {
      'app.yaml': application('a', '{ source: { repoURL: r, path: chart } }'),
      'web/kustomization.yaml':
        'resources: [vs.yaml, c.yaml]\npatches: [{ path: patch.yaml }]\nreplacements: [{ path: replaced.yaml }]\n',
      'web/vs.yaml': service(),
      'web/c.yaml': config,
      'web/patch.yaml': service(),
      'web/replaced.yaml': 'source: { kind: ConfigMap, name: c }\ntargets: []\n',
      'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'chart/values.yaml': 'name: a\n',
      'chart/templates/vs.yaml': service('{{ .Values.name }}'),
      'chart/templates/_helpers.tpl': '{{ define "a" }}{{ end }}',
      'tests/01-assert.yaml': service(),
      'tests/kuttl-test.yaml': 'apiVersion: kuttl.dev/v1beta1\nkind: TestSuite\n',
      'lone/vs.yaml': service('lone'),
      'broken/vs.yaml': `${service('broken')}  {`,
      'skaffold.yaml': 'apiVersion: skaffold/v4beta1\nkind: Config\n',
      'note.yaml': 'a: b\n',
    },
    { unread: new Set(['link.yaml']) },
  )

  it.each([
    ['app.yaml', 'deployer'],
    ['web/kustomization.yaml', 'kustomization'],
    ['web/vs.yaml', 'object'],
    ['web/c.yaml', 'resource'],
    ['web/patch.yaml', 'patch'],
    ['web/replaced.yaml', 'replacement'],
    ['chart/Chart.yaml', 'chart'],
    ['chart/values.yaml', 'values'],
    ['chart/templates/vs.yaml', 'template'],
    ['chart/templates/_helpers.tpl', 'template'],
    ['tests/01-assert.yaml', 'assertion'],
    ['lone/vs.yaml', 'object'],
    ['broken/vs.yaml', 'unreadable'],
    ['link.yaml', 'unreadable'],
    ['skaffold.yaml', 'layer'],
    ['note.yaml', 'other'],
  ])('%s is told as %s', (path, is) => {
    expect(roleOf(layout, path)).toBe(is)
  })

  it('names the units that it is a part of', () => {
    const unitsOf = (path: string) => layout.files.find((each) => each.path === path)?.units

    expect(unitsOf('web/patch.yaml')).toEqual(['web'])
    expect(unitsOf('lone/vs.yaml')).toEqual([])
  })
})
