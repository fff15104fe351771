import { describe, expect, it } from 'vitest'
import { asksOf, clientsBoxes, conditionOptions } from '../../../../src/domain/diff/tables/placed-route.ts'
import { unmetered } from '../../../../src/domain/language/string-set.ts'
import { everyRequest } from '../../../../src/domain/match/box.ts'
import { isOpaque } from '../../../../src/domain/match/dimensions.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { containsPoint } from '../../../support/points.ts'
import { exact, options, primary, tableOf, to, workedMesh } from '../../../support/worked-mesh.ts'

it('since 1.22 what is missing satisfies `withoutHeaders`', () => {
  const since = (minor: number) => conditionOptions({ ...defaultIstioSettings, version: { major: 1, minor } })

  expect([21, 22].map((minor) => since(minor).missingSatisfiesWithout)).toEqual([false, true])
})

describe('what a route asks for', () => {
  const [route] = tableOf(
    workedMesh(primary('p', to('a', { ...exact('/a'), method: { exact: 'GET' } }))),
    'shop.example',
  ).routes

  it('is its literal, and the rest beside it', () => {
    const asks = asksOf(route!, options)

    expect(asks?.path).toEqual({ kind: 'exact', text: '/a' })
    expect([...(asks?.rest.keys() ?? [])]).toEqual(['method'])
  })

  it('is open where a secondary of another repository may leave the request to others', () => {
    const asks = asksOf({ ...route!, from: { ...route!.from, external: 'n/far' } }, options)

    expect([...(asks?.rest.keys() ?? [])].filter(isOpaque)).toHaveLength(1)
  })
})

describe('clients', () => {
  const from = (namespace: string, app?: string) => (dimension: string) =>
    dimension === 'namespace' ? namespace : app
  const has = (boxes: ReturnType<typeof clientsBoxes>, at: ReturnType<typeof from>) =>
    containsPoint({ boxes }, at)

  it('are all, unless it is said', () => {
    expect(clientsBoxes(undefined, unmetered)).toEqual([everyRequest])
  })

  it('are those of some namespaces', () => {
    const boxes = clientsBoxes({ among: ['a', 'b'], except: [] }, unmetered)

    expect(['a', 'b', 'c'].map((each) => has(boxes, from(each)))).toEqual([true, true, false])
  })

  it('are not those whom others have already', () => {
    const boxes = clientsBoxes(
      {
        except: [{ namespaces: ['a'], sources: [{ sourceLabels: { app: 'web' } }] }],
      },
      unmetered,
    )

    expect([has(boxes, from('a', 'web')), has(boxes, from('a', 'db')), has(boxes, from('b', 'web'))]).toEqual(
      [false, true, true],
    )
  })

  it('are none where others have all', () => {
    expect(clientsBoxes({ except: [{}] }, unmetered)).toEqual([])
  })
})
