import { describe, expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { rules } from '../../../src/domain/rules/index.ts'
import { runRules } from '../../../src/domain/rules/run-rules.ts'
import { gatewayService, httpRoute, kubernetesGateway, meshOfFiles } from '../../support/gateway-api.ts'

const around = { 'service.yaml': gatewayService, 'gateway.yaml': kubernetesGateway() }

/** What is found where a file comes to the usual ones. */
function foundFor(files: Readonly<Record<string, string>>) {
  const read = (all: Readonly<Record<string, string>>) =>
    parseManifests(
      Object.entries(all).map(([path, text]) => ({ path, text })),
      { namespaceOf: () => undefined, version: defaultIstioSettings.version },
    )
  const comparison = compare(read(around), read({ ...around, ...files }), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
  const found = runRules(rules, comparison, (rule) => rule.effect)
  return { changes: comparison.changes.length, codes: found.map(({ code }) => code) }
}

const missingOf = (files: Readonly<Record<string, string>>, name: string) => {
  const { gatewayApi } = meshOfFiles({ ...around, ...files })
  const object = gatewayApi?.all.find((each) => each.name === name)
  return object && gatewayApi?.missingOf(object).map(({ code }) => code)
}

const route = (text: string) => ({ 'route.yaml': text })

describe('what cannot be worked out is named, and asked as long as it is so', () => {
  it.each([
    [
      'a parent that is not here',
      httpRoute('login/a', { parents: '[{ name: other, namespace: istio-system }]' }),
      'parent-unknown',
    ],
    ['a version that is not known', httpRoute('login/a').replace('k8s.io/v1', 'k8s.io/v9'), 'other-shape'],
    [
      'a field that is not known',
      httpRoute('login/a').replace('spec:', 'spec:\n  mood: good'),
      'other-shape',
    ],
    [
      'a field of another type',
      httpRoute('login/a').replace('hostnames: ["shop.example"]', 'hostnames: 7'),
      'other-shape',
    ],
    ['no namespace', httpRoute('login/a').replace(', namespace: login', ''), 'no-namespace'],
    ['a placeholder', httpRoute('login/a', { path: '"$(PATH)"' }), 'filled-in'],
    [
      'a pool of models as a backend',
      httpRoute('login/a', {
        rules:
          '[{ backendRefs: [{ group: inference.networking.k8s.io, kind: InferencePool, name: p, port: 80 }] }]',
      }),
      'other-backend',
    ],
  ])('%s', (_, text, code) => {
    expect(missingOf(route(text), 'a')).toContain(code)
    expect(foundFor(route(text)).codes).toContain('unmodelled-change.object')
  })

  it('two of one name', () => {
    const files = { 'a.yaml': httpRoute('login/a'), 'b.yaml': httpRoute('login/a', { path: '/other' }) }

    expect(missingOf(files, 'a')).toContain('copies')
    expect(foundFor(files).codes).toContain('unmodelled-change.object')
  })

  it.each([
    [
      'a class that is not here',
      kubernetesGateway('own').replace('gatewayClassName: istio', 'gatewayClassName: other'),
      'class-unknown',
    ],
    [
      'a waypoint',
      kubernetesGateway('own').replace('gatewayClassName: istio', 'gatewayClassName: istio-waypoint'),
      'waypoint',
    ],
    [
      'a Service that is not here',
      kubernetesGateway('own').replace('value: istio-ingressgateway', 'value: other'),
      'service-unknown',
    ],
    [
      'one listener twice',
      kubernetesGateway(
        'own',
        'name: one, port: 80, protocol: HTTP }, { name: other, port: 80, protocol: HTTP, hostname: ""',
      ),
      'same-listener',
    ],
    [
      'one name of listeners twice',
      kubernetesGateway(
        'own',
        'name: one, port: 80, protocol: HTTP }, { name: one, port: 443, protocol: HTTP',
      ),
      'same-listener',
    ],
    ['another protocol', kubernetesGateway('own', 'name: tcp, port: 80, protocol: TCP'), 'other-protocol'],
  ])('a Gateway with %s', (_, text, code) => {
    expect(missingOf({ 'own.yaml': text }, 'own')).toContain(code)
    expect(foundFor({ 'own.yaml': text }).codes).toContain('unmodelled-change.object')
  })

  it('labels of a namespace that is not here', () => {
    const own = kubernetesGateway('own').replace(
      'from: All',
      'from: Selector, selector: { matchLabels: { exposed: "true" } }',
    )
    const files = {
      'own.yaml': own,
      ...route(httpRoute('login/a', { parents: '[{ name: own, namespace: istio-system }]' })),
    }

    expect(missingOf(files, 'a')).toEqual(['namespace-labels'])
    expect(missingOf(files, 'own')).toEqual(['used-by-unmodelled'])
  })
})

describe('what is wrong is found, or changes requests', () => {
  it.each([
    [
      'an unknown filter',
      httpRoute('login/a', {
        rules: '[{ filters: [{ type: Magic }], backendRefs: [{ name: a, port: 80 }] }]',
      }),
      'dropped-http-route',
    ],
    [
      'a dotted name of a Service',
      httpRoute('login/a', { rules: '[{ backendRefs: [{ name: a.login, port: 80 }] }]' }),
      'dropped-http-route',
    ],
    [
      'weights that are all 0',
      httpRoute('login/a', {
        rules: '[{ backendRefs: [{ name: a, port: 80, weight: 0 }, { name: b, port: 80, weight: 0 }] }]',
      }),
      'missing-backend',
    ],
    [
      'a section that is not there',
      httpRoute('login/a', { parents: '[{ name: k, namespace: istio-system, sectionName: x }]' }),
      'unattached-route',
    ],
    [
      'an expression that RE2 cannot read',
      httpRoute('login/a', {
        rules:
          '[{ matches: [{ path: { type: RegularExpression, value: "/x[" } }], backendRefs: [{ name: a, port: 80 }] }]',
      }),
      'envoy-regex-unreadable',
    ],
  ])('%s', (_, text, code) => {
    expect(foundFor(route(text)).codes).toContain(code)
  })

  it('two parents, each on its own', () => {
    const files = {
      'second.yaml': kubernetesGateway('second', 'name: alt, port: 443, protocol: HTTP'),
      ...route(
        httpRoute('login/a', {
          parents: '[{ name: k, namespace: istio-system }, { name: second, namespace: istio-system }]',
        }),
      ),
    }
    const { tables } = meshOfFiles({ ...around, ...files })

    expect(tables.map(({ ports, routes }) => [ports, routes.length])).toEqual([
      [[80], 2],
      [[443], 2],
    ])
    expect(foundFor(files).codes).toEqual(['missing-backend'])
  })

  it('of two protocols on one port the first is served', () => {
    const tls = 'name: other, port: 80, protocol: HTTPS, tls: { certificateRefs: [{ name: c }] }'
    const all = 'allowedRoutes: { namespaces: { from: All } }'
    const files = {
      'gateway.yaml': kubernetesGateway('k', `name: http, port: 80, protocol: HTTP, ${all} }, { ${tls}`),
      ...route(httpRoute('login/a')),
    }
    const { tables } = meshOfFiles({ ...around, ...files })

    expect(tables.map(({ gateway, ports }) => [gateway.replace(/.*~/, ''), ports])).toEqual([['http', [80]]])
    expect(missingOf(files, 'k')).toEqual([])
  })

  it('a thousand routes on one host', () => {
    const files = Object.fromEntries(
      Array.from({ length: 1000 }, (_, at) => [
        `r${at}.yaml`,
        httpRoute(`login/r${at}`, { path: `/p${at}` }),
      ]),
    )
    const { tables } = meshOfFiles({ ...around, ...files })

    expect(tables.map(({ routes }) => routes.length)).toEqual([2000])
  })

  it('a thousand routes that ask for the same', () => {
    const files = Object.fromEntries(
      Array.from({ length: 1000 }, (_, at) => [`r${at}.yaml`, httpRoute(`login/r${at}`)]),
    )
    const { gatewayApi } = meshOfFiles({ ...around, ...files })

    expect(gatewayApi?.lists.map(({ open }) => open.map(({ length }) => length))).toEqual([[1000]])
  })
})
