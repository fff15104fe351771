import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { expectContract } from './contract.ts'
import { firebreak, folder } from './fake-terminal.ts'
import { shop, shopWith } from './shop.ts'

it('prints each table in the order in which its routes are tried, and what was dropped', async () => {
  const dropped = shopWith('teams/cart.yaml', ['prefix: /cart/items', 'exact: /account'])

  const { code, out } = await firebreak(folder(dropped), 'routes')

  expect(out).toBe(
    `shop.example on mesh/edge
  /about   pages of pages   pages   teams/pages.yaml:7
  dropped: cart, since the secondary's match /account is not within any match of shop (uri)   teams/cart.yaml:6
`,
  )
  expect(code).toBe(0)
})

it('is the contract as JSON', async () => {
  const { out } = await firebreak(folder(shop), 'routes', '.', '--format', 'json')

  const routes = JSON.parse(out)
  expectContract('routes', routes)
  expect(routes.tables).toMatchObject([
    {
      mesh: 'default',
      gateway: 'mesh/edge',
      host: 'shop.example',
      routes: [
        {
          primary: 'mesh/shop',
          secondary: 'teams/cart',
          file: 'teams/cart.yaml',
          line: 6,
          http: { match: [{ uri: { prefix: '/cart/items' } }] },
        },
        { secondary: 'teams/pages' },
      ],
    },
  ])
})

it('ends with what it left out, and why', async () => {
  const secondary =
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: x, namespace: other }\n'
  const path = folder({
    ...shop,
    'chart/templates/vs.yaml': `${secondary}spec: {{ .Values.spec }}\n`,
    'old/a.yaml': secondary,
    'old/b.yaml': secondary,
    'new/x.yaml': `${secondary}spec: { http: [{ route: [{ destination: { host: a } }] }] }\n`,
    '.github/firebreak.yml': 'manifests: { exclude: [old/**] }\n',
  })

  const { out } = await firebreak(path, 'routes')
  const { out: json } = await firebreak(path, 'routes', '--format', 'json')

  expect(out.slice(out.indexOf('Left out'))).toBe(`Left out
  1 template: rendered by another tool                          chart/templates/vs.yaml
  2 files: excluded by the configuration                        old/a.yaml
  1 VirtualService: no hosts, and nobody here delegates to it   new/x.yaml
`)
  expectContract('routes', JSON.parse(json))
  expect(JSON.parse(json).leftOut).toEqual([
    { reason: 'template', count: 1, example: 'chart/templates/vs.yaml', files: ['chart/templates/vs.yaml'] },
    { reason: 'excluded', count: 2, example: 'old/a.yaml', files: ['old/a.yaml', 'old/b.yaml'] },
    { reason: 'undelegated', count: 1, example: 'new/x.yaml', files: ['new/x.yaml'] },
  ])
})

it('says which copy a table is of, who is not asked, and who has no route', async () => {
  const object = (name: string, spec: string) =>
    `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: ns }\nspec: ${spec}\n`
  const to = (host: string) =>
    `{ hosts: [web.example], http: [{ route: [{ destination: { host: ${host} } }] }] }`
  const path = folder({
    'a.yaml': object('web', to('one')),
    'b.yaml': object('web', to('two')),
    'c.yaml': object('web', to('two')),
    'd.yaml': object('web-beta', to('three')),
    'e.yaml': object('x', '{ hosts: [web.example], exportTo: [ns] }'),
  })

  const { out } = await firebreak(path, 'routes')
  const { out: json } = await firebreak(path, 'routes', '--format', 'json')

  expect(out).toBe(`web.example inside the mesh
  /*   web   two   c.yaml:4
  not asked: web-beta, since inside the mesh another VirtualService has the host to itself   d.yaml:1
  no answer: x, since it has no route for requests   e.yaml:1
  ns/web is written alike in b.yaml:1

web.example inside the mesh
  where VirtualService ns/web is that of a.yaml:1
  /*   web   one   a.yaml:4
  not asked: web-beta, since inside the mesh another VirtualService has the host to itself   d.yaml:1
  no answer: x, since it has no route for requests   e.yaml:1
`)
  expectContract('routes', JSON.parse(json))
  expect(JSON.parse(json).tables).toMatchObject([
    {
      virtualServices: [
        { name: 'ns/web', file: 'c.yaml', line: 1, answers: 'asked' },
        { name: 'ns/web-beta', answers: 'not-asked' },
        { name: 'ns/x', answers: 'no-routes' },
        { name: 'ns/web', file: 'b.yaml', answers: 'copy' },
      ],
    },
    { copies: [{ name: 'VirtualService ns/web', file: 'a.yaml', line: 1 }] },
  ])
})

it('an empty directory has no tables', async () => {
  const { code, out } = await firebreak(folder(), 'routes', '.', '--format', 'json')

  expect(JSON.parse(out)).toEqual({ schema: 'firebreak/1', tables: [] })
  expect(code).toBe(0)
})

it('reports a symbolic link and does not follow it', async () => {
  const path = folder(shop)
  symlinkSync(join(path, 'teams/cart.yaml'), join(path, 'link.yaml'))

  const { code, out, err } = await firebreak(path, 'routes')

  expect(err).toBe('link.yaml is left out: it is a symbolic link\n')
  expect(out.split('\n').filter((line) => line.includes('link.yaml'))).toEqual([
    '  1 file or object: cannot be read   link.yaml',
  ])
  expect(code).toBe(0)
})

it('reads the configuration, and says where it is wrong', async () => {
  const elsewhere = { ...shop, '.github/firebreak.yml': 'manifests: { exclude: ["teams/pages.yaml"] }\n' }
  const wrong = { ...shop, '.github/firebreak.yml': 'manifest: {}\n' }

  expect((await firebreak(folder(elsewhere), 'routes')).out).not.toContain('/about')
  expect((await firebreak(folder(wrong), 'routes')).err).toContain('.github/firebreak.yml:1 ')
})
