import { describe, expect, it } from 'vitest'
import { createExplainer } from '../../../src/domain/routing/explain/explain-request.ts'
import type { Explanation } from '../../../src/domain/routing/explain/explanation.ts'
import {
  expectedRoutes,
  gatewayApiCases,
  gatewaysOn,
  meshesOf,
  shownRoutes,
  tablesOf,
  writtenAs,
} from '../../support/gateway-api-cases.ts'

/** What Git cannot say, or another part of the engine says: each with its reason. */
const notHere: ReadonlyMap<string, string> = new Map([
  ['gateways-25-https', 'whether the Secret is there: Git does not say it, and it is taken to be'],
])

const cases = gatewayApiCases.filter(([name]) => !notHere.has(name))

describe('the routes that Istio makes of the Gateway API', () => {
  it.each(cases)('%s', (name, own) => {
    const [mesh] = meshesOf(name, own).meshes
    for (const proxy of own.ask.proxies.filter(({ type }) => type === 'router')) {
      for (const [config, hosts] of Object.entries(own.proxies[proxy.name] ?? {})) {
        for (const {
          hosts: [host = ''],
          routes,
        } of hosts) {
          if (routes.length === 0 || routes.some(({ from }) => from.startsWith('default'))) continue
          const [table] =
            mesh === undefined ? [] : tablesOf(mesh, proxy, config).filter((each) => each.host === host)

          expect([config, host, shownRoutes(table?.routes ?? [])]).toEqual([
            config,
            host,
            expectedRoutes(routes),
          ])
        }
      }
    }
  })
})

function answerOf({ outcome, route }: Explanation): string {
  if (outcome === 'route' && route !== undefined) return writtenAs(route.from)
  return outcome === 'service' ? 'default of the service' : outcome === 'contested' ? 'contested' : '404'
}

describe('who answers a request, as Envoy did', () => {
  it.each(cases)('%s', (name, own) => {
    const { meshes, settings } = meshesOf(name, own)
    const explainer = createExplainer(meshes, settings)
    const [mesh] = meshes
    for (const { proxy: from, port, host, path, method, headers, outcome, from: by } of own.envoy ?? []) {
      const proxy = own.ask.proxies.find((each) => each.name === from)
      if (proxy === undefined || mesh === undefined || outcome === 'rejected-config' || outcome === 400)
        continue
      const expected = outcome === 'route' ? by : '404'
      const [gateway = 'mesh'] = gatewaysOn(mesh, proxy, port)
      const request = { method, scheme: 'http', authority: host, path, headers, port }
      const client =
        proxy.type === 'sidecar' ? { sourceNamespace: proxy.namespace, sourceLabels: proxy.labels } : {}
      const [answer] = explainer.explain({ ...request, ...client, gateway })

      expect([host, path, answer && answerOf(answer)]).toEqual([host, path, expected])
    }
  })
})
