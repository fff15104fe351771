import { describe, expect, it } from 'vitest'
import { namesOfLists, withoutUnread } from '../../../../src/domain/diff/tables/placed-items.ts'
import { everyRequest } from '../../../../src/domain/match/box.ts'
import { noDoubts } from '../../../../src/domain/match/doubtful-box.ts'
import { answerOf, prefix, primary, tableOf, to, workedMesh } from '../../../support/worked-mesh.ts'

const table = tableOf(workedMesh(primary('p', to('narrow', prefix('/a')), to('all'))), 'shop.example')
const [from] = table.contributions

const item = (
  at: number,
  how: { readonly last?: boolean; readonly takesAll?: boolean; readonly side?: 'merged' },
) => {
  const route = table.routes[at]!
  const { last = false, takesAll = false, side = 'base' } = how
  return {
    kind: 'route',
    side,
    asks: everyRequest,
    doubts: noDoubts,
    id: String(at),
    takesAll,
    last,
    asksId: '',
    route,
    from: from!,
  } as const
}

describe('catch-alls that are read last', () => {
  const told = (items: Parameters<typeof withoutUnread>[0]) =>
    withoutUnread(items).map((each) => (each.kind === 'route' ? answerOf(each.route) : 'promise'))

  it('are not read where something narrower takes every request', () => {
    expect(told([item(0, { takesAll: true }), item(1, { last: true })])).toEqual(['narrow'])
  })

  it('are read where it takes some, or stands on the other side', () => {
    expect(told([item(0, {}), item(1, { last: true })])).toEqual(['narrow', 'all'])
    expect(told([item(0, { takesAll: true, side: 'merged' }), item(1, { last: true })])).toEqual([
      'narrow',
      'all',
    ])
  })
})

describe('the names of lists', () => {
  const list = (number: number, isClosed = false) => ({ number, isClosed })

  it('are equal for equal routes, whatever a closed list has behind it', () => {
    const one = namesOfLists([list(1, true), list(1), list(2), list(3)])
    const other = namesOfLists([list(1, true), list(1), list(9), list(3)])

    expect(one.before).toBe(other.before)
    expect(one.after).toBe(other.after)
  })

  it('differ where a list is open and what comes last differs', () => {
    expect(namesOfLists([list(1), list(1), list(2), list(3)]).before).not.toBe(
      namesOfLists([list(1), list(1), list(9), list(3)]).before,
    )
  })

  it('tell the promises of the two sides apart', () => {
    const all = [list(0), list(0), list(0), list(0), list(4), list(5)]

    expect(namesOfLists(all).promises).not.toBe(namesOfLists([...all.slice(0, 4), list(5), list(4)]).promises)
  })
})
