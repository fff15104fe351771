import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionOptions } from '../../../../src/domain/diff/tables/placed-route.ts'
import type { HTTPMatchRequest, HTTPRoute } from '../../../../src/domain/manifest/virtual-service.ts'
import type { Request } from '../../../../src/domain/match/request.ts'
import { failedField } from '../../../../src/domain/match/request-matches.ts'
import { everything } from '../../../../src/domain/reach/asked.ts'
import { type Shadowed, shadowedIn } from '../../../../src/domain/reach/shadowing.ts'
import { writtenEntry, writtenMatches } from '../../../../src/domain/reach/written-match.ts'
import {
  type EffectiveRoute,
  isCatchAll,
  type MergedEntry,
} from '../../../../src/domain/routing/route-table.ts'
import type { Mesh } from '../../../../src/domain/routing/snapshot.ts'
import { shadowedRoute } from '../../../../src/domain/rules/routes/shadowed-route.ts'
import { runs } from '../../../support/laws.ts'
import { comparisonOf } from '../read-case.ts'

const numRuns = runs(20, 10_000)

/** Everything that the matches below can tell apart: words one letter longer than the longest literal. */
const requests = everyRequest()

function everyRequest(): readonly Request[] {
  let words = ['']
  const paths = ['/']
  for (let length = 1; length <= 3; length++) {
    words = words.flatMap((word) => ['a', 'b', '/', '~'].map((letter) => word + letter))
    paths.push(...words.map((word) => `/${word}`))
  }
  const headers = [{}, { x: '1' }, { x: '12' }, { x: '2' }]
  return paths.flatMap((path) =>
    ['GET', 'POST', 'PUT'].flatMap((method) =>
      headers.map((each) => ({
        method,
        path,
        headers: each,
        scheme: 'http',
        authority: 'a.example',
        port: 80,
      })),
    ),
  )
}

const uri = fc.oneof(
  fc.record({ prefix: fc.constantFrom('/', '/a', '/b', '/ab', '/a/') }),
  fc.record({ exact: fc.constantFrom('/a', '/b', '/ab', '/a/b') }),
  fc.record({ regex: fc.constantFrom('/a.*', '/[ab]', '/a(b|/b)?', '.*') }),
)
const match: fc.Arbitrary<HTTPMatchRequest> = fc.record(
  {
    uri,
    method: fc.record({ exact: fc.constantFrom('GET', 'POST') }),
    headers: fc.record({ x: fc.constantFrom({}, { exact: '1' }, { prefix: '1' }) }),
    withoutHeaders: fc.record({ x: fc.constantFrom({}, { exact: '1' }, { prefix: '1' }) }),
  },
  { requiredKeys: ['uri'] },
)
const often = fc.array(match, { minLength: 1, maxLength: 3 })
const matches = fc.oneof({ weight: 6, arbitrary: often }, { weight: 1, arbitrary: fc.constant([]) })
const destination = fc
  .constantFrom('one', 'two')
  .map((host): HTTPRoute => ({ route: [{ destination: { host } }] }))
const entry = fc.tuple(matches, destination).map(([list, action]) => ({ ...action, match: list }))
const entries = fc.array(entry, { minLength: 1, maxLength: 4 })
const broad = fc.record({ uri: fc.record({ prefix: fc.constantFrom('/', '/a', '/b') }) })
const delegating = fc
  .tuple(fc.array(broad, { maxLength: 2 }), fc.constantFrom('vs-1', 'vs-2'))
  .map(([list, name]) => ({ match: list, delegate: { name } }))
const meshes = fc.record({
  primary: fc.array(fc.oneof({ weight: 3, arbitrary: delegating }, { weight: 1, arbitrary: entry }), {
    minLength: 1,
    maxLength: 3,
  }),
  vs1: entries,
  vs2: entries,
  other: fc.option(entries, { nil: undefined }),
})

type Drawn = typeof meshes extends fc.Arbitrary<infer T> ? T : never

function meshOf({ primary, vs1, vs2, other }: Drawn): Mesh {
  const bound = { hosts: ['*'], gateways: ['gw'] }
  const object = (name: string, spec: object) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'ns' },
    spec,
  })
  const objects = [
    object('vs-1', { http: vs1 }),
    object('vs-2', { http: vs2 }),
    object('main', { ...bound, http: primary }),
    ...(other === undefined ? [] : [object('other', { ...bound, http: other })]),
  ]
  const files = objects.map((each) => ({
    path: `${each.metadata.name}.json`,
    text: JSON.stringify(each),
  }))
  const comparison = comparisonOf(files, files)
  const [mesh] = comparison.merged.meshes
  if (mesh === undefined) throw new Error('There is a mesh')
  const found = [...shadowedRoute.check(comparison.merged, comparison, everything)]
  expect(found).toHaveLength(shadowedIn(mesh, conditionOptions(comparison.settings)).length)
  return mesh
}

interface Line {
  readonly from: MergedEntry
  readonly match?: HTTPMatchRequest
}

/** The list that a gateway evaluates, written from the documentation: each object up to its catch-all, catch-alls last. */
function linesOf(mesh: Mesh, order: readonly number[]): readonly Line[] {
  const lists = order.map((index) => {
    const lines: Line[] = []
    for (const from of mesh.merged[index]?.entries ?? []) {
      const all = from.http.match ?? []
      for (const each of all.length === 0 ? [undefined] : all) {
        lines.push({ from, ...(each && { match: each }) })
        if (isCatchAll(each)) return lines
      }
    }
    return lines
  })
  const lines = lists.flat()
  if (lists.filter((list) => list.length > 0).length < 2) return lines
  const last = (line: Line) => isCatchAll(line.match)
  return [...lines.filter((line) => !last(line)), ...lines.filter(last)]
}

function takes(line: Line | EffectiveRoute, request: Request): boolean {
  return line.match === undefined || failedField(line.match, request, true) === undefined
}

/** What is written, as entry and match, that some request reaches in some order of creation. */
function reachedIn(mesh: Mesh): {
  readonly entries: ReadonlySet<HTTPRoute>
  readonly matches: ReadonlySet<unknown>
} {
  const indexes = mesh.merged.map((_, index) => index)
  const orders = indexes.length < 2 ? [indexes] : [indexes, indexes.toReversed()]
  const entries = new Set<HTTPRoute>()
  const reached = new Set<unknown>()
  for (const order of orders) {
    const lines = linesOf(mesh, order)
    for (const request of requests) {
      const line = lines.find((each) => takes(each, request))
      if (line === undefined) continue
      entries.add(writtenEntry(line.from))
      const place = line.match === undefined ? -1 : (line.from.http.match ?? []).indexOf(line.match)
      reached.add(writtenMatches(line.from)[place])
    }
  }
  return { entries, matches: reached }
}

function subject({ match: dead, entry: { entry: whole } }: Shadowed): HTTPMatchRequest | HTTPRoute {
  return dead ?? whole
}

describe('shadowed-route, against every request of a small alphabet', () => {
  it('is right: nothing that it names is reached in any order of creation', () => {
    fc.assert(
      fc.property(meshes, (drawn) => {
        const mesh = meshOf(drawn)
        const reached = reachedIn(mesh)
        for (const shadowed of shadowedIn(mesh, { missingSatisfiesWithout: true })) {
          const live: ReadonlySet<unknown> = shadowed.match === undefined ? reached.entries : reached.matches
          expect(live.has(subject(shadowed))).toBe(false)
        }
      }),
      { numRuns },
    )
  })

  it('is complete: every entry that no request reaches is named', () => {
    fc.assert(
      fc.property(meshes, (drawn) => {
        const mesh = meshOf(drawn)
        const { entries: live } = reachedIn(mesh)
        const named = new Set(
          shadowedIn(mesh, { missingSatisfiesWithout: true })
            .filter((each) => each.match === undefined)
            .map(subject),
        )
        const all = new Set(mesh.merged.flatMap((each) => each.entries.map(writtenEntry)))
        for (const each of all) expect(named.has(each)).toBe(!live.has(each))
      }),
      { numRuns },
    )
  })

  it('names routes that take every request, none of which can be left out', () => {
    fc.assert(
      fc.property(meshes, (drawn) => {
        const mesh = meshOf(drawn)
        for (const { entry: dead, cover, match: only } of shadowedIn(mesh, {
          missingSatisfiesWithout: true,
        })) {
          const own = dead.routes
            .filter((each) => only === undefined || each.written === only)
            .map(({ route }) => route)
          const asked = requests.filter((request) => own.some((route) => takes(route, request)))
          const left = (routes: readonly EffectiveRoute[]) =>
            asked.filter((request) => !routes.some((route) => takes(route, request)))
          expect(left(cover)).toEqual([])
          for (const route of cover) {
            expect(left(cover.filter((each) => each !== route))).not.toEqual([])
          }
        }
      }),
      { numRuns },
    )
  })
})
