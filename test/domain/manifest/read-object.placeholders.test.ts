import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../src/domain/manifest/json.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { rangeOf } from '../../../src/domain/source/located.ts'
import { said } from '../../support/said.ts'

const virtualService = {
  hosts: ['shop.example', '*.shop.example.org'],
  gateways: ['istio-system/ingress', 'own', 'mesh'],
  exportTo: ['.', 'other'],
  http: [
    {
      match: [
        {
          uri: { regex: '/a.*' },
          method: { exact: 'GET' },
          headers: { 'x-beta': { prefix: 'a' } },
          withoutHeaders: { 'x-no': { exact: 'b' } },
          queryParams: { q: { exact: '1' } },
          port: 80,
          sourceLabels: { app: 'web' },
          sourceNamespace: 'ns1',
          gateways: ['istio-system/ingress'],
          ignoreUriCase: true,
        },
      ],
      route: [
        { destination: { host: 'a', subset: 'v1', port: { number: 80 } }, weight: 10 },
        { destination: { host: 'b.ns1.svc.cluster.local' }, weight: 90 },
      ],
      rewrite: { uri: '/' },
      timeout: '5s',
      retries: { attempts: 2, perTryTimeout: '2s', retryOn: '5xx' },
      fault: {
        delay: { fixedDelay: '5s', percentage: { value: 1 } },
        abort: { httpStatus: 500, percentage: { value: 1 } },
      },
      mirror: { host: 'c' },
      mirrorPercentage: { value: 5 },
      corsPolicy: { allowOrigins: [{ exact: 'x' }], maxAge: '24h', allowCredentials: true },
      headers: { request: { set: { a: 'b' }, remove: ['c'] } },
    },
    { match: [{ uri: { prefix: '/r' } }], redirect: { uri: '/x', redirectCode: 302, port: 8080 } },
    { match: [{ uri: { prefix: '/d' } }], directResponse: { status: 200, body: { string: 'x' } } },
    { match: [{ uri: { prefix: '/s' } }], delegate: { name: 'x', namespace: 'y' } },
  ],
  tls: [
    {
      match: [{ port: 443, sniHosts: ['shop.example'], destinationSubnets: ['10.0.0.0/8'] }],
      route: [{ destination: { host: 'a', port: { number: 443 } } }],
    },
  ],
  tcp: [{ match: [{ port: 9 }], route: [{ destination: { host: 'a' }, weight: 1 }] }],
}

const gateway = {
  selector: { istio: 'ingressgateway' },
  servers: [
    { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['ns1/shop.example', '*'] },
    {
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      bind: '10.0.0.1',
      tls: { mode: 'SIMPLE', credentialName: 'x', minProtocolVersion: 'TLSV1_2' },
      hosts: ['*.example'],
    },
  ],
}

type Path = readonly (string | number)[]

function leavesOf(value: JsonValue, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each as JsonValue, [...path, key]))
}

function replaced(value: JsonValue, [key, ...rest]: Path, text: string): JsonValue {
  if (key === undefined) return text
  const copy = structuredClone(value) as Record<string | number, JsonValue>
  copy[key] = replaced(copy[key] ?? null, rest, text)
  return copy
}

function errorsOf(kind: string, spec: JsonValue): readonly string[] {
  const object = { apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'x', namespace: 'y' }, spec }
  const { diagnostics, unreadable } = parseManifests([{ path: 'a.yaml', text: JSON.stringify(object) }], {
    namespaceOf: () => undefined,
    version: { major: 1, minor: 30 },
  })
  return [
    ...diagnostics.filter(({ severity }) => severity === 'error').map(said),
    ...unreadable.map(({ diagnostic }) => `unreadable: ${said(diagnostic)}`),
  ]
}

const marks = ['$' + '{X}', '{{ .Values.x }}', '$(NAME)', 'a-$' + '{a.b}', '$' + '{X-d}']

describe.each([
  ['VirtualService', virtualService as JsonValue],
  ['Gateway', gateway as JsonValue],
])('a placeholder is nothing that blocks: %s', (kind, spec) => {
  it.each(leavesOf(spec).map((path) => [path.join('.'), path] as const))('in %s', (_, path) => {
    const before = errorsOf(kind, spec)
    for (const mark of marks) {
      const after = errorsOf(kind, replaced(spec, path, mark))
      expect(after.filter((message) => !before.includes(message))).toEqual([])
    }
  })
})

it('one fault is one finding, and a report', () => {
  const object = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'x', namespace: 'y' },
    spec: { servers: [{ ...gateway.servers[0], hosts: [`ns/${marks[0]}`] }] },
  }
  const { diagnostics } = parseManifests([{ path: 'a.yaml', text: JSON.stringify(object) }], {
    namespaceOf: () => undefined,
    version: { major: 1, minor: 30 },
  })

  expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning'])
})

it('a default is the value, of whatever type, and the place stays where it is written', () => {
  const name = '$' + '{NAME:=vs-1}'
  const port = '$' + '{PORT:=80}'
  const text = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: "${name}", namespace: ns1 }
spec: { http: [{ route: [{ destination: { host: a, port: { number: "${port}" } } }] }] }
`
  const { virtualServices, diagnostics } = parseManifests([{ path: 'a.yaml', text }], {
    namespaceOf: () => undefined,
    version: { major: 1, minor: 30 },
  })
  const [found] = virtualServices

  expect(diagnostics).toEqual([])
  expect(found?.name).toBe('vs-1')
  expect(found?.spec.http?.[0]?.route?.[0]?.destination?.port?.number).toBe(80)
  const range = found && rangeOf(found, 'name')
  expect(range && text.slice(range.start, range.end)).toContain(name)
})
