import { describe, expect, it } from 'vitest'
import { budgets } from '../../../src/domain/budgets.ts'
import { compare } from '../../../src/domain/diff/compare.ts'
import type { RouteChange } from '../../../src/domain/diff/route-change.ts'
import type { HTTPRoute } from '../../../src/domain/manifest/virtual-service.ts'
import { describeRequests } from '../../../src/domain/match/describe-request-set.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { manifests, virtualService } from '../../support/meshes.ts'

const destination = { route: [{ destination: { host: 'a' } }] }
const entries = (match: (at: number) => HTTPRoute['match']): readonly HTTPRoute[] =>
  Array.from({ length: 400 }, (_, at) => {
    const own = match(at)
    return { ...destination, ...(own && { match: own }) }
  })

/** What somebody may write to make a host cost as much as possible. */
const hostile: Readonly<Record<string, readonly HTTPRoute[]>> = {
  'placeholders in paths': entries((at) => [{ uri: { prefix: `/\${P${at}}` } }]),
  'placeholders in headers': entries((at) => [{ headers: { a: { exact: `\${H${at}}` } } }]),
  'pairs of headers': entries((at) => [
    { headers: { [`a${at % 50}`]: { exact: 'x' }, [`b${at % 41}`]: { exact: 'y' } } },
  ]),
  'a path longer than any set may be': [
    { ...destination, match: [{ uri: { exact: `/${'x'.repeat(budgets.largestOperation.size)}` } }] },
  ],
}

const on = (host: string, http: readonly HTTPRoute[]) =>
  virtualService(`n/${host}`, { hosts: [host], gateways: ['n/gw'], http })

/** Every timeout changes, on all hosts. */
function changesOf(hosts: Readonly<Record<string, readonly HTTPRoute[]>>) {
  const side = (timeout: string) =>
    manifests(
      Object.entries(hosts).map(([host, http]) =>
        on(
          host,
          http.map((each) => ({ ...each, timeout })),
        ),
      ),
    )
  return compare(side('1s'), side('2s'), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  }).changes
}

const said = ({ doubts, requests }: RouteChange) => ({ doubts, requests: describeRequests(requests) })

const neighbour = [{ ...destination, match: [{ uri: { prefix: '/a' } }, { uri: { regex: '/b+' } }] }]

describe.each(Object.entries(hostile))('a host with %s', (_, http) => {
  const changes = changesOf({ 'hostile.example': http, 'neighbour.example': neighbour })
  const of = (host: string) => changes.filter((change) => change.host === host)

  it('is given up beyond a budget, and is not without changes', () => {
    const causes = of('hostile.example').flatMap(({ doubts }) => doubts.map(({ cause }) => cause.code))

    expect(causes).toContain('too-much-to-compare')
  })

  it('leaves its neighbour what it says without it', () => {
    const alone = changesOf({ 'neighbour.example': neighbour })

    expect(of('neighbour.example').map(said)).toEqual(alone.map(said))
    expect(alone.map(({ doubts }) => doubts)).toEqual([[]])
  })
})
