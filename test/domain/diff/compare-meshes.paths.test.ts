import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import type { RouteChange } from '../../../src/domain/diff/route-change.ts'
import { type PathNormalization, pathNormalizations } from '../../../src/domain/language/arriving-paths.ts'
import { isUnknownValue } from '../../../src/domain/manifest/placeholders/placeholders.ts'
import type { HTTPMatchRequest } from '../../../src/domain/manifest/virtual-service.ts'
import { describeRequests } from '../../../src/domain/match/describe-request-set.ts'
import { normalizedPath } from '../../../src/domain/match/normalized-path.ts'
import { failedField } from '../../../src/domain/match/request-matches.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { runs } from '../../support/laws.ts'
import { gateway, manifests, virtualService } from '../../support/meshes.ts'
import { containsPoint, valueAt } from '../../support/points.ts'
import { exact, prefix, to } from '../../support/worked-mesh.ts'

const servers = [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }]

/** What changes when a match is added before one for everything. */
function changesBy(match: HTTPMatchRequest, pathNormalization: PathNormalization): readonly RouteChange[] {
  const side = (...http: readonly ReturnType<typeof to>[]) =>
    manifests(
      [virtualService('n/a', { hosts: ['a.example'], gateways: ['n/gw'], http: [...http, to('all')] })],
      [gateway('n/gw', { selector: { app: 'gw' }, servers })],
    )
  return compare(side(), side(to('new', match)), {
    settings: { ...defaultIstioSettings, pathNormalization },
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  }).changes
}

function toldOf(match: HTTPMatchRequest, pathNormalization: PathNormalization): readonly string[] {
  return changesBy(match, pathNormalization).map(
    ({ requests, witness }) => `${describeRequests(requests)}: ${witness?.path}`,
  )
}

it.each([
  exact('/v1/../admin'),
  exact('/a/%61'),
  exact('/a\\b'),
  prefix('/a{id}'),
  exact('/a/.'),
  prefix('/x/./'),
])('a path that never arrives is not announced: %j', (match) => {
  expect(toldOf(match, 'BASE')).toEqual([])
  expect(toldOf(match, 'NONE')).toHaveLength(1)
})

it('what can arrive is, as it was before', () => {
  expect(toldOf(prefix('/a'), 'BASE')).toEqual(['/a*: /a'])
  expect(toldOf(prefix('/.well-known'), 'BASE')).toEqual(['/.well-known*: /.well-known'])
  expect(toldOf(prefix('/a/..'), 'BASE')).toEqual(['/a/..*: /a/..a'])
  expect(toldOf(exact('/a//b'), 'BASE')).toEqual(['/a//b: /a//b'])
  expect(toldOf(exact('/a%2Fb'), 'BASE')).toEqual(['/a%2Fb: /a%2Fb'])
})

it('slashes are merged and decoded only where the mesh does that', () => {
  expect(toldOf(exact('/a//b'), 'MERGE_SLASHES')).toEqual([])
  expect(toldOf(exact('/a%2Fb'), 'MERGE_SLASHES')).toHaveLength(1)
  expect(toldOf(exact('/a%2Fb'), 'DECODE_AND_MERGE_SLASHES')).toEqual([])
})

/** Not what another tool fills in, such as `%{`: what that becomes nobody knows. */
const text = fc
  .array(fc.constantFrom('/', '//', '/.', '/..', '.', 'a', '%61', '%2F', '%5c', '%', '2E', '\\', '{', 'é'), {
    maxLength: 6,
  })
  .map((parts) => `/${parts.join('')}`)
  .filter((path) => !isUnknownValue(path))

const match: fc.Arbitrary<HTTPMatchRequest> = fc.oneof(
  text.map(exact),
  text.map(prefix),
  text.map((regex) => ({ uri: { regex: regex.replace(/[\\.{]/g, String.raw`\$&`) } })),
)

it('law: what is sent lies in a change <=> it matches as it arrives, and a witness is sent as it arrives', () => {
  fc.assert(
    fc.property(
      match,
      fc.array(text, { minLength: 10 }),
      fc.constantFrom(...pathNormalizations),
      (asked, sent, how) => {
        const changes = changesBy(asked, how)
        for (const path of [...sent, ...changes.flatMap(({ witness }) => witness?.path ?? [])]) {
          const request = { method: 'GET', scheme: 'http', authority: 'a.example', headers: {}, port: 80 }
          const arrived = { ...request, path: normalizedPath(path, how) }
          expect(changes.some(({ requests }) => containsPoint(requests, valueAt(arrived)))).toBe(
            failedField(asked, arrived, true) === undefined,
          )
        }
        for (const { witness } of changes)
          expect(normalizedPath(witness?.path ?? '', how)).toBe(witness?.path)
      },
    ),
    { numRuns: runs(200, 20_000) },
  )
})
