import { expect, it } from 'vitest'
import { budgets } from '../../../../src/domain/budgets.ts'
import { identityOf } from '../../../../src/domain/manifest/names.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { type ShownTable, shownTables } from '../../../../src/domain/routing/copies/shown-tables.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { leftOutOfTables } from '../../../../src/domain/routing/left-out-of-tables.ts'
import { supplierOf } from '../../../../src/domain/routing/route-table.ts'
import { takeSnapshot } from '../../../../src/domain/routing/snapshot.ts'

const object = (kind: string, name: string, spec: string) => {
  const [own, namespace] = name.split('/').toReversed()
  const meta = `name: ${own}${namespace === undefined ? '' : `, namespace: ${namespace}`}`
  return `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { ${meta} }\nspec: ${spec}\n`
}
const to = (host: string) => `http: [{ route: [{ destination: { host: ${host} } }] }]`
const vs = (name: string, host: string, target: string, rest = '') =>
  object('VirtualService', name, `{ hosts: [${host}], ${rest} ${to(target)} }`)
const gateway = (name: string, host: string) =>
  object(
    'Gateway',
    name,
    `{ selector: { istio: edge }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${host}] }] }`,
  )

function shown(files: Readonly<Record<string, string>>) {
  const read = Object.entries(files).map(([path, text]) => ({ path, text }))
  const manifests = parseManifests(read, {
    namespaceOf: () => undefined,
    version: defaultIstioSettings.version,
  })
  const options = {
    settings: defaultIstioSettings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => new Set(manifests.gateways.map(identityOf)),
  }
  const snapshot = takeSnapshot(manifests, options)
  const tables = snapshot.meshes.flatMap((mesh) => shownTables(mesh, options))
  return { tables, leftOut: leftOutOfTables({ snapshot, tables, files: read, unread: [], excluded: [] }) }
}

/** A table as text: gateway, host, the copies that live, and the files of its routes. */
function lineOf({ gateway: at, host, living = [], routes }: ShownTable): string {
  const where = living.length === 0 ? '' : ` if ${living.map(({ file }) => file.path).join(' and ')}`
  return `${at} ${host}${where}: ${routes.map((route) => supplierOf(route).file.path).join(', ')}`
}

const lines = (files: Readonly<Record<string, string>>) => shown(files).tables.map(lineOf)

it('of two copies that differ both are shown, the last one by path first', () => {
  const files = { 'a.yaml': vs('ns/web', 'web.example', 'a'), 'b.yaml': vs('ns/web', 'web.example', 'b') }

  expect(lines(files)).toEqual(['mesh web.example: b.yaml', 'mesh web.example if a.yaml: a.yaml'])
  expect(shown(files).leftOut).toEqual([])
})

it('a host that only one copy has is shown, and nothing twice', () => {
  const files = {
    'a.yaml': vs('ns/web', 'old.example', 'a'),
    'b.yaml': vs('ns/web', 'new.example', 'b'),
    'c.yaml': vs('ns/other', 'other.example', 'c'),
  }

  expect(lines(files)).toEqual([
    'mesh new.example: b.yaml',
    'mesh other.example: c.yaml',
    'mesh old.example if a.yaml: a.yaml',
  ])
})

it('copies of one file live together, a Gateway with its VirtualService', () => {
  const both = (host: string) => `${gateway('ns/gw', host)}---\n${vs('ns/web', host, 'a', 'gateways: [gw],')}`

  expect(lines({ 'a.yaml': both('a.example'), 'b.yaml': both('b.example') })).toEqual([
    'ns/gw b.example: b.yaml',
    'ns/gw a.example if a.yaml and a.yaml: a.yaml',
  ])
})

it('a VirtualService that only another copy of its Gateway serves is shown with that', () => {
  const files = {
    'a.yaml': gateway('ns/gw', 'a.example'),
    'b.yaml': gateway('ns/gw', 'b.example'),
    'v.yaml': vs('ns/web', 'a.example', 'web', 'gateways: [gw],'),
  }

  expect(lines(files)).toEqual(['ns/gw a.example if a.yaml: v.yaml'])
})

it('copies of a secondary are shown in the table of its primary', () => {
  const primary = object(
    'VirtualService',
    'ns/p',
    '{ hosts: [p.example], http: [{ match: [{ uri: { prefix: / } }], delegate: { name: s } }] }',
  )
  const secondary = (host: string) => object('VirtualService', 'ns/s', `{ ${to(host)} }`)

  expect(lines({ 'a.yaml': secondary('a'), 'b.yaml': secondary('b'), 'p.yaml': primary })).toEqual([
    'mesh p.example: b.yaml',
    'mesh p.example if a.yaml: a.yaml',
  ])
})

it('two of one name in one file are shown one by one', () => {
  const file = ['a', 'b', 'c'].map((host) => vs('ns/web', `${host}.example`, host)).join('---\n')

  expect(shown({ 'a.yaml': file }).tables.map(({ host }) => host)).toEqual([
    'c.example',
    'a.example',
    'b.example',
  ])
})

it('copies that say the same are named beside one of them', () => {
  const web = vs('ns/web', 'web.example', 'a')
  const { tables, leftOut } = shown({ 'a.yaml': web, 'b.yaml': web, 'c.yaml': `# the same\n${web}` })

  expect(tables.map(lineOf)).toEqual(['mesh web.example: c.yaml'])
  expect(tables[0]?.alike?.map(({ file }) => file.path)).toEqual(['a.yaml', 'b.yaml'])
  expect(leftOut).toEqual([])
})

it('copies of what is never asked make no tables of their own', () => {
  const { tables, leftOut } = shown({
    'a.yaml': vs('ns/first', 'web.example', 'first'),
    'b.yaml': vs('ns/second', 'web.example', 'b'),
    'c.yaml': vs('ns/second', 'web.example', 'c'),
  })

  expect(tables.map(lineOf)).toEqual(['mesh web.example: a.yaml'])
  expect(tables[0]?.neither?.map(({ file }) => file.path)).toEqual(['b.yaml'])
  expect(leftOut).toEqual([])
})

it('of one name without a namespace each is shown by itself where the mesh asks another one', () => {
  const files = { 'a.yaml': vs('web', 'web.example', 'a'), 'b.yaml': vs('web', 'web.example', 'b') }

  expect(lines(files)).toEqual(['mesh web.example: a.yaml', 'mesh web.example if b.yaml: b.yaml'])
})

it('of one name without a namespace both stand at a gateway', () => {
  const files = {
    'a.yaml': vs('web', 'web.example', 'a', 'gateways: [ns/gw],'),
    'b.yaml': vs('web', 'web.example', 'b', 'gateways: [ns/gw],'),
    'g.yaml': gateway('ns/gw', 'web.example'),
  }

  expect(lines(files)).toEqual(['ns/gw web.example: a.yaml, b.yaml'])
})

it('beyond the budget copies are counted', () => {
  const count = budgets.shownCopies.size + 3
  const files = Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `f${String(at).padStart(3, '0')}.yaml`,
      vs('ns/web', `h${at}.example`, 'a'),
    ]),
  )
  const { tables, leftOut } = shown(files)

  expect(tables).toHaveLength(budgets.shownCopies.size + 1)
  expect(leftOut).toEqual([
    { reason: 'copy', count: 2, example: 'f032.yaml', files: ['f032.yaml', 'f033.yaml'] },
  ])
})

it.each([
  ['different names', { 'a.yaml': vs('ns/a', 'a.example', 'a'), 'b.yaml': vs('ns/b', 'b.example', 'b') }],
  ['different namespaces', { 'a.yaml': vs('x/a', 'a.example', 'a'), 'b.yaml': vs('y/a', 'a.example', 'b') }],
  [
    'names that are filled in',
    { 'a.yaml': vs('ns/\u0024{A}', 'a.example', 'a'), 'b.yaml': vs('ns/\u0024{A}', 'b.example', 'b') },
  ],
  ['no namespace, other hosts', { 'a.yaml': vs('a', 'a.example', 'a'), 'b.yaml': vs('a', 'b.example', 'b') }],
])('there is nothing beside the tables of %s', (_, files) => {
  expect(shown(files).tables.filter(({ living }) => living !== undefined)).toEqual([])
})
