import { expect, it } from 'vitest'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { leftOutOfTables } from '../../../src/domain/routing/left-out-of-tables.ts'
import { takeSnapshot } from '../../../src/domain/routing/snapshot.ts'

const vs = (name: string, spec: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: "${name}", namespace: ns }\nspec: ${spec}\n`
const route = 'http: [{ route: [{ destination: { host: a } }] }]'
const ordinary = vs('a', `{ hosts: [a.example], ${route} }`)
const tcp = vs('b', '{ hosts: ["*"], gateways: [gw], tcp: [{ route: [{ destination: { host: a } }] }] }')
const gateway =
  'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: gw, namespace: ns }\nspec: { selector: { a: b }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [x.example] }] }\n'

function leftOut(files: Readonly<Record<string, string>>, excluded: readonly string[] = []) {
  const read = Object.entries(files).map(([path, text]) => ({ path, text }))
  const manifests = parseManifests(read, {
    namespaceOf: () => undefined,
    version: defaultIstioSettings.version,
  })
  const snapshot = takeSnapshot(manifests, {
    settings: defaultIstioSettings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => new Set(['ns/gw']),
  })
  const tables = snapshot.meshes.flatMap((mesh) => mesh.tables)
  return leftOutOfTables({ snapshot, tables, files: read, unread: [], excluded })
}

it('what is in a table is not left out, and neither is who delegates to whom', () => {
  const primary = vs('p', '{ hosts: [p.example], http: [{ delegate: { name: s } }] }')

  expect(
    leftOut({ 'a.yaml': ordinary, 'p.yaml': primary, 's.yaml': vs('s', `{ ${route} }`), 'gw.yaml': gateway }),
  ).toEqual([])
})

it.each([
  ['template', { 'b.yaml': vs('b', '{{ .Values.spec }}'), 'c.yaml': `${vs('c', '{ }')}  {{- end }}\n` }],
  ['unreadable', { 'b.yaml': `${ordinary}  : [` }],
  ['unreadable', { 'b.yaml': vs('b', '[1]') }],
  [
    'part',
    {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{ path: b.yaml }]\n',
      'b.yaml': vs('a', '{ hosts: [b.example] }'),
    },
  ],
  ['placeholder', { 'b.yaml': vs('\u0024{NAME}', `{ ${route} }`) }],
  ['no-requests', { 'b.yaml': tcp, 'gw.yaml': gateway.replaceAll('HTTP', 'TCP') }],
  ['copy', { 'a.yaml': vs('z', `{ hosts: [z.example], ${route} }`), 'b.yaml': ordinary, 'c.yaml': ordinary }],
  ['undelegated', { 'b.yaml': vs('b', `{ ${route} }`) }],
  ['unserved', { 'b.yaml': vs('b', `{ hosts: [b.example], gateways: [gw], ${route} }`), 'gw.yaml': gateway }],
  ['other-kind', { 'b.yaml': ordinary.replace('VirtualService', 'Sidecar') }],
] as const)('%s is told, with the path', (reason, files) => {
  const found = leftOut({ 'a.yaml': ordinary, ...files })

  expect(found).toContainEqual({
    reason,
    count: expect.any(Number),
    example: 'b.yaml',
    files: expect.arrayContaining(['b.yaml']),
  })
  expect(found).toHaveLength(1)
})

it.each([
  ['a host', `{ hosts: ["\u0024{HOST}"], ${route} }`],
  ['a gateway', `{ hosts: [b.example], gateways: ["\u0024{GW}"], ${route} }`],
])('what stands in a table is not left out because another tool fills in %s', (_, spec) => {
  expect(leftOut({ 'b.yaml': vs('b', spec) })).toEqual([])
})

it('an assertion of a test is one, and not a part', () => {
  const files = {
    'tests/e2e/a/00-install.yaml': ordinary,
    'tests/e2e/a/00-assert.yaml': ordinary,
  }

  expect(leftOut(files)).toEqual([
    {
      reason: 'assertion',
      count: 1,
      example: 'tests/e2e/a/00-assert.yaml',
      files: ['tests/e2e/a/00-assert.yaml'],
    },
  ])
})

it('what is excluded is counted, and the first of its paths is the example', () => {
  expect(leftOut({ 'a.yaml': ordinary }, ['z/b.yaml', 'z/a.yaml'])).toEqual([
    { reason: 'excluded', count: 2, example: 'z/a.yaml', files: ['z/a.yaml', 'z/b.yaml'] },
  ])
})

it('a file that only speaks of the mesh is none of it', () => {
  expect(
    leftOut({
      'rbac.yaml':
        'kind: Role\napiVersion: rbac.authorization.k8s.io/v1\nrules: [{ apiGroups: [networking.istio.io] }]\n',
    }),
  ).toEqual([])
})
