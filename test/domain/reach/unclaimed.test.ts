import fc from 'fast-check'
import { expect, it } from 'vitest'
import { unmetered } from '../../../src/domain/language/string-set.ts'
import { allows } from '../../../src/domain/language/values.ts'
import type { HTTPMatchRequest, VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { isWithin } from '../../../src/domain/match/box.ts'
import { requestsText } from '../../../src/domain/reach/agreed-requests.ts'
import { unclaimed } from '../../../src/domain/reach/unclaimed.ts'
import { bareText } from '../../../src/domain/words/phrase.ts'
import {
  boxFor,
  delegate,
  exact,
  options,
  prefix,
  primary,
  secondary,
  space,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

const left = (...all: readonly VirtualService[]) => {
  const [edge] = workedMesh(...all).graph.edges
  if (edge === undefined) throw new Error('nobody delegates')
  return bareText(requestsText(unclaimed(edge, options), unmetered))
}

it('what no entry of the secondary takes of its prefix is left', () => {
  expect(
    left(primary('p', delegate('s', exact('/a'), exact('/b'))), secondary('s', to('x', exact('/a')))),
  ).toBe('/b')
})

it('nothing is left where an entry takes everything', () => {
  expect(
    left(primary('p', delegate('s', prefix('/a'))), secondary('s', to('x', exact('/a')), to('all'))),
  ).toBe('')
})

it('what a narrower entry of the primary gives to somebody is not counted', () => {
  const shop = primary('p', delegate('s', prefix('/a')), delegate('t', exact('/a/t')))
  const [edge] = workedMesh(shop, secondary('s', to('x', exact('/a/x'))), secondary('t', to('t'))).graph.edges
  const boxes = unclaimed(edge!, options)
  const isLeft = (path: string) => boxes.some((box) => allows(box.get('path')!, path))

  expect(['/a/t', '/a/x', '/a/y'].filter(isLeft)).toEqual(['/a/y'])
})

it('an entry that conflicts with the delegate claims nothing', () => {
  expect(left(primary('p', delegate('s', exact('/a'))), secondary('s', to('x', exact('/b'))))).toBe('/a')
})

const paths = ['/', '/a', '/a/', '/a/b', '/a/b/c', '/ab', '/b']
const match = fc.oneof(
  fc.constantFrom(...paths).map(exact),
  fc.constantFrom(...paths).map(prefix),
  fc.constantFrom('/a.*', '/(a|b)', '.*').map((regex): HTTPMatchRequest => ({ uri: { regex } })),
  fc.constant<HTTPMatchRequest>({}),
)

it('law: of other entries counts exactly what lies within what this one gives, wherever it stands', () => {
  fc.assert(
    fc.property(fc.array(match, { minLength: 1, maxLength: 3 }), fc.array(match), (given, others) => {
      const shop = primary('p', delegate('s', ...given), ...others.map((each, at) => to(`t${at}`, each)))
      const [edge] = workedMesh(shop, secondary('s')).graph.edges
      const boxes = given.map(boxFor)
      const isNarrower = (other: HTTPMatchRequest) =>
        boxes.some((box) => isWithin(boxFor(other), box, space) && !isWithin(box, boxFor(other), space))
      const takes = (path: string) => (each: HTTPMatchRequest) => {
        const values = boxFor(each).get('path')
        return values === undefined || allows(values, path)
      }
      const found = unclaimed(edge!, options)
      const isLeft = (path: string) =>
        found.some((box) => {
          const values = box.get('path')
          return values === undefined || allows(values, path)
        })

      expect(paths.filter(isLeft)).toEqual(
        paths.filter((path) => given.some(takes(path)) && !others.filter(isNarrower).some(takes(path))),
      )
    }),
  )
})

/** How often a path of the primary is looked at, for all its delegates together. */
function looksFor(count: number): number {
  let looks = 0
  const counted = (text: string): HTTPMatchRequest => ({
    get uri() {
      looks++
      return { prefix: text }
    },
  })
  const names = Array.from({ length: count }, (_, at) => `d${at}`)
  const shop = primary('p', ...names.map((name) => delegate(name, counted(`/${name}/`))))
  const { edges } = workedMesh(
    shop,
    ...names.map((name) => secondary(name, to(name, prefix(`/${name}/a`)))),
  ).graph
  looks = 0
  for (const edge of edges) expect(unclaimed(edge, options)).toHaveLength(1)
  return looks
}

it('thousands of delegates are not compared with each other', () => {
  expect(looksFor(200)).toBeLessThan(2.2 * looksFor(100))
})
