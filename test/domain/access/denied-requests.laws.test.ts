import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideAccess } from '../../../src/domain/access/decide-access.ts'
import { deniedRequests } from '../../../src/domain/access/denied-requests.ts'
import { unmetered } from '../../../src/domain/language/string-set.ts'
import type { Box } from '../../../src/domain/match/box.ts'
import { isOpaque, universeOf } from '../../../src/domain/match/dimensions.ts'
import type { Request } from '../../../src/domain/match/request.ts'
import { subtractRequests } from '../../../src/domain/match/request-set.ts'
import { access, asked, meetingAll, policy } from '../../support/access-policies.ts'
import { runs } from '../../support/laws.ts'
import { containsPoint, valueAt } from '../../support/points.ts'

const space = { universe: universeOf, work: unmetered }
const times = { numRuns: runs(120, 20_000) }

/** Whether a request is in a set where what is not looked into is so or not. */
function isIn(boxes: readonly Box[], request: Request, isSo: (dimension: string) => boolean): boolean {
  const at = valueAt(request)
  return containsPoint({ boxes }, (dimension) =>
    isOpaque(dimension) ? String(isSo(dimension)) : at(dimension),
  )
}

function areSame(a: readonly Box[], b: readonly Box[]): boolean {
  const isWithin = (inner: readonly Box[], outer: readonly Box[]) =>
    inner.every((box) => subtractRequests({ boxes: [box] }, { boxes: outer }, space).boxes.length === 0)
  return isWithin(a, b) && isWithin(b, a)
}

describe('the requests that are refused', () => {
  it('are those that are refused one by one, whatever is not known', () => {
    fc.assert(
      fc.property(access, asked, fc.func(fc.boolean()), (door, request, isSo) => {
        const { boxes } = deniedRequests(door, space)
        const decided = decideAccess(request, door)
        const found = isIn(boxes, request, isSo)

        if (decided === undefined) expect(found).toBe(false)
        if (decided?.isCertain === true) expect(found).toBe(true)
      }),
      times,
    )
  })

  it('are certain where every dimension of theirs is looked into', () => {
    fc.assert(
      fc.property(access, asked, (door, request) => {
        const { boxes } = deniedRequests(door, space)
        const clear = boxes.filter((box) => ![...box.keys()].some(isOpaque))

        if (isIn(clear, request, () => false)) expect(decideAccess(request, door)?.isCertain).toBe(true)
      }),
      times,
    )
  })

  it('are, of policies that deny, those that each of them refuses', () => {
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 3 }), (some) => {
        const denying = some.map((each) => ({ ...each, action: 'DENY' as const }))
        const together = deniedRequests(meetingAll(denying), space).boxes
        const apart = denying.flatMap((each) => deniedRequests(meetingAll([each]), space).boxes)

        expect(areSame(together, apart)).toBe(true)
      }),
      times,
    )
  })

  it('do not hang on the order of policies, nor on that of their rules', () => {
    fc.assert(
      fc.property(access, ({ applied, ...door }) => {
        const turned = applied
          .toReversed()
          .map((each) => ({ ...each, policy: { ...each.policy, rules: each.policy.rules.toReversed() } }))
        const [one, other] = [applied, turned].map((some) =>
          deniedRequests({ ...door, applied: some }, space),
        )

        expect(areSame(one?.boxes ?? [], other?.boxes ?? [])).toBe(true)
      }),
      { numRuns: runs(100, 5_000) },
    )
  })

  it('are more with each policy that denies, and fewer with each that allows beside another', () => {
    fc.assert(
      fc.property(policy, policy, asked, (first, second, request) => {
        const refused = (...some: readonly (typeof first)[]) =>
          decideAccess(request, meetingAll(some))?.isCertain === true
        const denies = { ...second, action: 'DENY' as const }
        const allows = [first, second].map((each) => ({ ...each, action: 'ALLOW' as const }))
        const [one = first, other = second] = allows

        if (refused(first)) expect(refused(first, denies)).toBe(true)
        if (refused(one, other)) expect(refused(one)).toBe(true)
      }),
      times,
    )
  })
})
