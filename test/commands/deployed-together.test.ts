import { describe, expect, it } from 'vitest'
import { type Attempt, checked } from '../support/attempt.ts'

type Files = Attempt['files']

const virtualService = (name: string, host: string, { namespace = 'shop', more = '' } = {}) =>
  `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`} }
spec:
  hosts: [${host}]
  gateways: [shop/edge]
  http:
    - ${more}route: [{ destination: { host: web } }]
`
const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*.example"] }]
`
const my = 'teams/catalog'
const inMine = (files: Readonly<Record<string, string | null>>): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${my}/${path}`, text]))
const play = (base: Readonly<Record<string, string>>, files: Readonly<Record<string, string | null>>) =>
  checked({
    way: '',
    setting: { files: inMine(base) as Record<string, string> },
    files: inMine(files),
    conclusion: 'success',
    waitsFor: [],
  })

describe('variants of one base', () => {
  const both = (more = '') => ({
    'deploy/dev-eastus/vs.yaml': virtualService('web', 'web.example', { more }),
    'deploy/dev-westus/vs.yaml': virtualService('web', 'web.example', { more }),
    'deploy/dev-eastus/gateway.yaml': gateway,
    'deploy/dev-westus/gateway.yaml': gateway,
  })

  it('that stand in folders are no duplicates of each other', async () => {
    const { conclusion, said } = await play(both(), both('timeout: 5s\n      '))

    expect(conclusion).toBe('success')
    expect(said).not.toMatch(/duplicate/)
  })

  it('each get what changes in the base, under the hosts that they have', async () => {
    const overlay = (host: string) =>
      `resources: [../../base]\npatches:\n  - target: { kind: VirtualService }\n    patch: '[{ "op": "replace", "path": "/spec/hosts/0", "value": "${host}" }]'\n`
    const base = {
      'base/kustomization.yaml': 'resources: [vs.yaml, gateway.yaml]\n',
      'base/gateway.yaml': gateway,
      'base/vs.yaml': virtualService('web', 'base.example'),
      'overlays/prod/kustomization.yaml': overlay('prod.example'),
      'overlays/staging/kustomization.yaml': overlay('staging.example'),
    }
    const { said } = await play(base, {
      'base/vs.yaml': virtualService('web', 'base.example', { more: 'timeout: 5s\n      ' }),
    })

    expect(said).toMatch(/prod\.example/)
    expect(said).toMatch(/staging\.example/)
    expect(said).not.toMatch(/base\.example/)
  })
})

describe('a part that only an overlay completes', () => {
  const base = {
    'base/kustomization.yaml': 'resources: [vs.yaml]\n',
    'base/vs.yaml':
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: web }\nspec: { gateways: [shop/edge] }\n',
    'prod/kustomization.yaml': 'namespace: shop\nresources: [../base]\npatches: [{ path: patch.yaml }]\n',
    'prod/patch.yaml':
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: web }\nspec: { hosts: [web.example], http: [{ route: [{ destination: { host: web } }] }] }\n',
  }

  it('is no invalid manifest, and neither is the patch', async () => {
    const { conclusion, said } = await play(base, {
      'prod/patch.yaml': base['prod/patch.yaml'].replace('host: web', 'host: web-2'),
    })

    expect(conclusion).toBe('success')
    expect(said).not.toMatch(/invalid-manifest/)
    expect(said).toMatch(/web-2/)
  })

  it('is taken away by a patch that deletes it', async () => {
    const { said } = await play(base, {
      'prod/patch.yaml':
        'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: web }\n$patch: delete\n',
    })

    expect(said).not.toMatch(/invalid-manifest/)
    expect(said).toMatch(/web\.example/)
  })
})

describe('what says the same in another place', () => {
  it('is nothing: a namespace that moves into the kustomization', async () => {
    const { title } = await play(
      {
        'kustomization.yaml': 'resources: [vs.yaml, gateway.yaml]\n',
        'gateway.yaml': gateway,
        'vs.yaml': virtualService('web', 'web.example'),
      },
      {
        'kustomization.yaml': 'namespace: shop\nresources: [vs.yaml, gateway.yaml]\n',
        'vs.yaml': virtualService('web', 'web.example', { namespace: '' }),
      },
    )

    expect(title).toMatch(/no request changes/)
  })

  it('is nothing: a folder that is renamed with all of its files', async () => {
    const files = { 'vs.yaml': virtualService('web', 'web.example'), 'gateway.yaml': gateway }
    const at = (folder: string, gone = false) =>
      Object.fromEntries(
        Object.entries(files).map(([name, text]) => [`${folder}/${name}`, gone ? null : text]),
      )
    const { conclusion, title } = await play(at('old') as Record<string, string>, {
      ...at('old', true),
      ...at('new'),
    })

    expect(conclusion).toBe('success')
    expect(title).toMatch(/no request changes/)
  })
})

it('a prefix over a primary and its secondary breaks the delegate, and that is told', async () => {
  const files = {
    'kustomization.yaml': 'resources: [root.yaml, part.yaml, gateway.yaml]\n',
    'gateway.yaml': gateway,
    'root.yaml': virtualService('root', 'web.example').replace(
      'route: [{ destination: { host: web } }]',
      'delegate: { name: part, namespace: shop }',
    ),
    'part.yaml':
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: part, namespace: shop }\nspec: { http: [{ route: [{ destination: { host: web } }] }] }\n',
  }
  const { conclusion, said } = await play(files, {
    'kustomization.yaml': `${files['kustomization.yaml']}namePrefix: prod-\n`,
  })

  expect(conclusion).toBe('failure')
  expect(said).toMatch(/missing-secondary/)
})

it('one name in folders that have nothing else in common is a collision, and no variant', async () => {
  const app = (name: string) => ({
    [`apps/${name}/vs.yaml`]: virtualService('seerr', `${name}.example`),
    [`apps/${name}/deployment.yaml`]: `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\nspec: {}\n`,
    [`apps/${name}/service.yaml`]: `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { ports: [{ port: 80 }] }\n`,
  })
  const { said } = await play(app('one'), app('two'))

  expect(said).toMatch(/shop\/seerr is also defined/)
})

describe('a build that fails', () => {
  const files = {
    'kustomization.yaml': 'resources: [vs.yaml, gateway.yaml]\n',
    'gateway.yaml': gateway,
    'vs.yaml': virtualService('web', 'web.example'),
  }
  const broken = { 'kustomization.yaml': 'resources: [vs.yaml, gateway.yaml, gone.yaml]\n' }

  it('is no missing route: the cluster keeps what it has', async () => {
    const { conclusion, title, said } = await play(files, broken)

    expect(conclusion).toBe('failure')
    expect(title).toMatch(/teams\/catalog does not build/)
    expect(said).toMatch(/gone\.yaml is not there/)
    expect(said).not.toMatch(/404/)
  })

  it('blocks nobody who did not break it', async () => {
    const { conclusion } = await play({ ...files, ...broken }, { 'README.md': 'x\n' })

    expect(conclusion).toBe('success')
  })
})

describe('what is called otherwise', () => {
  const swap = (files: Readonly<Record<string, string>>, from: string, to: string) => ({
    ...Object.fromEntries(Object.keys(files).map((path) => [path, null])),
    ...Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path.replace(from, to), text.replaceAll(from, to)]),
    ),
  })
  const short = (namespace: string) => ({
    'vs.yaml': virtualService('web', 'web.example', { namespace }).replace('shop/edge', 'edge'),
    // Pods of one's own, so that nobody else's hosts are there.
    'gateway.yaml': gateway.replace('shop', namespace).replace('ingressgateway', 'own'),
  })
  const under = (folder: string, files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))
  const variants = {
    ...under('deploy/dev-eastus', short('shop')),
    ...under('deploy/dev-westus', short('shop')),
  }

  it('is nothing: a variant whose folder is renamed', async () => {
    const { conclusion, title } = await play(variants, swap(variants, 'dev-eastus', 'dev-eastus2'))

    expect(conclusion).toBe('success')
    expect(title).toMatch(/no request changes/)
  })

  it('is nothing: an overlay whose folder is renamed', async () => {
    const overlays = {
      ...under('base', { ...short('shop'), 'kustomization.yaml': 'resources: [vs.yaml, gateway.yaml]\n' }),
      'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
      'overlays/stage/kustomization.yaml': 'resources: [../../base]\n',
    }
    const { conclusion, title } = await play(overlays, swap(overlays, 'overlays/prod', 'overlays/production'))

    expect(conclusion).toBe('success')
    expect(title).toMatch(/no request changes/)
  })

  it('is nothing: a Gateway, with those who are bound to it', async () => {
    const { conclusion, title } = await play(short('shop'), swap(short('shop'), 'edge', 'entry'))

    expect(conclusion).toBe('success')
    expect(title).toMatch(/no request changes/)
  })

  const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all, namespace: argocd }
spec:
  generators: [{ git: { repoURL: "https://git/shop", directories: [{ path: "${my}/apps/*" }] } }]
  template:
    metadata: { name: '{{path.basename}}' }
    spec: { source: { repoURL: "https://git/shop", path: '{{path}}' }, destination: { namespace: '{{path.basename}}', name: in-cluster } }
`

  it('is a change and no 404: a folder that names the namespace', async () => {
    const unplaced = Object.fromEntries(
      Object.entries(short('shop')).map(([path, text]) => [path, text.replace(', namespace: shop', '')]),
    )
    const apps = under('apps/old', unplaced)
    const { conclusion, title, said } = await play(
      { ...apps, 'set.yaml': set },
      swap(apps, 'apps/old', 'apps/new'),
    )

    expect(conclusion).toBe('success')
    expect(title).toMatch(/moves from old\/web to new\/web/)
    expect(said).toMatch(/today +web\.old.*\n +after merge +web\.new/)
    expect(said).not.toMatch(/404/)
  })

  it.each([
    [
      'Flux',
      (path: string) =>
        `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: web, namespace: flux-system }\nspec: { path: ./${my}/${path}, targetNamespace: shop, sourceRef: { kind: GitRepository, name: flux-system } }\n`,
    ],
    [
      'Argo CD',
      (path: string) =>
        `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec: { source: { repoURL: "https://git/shop", path: ${my}/${path} }, destination: { namespace: shop, name: in-cluster } }\n`,
    ],
  ])('is nothing: a folder that %s delivers', async (_, deployer) => {
    const files = under('old', short('shop'))
    const { conclusion, title } = await play(
      { ...files, 'deployer.yaml': deployer('old') },
      { ...swap(files, 'old', 'new'), 'deployer.yaml': deployer('new') },
    )

    expect(conclusion).toBe('success')
    expect(title).not.toMatch(/404/)
    expect(title).toMatch(/no request changes|nothing else|Argo CD|Flux|above the manifests/)
  })

  it('asks the administrators of the primaries of a variant that is called otherwise', async () => {
    const primary = virtualService('root', 'web.example', {}).replace(
      'route: [{ destination: { host: web } }]',
      'delegate: { name: web, namespace: shop }',
    )
    const secondary = virtualService('web', '').replace(/ {2}hosts.*\n {2}gateways.*\n/, '')
    const each = (folder: string) =>
      under(`deploy/${folder}`, { 'r.yaml': primary, 's.yaml': secondary, 'g.yaml': gateway })
    const files = { ...each('east'), ...each('west') }
    const owned = (path: string) => path.replace(/^/, 'shop/')
    const at = (some: Readonly<Record<string, string | null>>) =>
      Object.fromEntries(Object.entries(some).map(([path, text]) => [owned(path), text]))
    const { waitsFor, said } = await checked({
      way: '',
      setting: {
        files: at(files) as Record<string, string>,
        codeowners:
          '/mesh/ @bookinfo/mesh-admins\n/shop/ @bookinfo/catalog\n/shop/**/r.yaml @bookinfo/mesh-admins\n',
      },
      files: at(swap(files, 'deploy/east', 'deploy/north')),
      conclusion: 'action_required',
      waitsFor: [],
    })

    expect(waitsFor).toEqual(['mesh-admins'])
    expect(said).toMatch(/the mesh east would be called north, after another folder/)
  })

  it('asks the administrators about a cluster that nothing is delivered to today', async () => {
    const to = (cluster: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${cluster}, namespace: argocd }\nspec: { source: { repoURL: "https://git/shop", path: ${my}/web }, destination: { namespace: shop, name: ${cluster} } }\n`
    const files = { ...under('web', short('shop')), 'a.yaml': to('a'), 'b.yaml': to('b') }
    const { waitsFor, said } = await play(files, { 'c.yaml': to('c') })

    expect(waitsFor).toEqual(['mesh-admins'])
    expect(said).toMatch(/c would get its first objects from here/)
  })
})

describe('an overlay over what another team wrote', () => {
  const patch = (timeout: string) =>
    `namespace: ns9\nresources: [../../login]\npatches:\n  - target: { kind: VirtualService }\n    patch: '[{ "op": "add", "path": "/spec/http/0/timeout", "value": "${timeout}" }]'\n`
  const written = (more = '') => virtualService('web', 'web.example', { namespace: 'ns1', more })
  const files = {
    'teams/login/kustomization.yaml': 'resources: [own.yaml]\n',
    'teams/login/own.yaml': written(),
    'teams/catalog/over/kustomization.yaml': patch('1s'),
  }
  const played = (by: string, changed: Files) =>
    checked({ way: '', by, setting: { files }, files: changed, conclusion: 'success', waitsFor: [] })

  it('is its owners’: who wrote it is told', async () => {
    const { conclusion, title, said } = await played('carla', {
      'teams/catalog/over/kustomization.yaml': patch('2s'),
    })

    expect(conclusion).toBe('success')
    expect(title).toMatch(/login is told, not asked/)
    expect(said).toMatch(/catalog, login is told; changed/)
  })

  it('is its owners’: they are asked when what is written changes their requests', async () => {
    const { waitsFor, said } = await played('lina', {
      'teams/login/own.yaml': written('retries: { attempts: 2 }\n      '),
    })

    expect(waitsFor).toEqual(['catalog'])
    expect(said).toMatch(/catalog: requests to web\.example such as GET \/ would be treated differently/)
  })
})
