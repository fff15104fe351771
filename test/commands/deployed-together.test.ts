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
