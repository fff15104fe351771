import { delimiter } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { hasHelm, searchPath } from '../support/helm.ts'
import { expectContract } from './contract.ts'
import { clone, type Files, firebreak, folder, write } from './fake-terminal.ts'

const chart = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`
const service = (name: string, spec: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name} }\nspec: ${spec}\n`
const files: Files = {
  '.github/firebreak.yml': 'render: { helm: true }\n',
  'shop/Chart.yaml': chart('shop'),
  'shop/values.yaml': 'host: shop.example\n',
  'shop/templates/web.yaml': service(
    '{{ .Release.Name }}-web',
    '{ hosts: [{{ .Values.host }}], http: [{ match: [{ uri: { prefix: /cart } }], delegate: { name: cart, namespace: carts } }, { route: [{ destination: { host: web } }] }] }',
  ),
  'cart/Chart.yaml': chart('cart'),
  'cart/templates/cart.yaml': service(
    'cart',
    '{ http: [{ route: [{ destination: { host: {{ .Values.backend }} } }] }] }',
  ),
  'clusters/cart.yaml': release('cart', 'carts', '{ backend: cart }'),
  'clusters/shop.yaml': release('shop', 'shops', '{ host: prod.example }'),
}

function release(name: string, namespace: string, values: string): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  chart: { spec: { chart: ./${name}, sourceRef: { kind: GitRepository, name: flux-system } } }
  values: ${values}
`
}

describe.skipIf(!hasHelm)('where charts are rendered', () => {
  beforeEach(() => {
    vi.stubEnv('PATH', [searchPath, process.env['PATH']].join(delimiter))
    return () => vi.unstubAllEnvs()
  })

  it('routes shows what they give, by the template that wrote it', async () => {
    const { out, err } = await firebreak(folder(files), 'routes')

    expect(out).toBe(
      `prod.example inside the mesh
  /cart*   cart       cart   cart/templates/cart.yaml:1
  /*       shop-web   web    shop/templates/web.yaml:1
`,
    )
    expect(err).toBe('')
  })

  it('explain says who serves a request', async () => {
    const { out } = await firebreak(folder(files), 'explain', '.', 'GET http://prod.example/cart')

    expect(out).toContain('by carts/cart  (cart/templates/cart.yaml:1)')
  })

  it('graph draws who delegates to whom, and what of that changes', async () => {
    const { path, git } = clone(files)
    git('checkout', '--quiet', '-b', 'topic')
    write(path, { 'shop/templates/web.yaml': service('web', '{ hosts: [{{ .Values.host }}] }') })

    expect((await firebreak(folder(files), 'graph')).out).toMatch(/shops\/shop-web"\](?:.|\n)*\|"\/cart\*"\|/)
    expect((await firebreak(path, 'graph', '--base', 'main')).out).toMatch(/removed/)
  })

  it('layout has them as units of whoever releases them', async () => {
    const path = folder({
      ...files,
      'more/Chart.yaml': chart('more'),
      'more/templates/a.yaml': service('a', '{ hosts: [a] }'),
    })
    const { out } = await firebreak(path, 'layout')
    const { out: json } = await firebreak(path, 'layout', '--format', 'json')
    const layout = JSON.parse(json)

    expect(out).toContain(
      'HelmRelease shops/shop\n    the chart shop, namespace shops, said by clusters/shop.yaml',
    )
    expectContract('layout', layout)
    expect(layout.units).toMatchObject([
      { key: 'HelmRelease carts/cart', deployer: 'flux', takes: 'chart', meshObjects: 1 },
      { key: 'HelmRelease shops/shop', deployer: 'flux', takes: 'chart', meshObjects: 1 },
      { key: 'Chart more', deployer: 'helm', takes: 'chart', meshObjects: 1 },
    ])
    expect(layout.unknown).toEqual([])
  })

  it('what could not be rendered is said, and stands as it is written', async () => {
    const secret = {
      'clusters/shop.yaml': `${files['clusters/shop.yaml']}  valuesFrom: [{ kind: Secret, name: s }]\n`,
    }
    const { out, err } = await firebreak(folder({ ...files, ...secret }), 'routes')

    expect(err).toContain(
      'HelmRelease shops/shop is not rendered: some of its values are not in this repository',
    )
    expect(out).toContain('1 template: rendered by another tool ')
  })

  it('what helm refuses is said with its place', async () => {
    const refusing = { 'shop/templates/more.yaml': '\n{{ required "a name is needed" .Values.name }}\n' }
    const { err } = await firebreak(folder({ ...files, ...refusing }), 'routes')

    expect(err).toMatch(
      /HelmRelease shops\/shop is not deployed: helm says .*a name i.* \(shop\/templates\/more\.yaml:2\)/,
    )
  })

  it('without a helm that is said, too', async () => {
    vi.stubEnv('PATH', '/nowhere')
    const { code, err } = await firebreak(folder(files), 'routes')

    expect(code).toBe(0)
    expect(err).toContain(
      'HelmRelease shops/shop is not rendered: there is no helm 3 or 4 on the search path',
    )
  })
})
