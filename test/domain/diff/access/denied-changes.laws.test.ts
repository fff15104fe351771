import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccessPolicy } from '../../../../src/domain/access/access-policy.ts'
import type { Comparison } from '../../../../src/domain/diff/comparison.ts'
import type { RouteChange } from '../../../../src/domain/diff/route-change.ts'
import { isOpaque } from '../../../../src/domain/match/dimensions.ts'
import { normalizedPath } from '../../../../src/domain/match/normalized-path.ts'
import type { Request } from '../../../../src/domain/match/request.ts'
import { createExplainer } from '../../../../src/domain/routing/explain/explain-request.ts'
import type { Snapshot } from '../../../../src/domain/routing/snapshot.ts'
import { asked, policy } from '../../../support/access-policies.ts'
import { runs } from '../../../support/laws.ts'
import { containsPoint, valueAt } from '../../../support/points.ts'
import { comparedTexts, type Texts, policy as textOf } from '../../../support/policy-sides.ts'

const times = { numRuns: runs(50, 5_000) }

/** What a cluster has of some policies, at the gateway's pods. */
function filesOf(policies: readonly AccessPolicy[]): Texts {
  return Object.fromEntries(
    policies.map(({ name, action, provider, rules }) => {
      const spec = { action, rules, ...(action === 'CUSTOM' && { provider: { name: provider } }) }
      return [`${name}.yaml`, textOf(JSON.stringify(spec).slice(1, -1), { name })]
    }),
  )
}

/** A host with routes for some prefixes, of which the last may be for everything. */
const virtualService = (host: string, prefixes: readonly string[]) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${host[0]}, namespace: shop }\nspec: ${JSON.stringify(
    {
      hosts: [host],
      gateways: ['istio-system/gw'],
      http: prefixes.map((prefix) => ({
        match: [{ uri: { prefix } }],
        route: [{ destination: { host: `x${prefix.length}` } }],
      })),
    },
  )}\n`

const prefixes = fc.uniqueArray(fc.constantFrom('/a/', '/a', '/b', '/x', '/'), { minLength: 1, maxLength: 3 })
const routes = fc.record({ a: prefixes, b: prefixes }).map(
  ({ a, b }): Texts => ({
    'a.vs.yaml': virtualService('a.example', a),
    'b.vs.yaml': virtualService('b.test', b),
  }),
)

const compared: fc.Arbitrary<Comparison> = fc
  .record({
    both: fc.array(policy, { maxLength: 2 }),
    before: fc.array(policy, { maxLength: 1 }),
    after: fc.array(policy, { maxLength: 2 }),
    routes,
    routesAfter: fc.option(routes, { freq: 1, nil: undefined }),
  })
  .map(({ both, before, after, ...served }) =>
    comparedTexts(
      { ...filesOf([...both, ...before]), ...served.routes },
      { ...filesOf([...both, ...after]), ...(served.routesAfter ?? served.routes) },
    ),
  )

/** What becomes of a request on one side, one by one: `denied`, `served`, `unserved`; undefined where that is not certain. */
function fateOf(request: Request, { meshes }: Snapshot, { settings }: Comparison): string | undefined {
  const [answer] = createExplainer(meshes, settings).explain({ ...request, gateway: 'istio-system/gw' })
  if (answer === undefined || answer.outcome === 'contested') return undefined
  if (answer.outcome === 'denied') return 'denied'
  if (answer.refusal !== undefined) return undefined
  return answer.outcome === 'route' ? 'served' : 'unserved'
}

function fatesOf(request: Request, comparison: Comparison) {
  return [comparison.base, comparison.merged].map((side) => fateOf(request, side, comparison))
}

/** Whether a request is among those of a change, if all that is not looked into is so. */
function isIn({ requests, host }: RouteChange, request: Request): boolean {
  const at = valueAt({ ...request, path: normalizedPath(request.path, 'BASE') })
  const own = request.authority.toLowerCase().replace(/:\d+$/, '')
  return (
    own === host && containsPoint(requests, (dimension) => (isOpaque(dimension) ? 'true' : at(dimension)))
  )
}

const kinds = ['denied', 'admitted'] as const
const fates = { denied: ['served', 'denied'], admitted: ['denied', 'served'] }

describe('a change of requests that policies refuse on one side', () => {
  it('has a witness for which the interpreter says so', () => {
    fc.assert(
      fc.property(compared, (comparison) => {
        for (const { kind, witness, certain } of comparison.changes) {
          if ((kind !== 'denied' && kind !== 'admitted') || !certain || witness === undefined) continue
          expect(fatesOf(witness, comparison)).toEqual(fates[kind])
        }
      }),
      times,
    )
  })

  it('holds a request just where the interpreter says so', () => {
    fc.assert(
      fc.property(compared, fc.array(asked, { minLength: 3, maxLength: 6 }), (comparison, requests) => {
        for (const request of requests) {
          const found = fatesOf(request, comparison)
          const isCertain = found.every((each) => each !== undefined)
          for (const kind of kinds) {
            const changes = comparison.changes.filter((each) => each.kind === kind && isIn(each, request))
            const isSo = found.join() === fates[kind].join()

            if (isSo) expect(changes).not.toEqual([])
            if (isCertain && changes.some(({ certain }) => certain)) expect(found).toEqual(fates[kind])
            if (changes.some(({ certain }) => certain)) expect(isCertain).toBe(true)
          }
        }
      }),
      times,
    )
  })

  it('is found at all, and so is none', () => {
    const kindsIn = fc
      .sample(compared, { numRuns: 40, seed: 1 })
      .map(({ changes }) =>
        changes.some(({ kind, certain }) => certain && (kind === 'denied' || kind === 'admitted')),
      )

    expect(new Set(kindsIn)).toEqual(new Set([true, false]))
  })
})
