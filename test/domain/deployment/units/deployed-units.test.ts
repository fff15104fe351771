import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builderOf } from '../../../../src/domain/deployment/units/build-unit.ts'
import { deployedUnits } from '../../../../src/domain/deployment/units/deployed-units.ts'

type Files = Readonly<Record<string, string>>

/** `«X»` stands for the variable of that name. */
const filled = (text: string) => text.replaceAll('«', '$' + '{').replaceAll('»', '}')
const object = (name: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name} }\n`
const flux = (name: string, spec: string) =>
  filled(
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: ${spec}\n`,
  )
const argo = (name: string, spec: string, kind = 'Application') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: argocd }\nspec: ${spec}\n`
const values = (data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: values, namespace: flux-system }\ndata: { ${data} }\n`
const sideOf = (files: Files) => ({ files: Object.entries(files).map(([path, text]) => ({ path, text })) })
const found = (files: Files) => deployedUnits(sideOf(files).files, { build: builderOf(sideOf(files)) })

/** Each unit of a deployer as `name folder -> cluster`. */
const units = (files: Files) =>
  found(files)
    .units.filter(({ by }) => by.length > 0)
    .map(({ key, destination }) => `${key.replace(/^\w+ [^/]*\//, '')} -> ${destination ?? '?'}`)
    .toSorted()

describe('units of units', () => {
  const apps = { 'apps/a/vs.yaml': object('a'), 'apps/b/vs.yaml': object('b') }

  it('an Application of Applications hands on its cluster', () => {
    const files = {
      ...apps,
      'root.yaml': argo('root', '{ source: { path: children }, destination: { name: prod } }'),
      'children/a.yaml': argo('a', '{ source: { path: apps/a }, destination: { name: in-cluster } }'),
      'children/b.yaml': argo('b', '{ source: { path: apps/b }, destination: { name: edge } }'),
    }

    expect(units(files)).toEqual(['a apps/a -> prod', 'b apps/b -> edge', 'root children -> prod'])
  })

  it('an Application is what an overlay makes of it', () => {
    const patch = (path: string) =>
      `patches: [{ target: { kind: Application }, patch: '[{ "op": "replace", "path": "/spec/source/path", "value": "${path}" }]' }]\n`
    const files = {
      ...apps,
      'root.yaml': argo('root', '{ source: { path: overlay }, destination: { name: prod } }'),
      'base/kustomization.yaml': 'resources: [app.yaml]\n',
      'base/app.yaml': argo('web', '{ source: { path: apps/a }, destination: { name: in-cluster } }'),
      'overlay/kustomization.yaml': `resources: [../base]\n${patch('apps/b')}`,
    }

    expect(units(files)).toEqual(['root overlay -> prod', 'web apps/b -> prod'])
    const { 'root.yaml': _, ...byHand } = files
    expect(units(byHand)).toEqual(['web apps/b -> in-cluster'])
  })

  it('Kustomizations of two clusters over one base, each patched', () => {
    const cluster = (name: string) => ({
      [`clusters/${name}/flux-system/gotk-sync.yaml`]: flux('flux-system', `{ path: ./clusters/${name} }`),
      [`clusters/${name}/tenants.yaml`]: flux('tenants', `{ path: ./tenants/${name} }`),
      [`tenants/${name}/kustomization.yaml`]: `resources: [../base]\npatches: [{ path: patch.yaml }]\n`,
      [`tenants/${name}/patch.yaml`]: flux('team', `{ path: ./apps/${name} }`),
      [`apps/${name}/vs.yaml`]: object(name),
    })
    const files = {
      ...cluster('prod'),
      ...cluster('staging'),
      'tenants/base/kustomization.yaml': 'resources: [team.yaml]\n',
      'tenants/base/team.yaml': flux('team', '{ interval: 5m }'),
    }

    expect(units(files)).toEqual([
      'flux-system clusters/prod -> prod',
      'flux-system clusters/staging -> staging',
      'team apps/prod -> prod',
      'team apps/staging -> staging',
      'tenants tenants/prod -> prod',
      'tenants tenants/staging -> staging',
    ])
    const team = found(files).units.find(({ key }) => key.endsWith('team apps/prod'))
    expect(team?.by.toSorted()).toEqual([
      'clusters/prod/flux-system/gotk-sync.yaml',
      'clusters/prod/tenants.yaml',
      'tenants/base/kustomization.yaml',
      'tenants/base/team.yaml',
      'tenants/prod/kustomization.yaml',
      'tenants/prod/patch.yaml',
    ])
  })

  it('variables of what delivers fill in what is delivered, and its ConfigMaps are those that are meant', () => {
    const cluster = (name: string) => ({
      [`clusters/${name}/sync.yaml`]: flux(
        'sync',
        `{ path: ./clusters/${name}, postBuild: { substitute: { cluster: ${name} } } }`,
      ),
      [`clusters/${name}/kustomization.yaml`]: 'resources: [sync.yaml, values.yaml, ../../shared]\n',
      [`clusters/${name}/values.yaml`]: values(`host: ${name}.example`),
      [`apps/${name}/vs.yaml`]: object(name),
    })
    const files = {
      ...cluster('prod'),
      ...cluster('staging'),
      'shared/kustomization.yaml': 'resources: [apps.yaml]\n',
      'shared/apps.yaml': flux(
        'apps',
        '{ path: "./apps/«cluster»", postBuild: { substituteFrom: [{ kind: ConfigMap, name: values }] } }',
      ),
    }

    expect(units(files)).toEqual([
      'apps apps/prod -> prod',
      'apps apps/staging -> staging',
      'sync clusters/prod -> prod',
      'sync clusters/staging -> staging',
    ])
    const hosts = found(files).units.flatMap(({ variables }) => variables?.values.get('host') ?? [])
    expect(hosts.toSorted()).toEqual(['prod.example', 'staging.example'])
  })

  it('what delivers itself alone is there, and what comes in a circle ends', () => {
    const itself = { 'a/app.yaml': argo('app', '{ source: { path: a } }') }
    expect(units(itself)).toEqual(['app a -> ?'])

    const turned = '[{ "op": "replace", "path": "/spec/path", "value": "b" }]'
    const circle = {
      'a/app.yaml': flux(
        'app',
        `{ path: a, patches: [{ target: { kind: Kustomization }, patch: '${turned}' }] }`,
      ),
      'b/vs.yaml': object('b'),
    }
    expect(units(circle)).toEqual(['app a -> ?', 'app b -> ?'])
    expect(found(circle).unknown).toMatchObject([{ code: 'circle', of: 'Kustomization flux-system/app' }])
  })

  it('an ApplicationSet that is delivered makes its Applications where it stands', () => {
    const set = `{ generators: [{ git: { directories: [{ path: 'apps/*' }] } }], template: { metadata: { name: '{{path.basename}}' }, spec: { source: { path: '{{path}}' }, destination: { name: in-cluster, namespace: '{{path.basename}}' } } } }`
    const files = {
      ...apps,
      'root.yaml': argo('root', '{ source: { path: sets }, destination: { name: prod } }'),
      'sets/set.yaml': argo('set', set, 'ApplicationSet'),
    }

    expect(units(files)).toEqual(['a apps/a -> prod', 'b apps/b -> prod', 'root sets -> prod'])
  })

  it('where one Argo CD cannot hold all Applications, nothing says which cluster in-cluster is', () => {
    const files = {
      ...apps,
      'prod/web.yaml': argo('web', '{ source: { path: apps/a }, destination: { name: in-cluster } }'),
      'staging/web.yaml': argo('web', '{ source: { path: apps/b }, destination: { name: in-cluster } }'),
      'staging/far.yaml': argo('far', '{ source: { path: apps/b }, destination: { name: edge } }'),
    }

    expect(units(files)).toEqual(['far apps/b -> edge', 'web apps/a -> ?', 'web apps/b -> ?'])
  })

  it('HelmReleases are found with the cluster that they stand in', () => {
    const release =
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: r, namespace: x }\nspec: {}\n'
    const { deployers } = found({
      'clusters/prod/sync.yaml': flux('sync', '{ path: ./clusters/prod }'),
      'clusters/prod/release.yaml': release,
    })

    expect(deployers.find(({ kind }) => kind === 'HelmRelease')).toMatchObject({ name: 'r', home: 'prod' })
  })
})

it('the units are the same whatever the order of the files', () => {
  const files = {
    'root.yaml': argo('root', '{ source: { path: children }, destination: { name: prod } }'),
    'children/kustomization.yaml': 'resources: [a.yaml, k.yaml]\nnamePrefix: x-\n',
    'children/a.yaml': argo('a', '{ source: { path: apps }, destination: { name: in-cluster } }'),
    'children/k.yaml': flux('k', '{ path: ./more }'),
    'apps/vs.yaml': object('a'),
    'more/vs.yaml': object('m'),
  }
  const expected = units(files)
  expect(expected).toEqual(['root children -> prod', 'x-a apps -> prod', 'x-k more -> prod'])
  const entries = Object.entries(files)
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (some) => {
      expect(units(Object.fromEntries(some))).toEqual(expected)
    }),
  )
})

it('what is delivered through any number of layers is what the last of them says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.constantFrom('prod', 'edge'), (depth, cluster) => {
      const layers = Array.from({ length: depth }, (_, at) => [
        `l${at}/app.yaml`,
        argo(`a${at}`, `{ source: { path: l${at + 1} }, destination: { name: in-cluster } }`),
      ])
      const files = {
        'root.yaml': argo('root', `{ source: { path: l0 }, destination: { name: ${cluster} } }`),
        ...Object.fromEntries(layers),
        [`l${depth}/vs.yaml`]: object('v'),
      }
      expect(new Set(found(files).units.map(({ destination }) => destination))).toEqual(new Set([cluster]))
    }),
  )
})

it('a document that does not read and names a deployer is named, unless it is a template of a chart', () => {
  const broken = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: {{ .x }} }\n`
  const files = { 'a.yaml': broken, 'c/Chart.yaml': 'name: c\n', 'c/templates/a.yaml': broken }

  expect(found(files).unknown).toMatchObject([{ code: 'unreadable', of: 'a.yaml' }])
})

it('what an ApplicationSet makes is what its Applications would be, written out', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
  const spec = (name: string) =>
    `{ source: { path: "apps/${name}" }, destination: { name: "${name}", namespace: "ns-${name}" } }`
  fc.assert(
    fc.property(
      names,
      fc.boolean(),
      fc.constantFrom('list', 'directories', 'files', 'matrix'),
      (all, isGo, kind) => {
        const [own, at] = isGo ? ['.', '.path.basename'] : ['', 'path.basename']
        const mark = kind === 'directories' ? `{{${at}}}` : `{{${own}who}}`
        const listed = `{ list: { elements: [${all.map((each) => `{ who: ${each} }`).join(', ')}] } }`
        const generator = {
          list: listed,
          directories: '{ git: { directories: [{ path: apps/* }] } }',
          files: '{ git: { files: [{ path: who }] } }',
          matrix: `{ matrix: { generators: [{ list: { elements: [{ x: z }] } }, ${listed}] } }`,
        }[kind]
        const text = `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: s, namespace: argocd }\nspec: { goTemplate: ${isGo}, generators: [${generator}], template: { metadata: { name: "${mark}" }, spec: ${spec(mark)} } }\n`
        const apps = all.map((each) => [`apps/${each}/vs.yaml`, object(each)])
        const inputs = all.map((each) => [`who/${each}.yaml`, `who: ${each}\n`])
        const written = all.map((each) => [`argo/${each}.yaml`, argo(each, spec(each))])
        const there = Object.fromEntries([...apps, ...inputs])

        expect(units({ ...there, 'argo/set.yaml': text })).toEqual(
          units({ ...there, ...Object.fromEntries(written) }),
        )
      },
    ),
  )
})

it('whatever stands in a deployer, nothing is thrown', () => {
  const word = fc.constantFrom(
    ...['spec', 'source', 'sources', 'path', 'generators', 'list', 'elements', 'git', 'files', 'directories'],
    ...[
      'matrix',
      'merge',
      'mergeKeys',
      'template',
      'metadata',
      'name',
      'destination',
      'kustomize',
      'directory',
    ],
    ...['selector', 'matchLabels', 'values', 'goTemplate', 'templatePatch', 'postBuild', 'substituteFrom'],
    ...['sourceRef', 'kubeConfig', 'sync', 'include', 'exclude', 'patches', 'clusters', 'plugin', 'x'],
  )
  const text = fc.constantFrom(
    'a',
    '*',
    '{{.x}}',
    '{{x}}',
    '{{ range . }}',
    '{{',
    '[',
    '../..',
    '',
    '**/{a',
    filled('«X»'),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(null)),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(word, tie('tree'), { maxKeys: 5 }),
    ),
  }))
  const kinds = fc.constantFrom(
    ['argoproj.io/v1alpha1', 'Application'],
    ['argoproj.io/v1alpha1', 'ApplicationSet'],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ['source.toolkit.fluxcd.io/v1', 'GitRepository'],
    ['fluxcd.controlplane.io/v1', 'FluxInstance'],
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(kinds, fc.dictionary(word, tree)), { maxLength: 3 }), (all) => {
      const written = all.map(([[apiVersion, kind], spec], at) => [
        `a/${at}.yaml`,
        JSON.stringify({ apiVersion, kind, metadata: { name: `n${at}` }, spec }),
      ])
      const { units: some } = found({ ...Object.fromEntries(written), 'a/vs.yaml': object('v') })
      expect(some.every(({ by }) => by.length > 0)).toBe(true)
    }),
  )
})
