import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DoorAccess } from '../../../../src/domain/access/applied-policies.ts'
import { type DeniedSpace, deniedRequests } from '../../../../src/domain/access/denied-requests.ts'
import { takenAt } from '../../../../src/domain/access/taken-at-door.ts'
import { newlyRefused } from '../../../../src/domain/diff/access/newly-refused.ts'
import { unmetered } from '../../../../src/domain/language/string-set.ts'
import { type Box, boxesMeet } from '../../../../src/domain/match/box.ts'
import { isOpaque, universeOf } from '../../../../src/domain/match/dimensions.ts'
import type { Request } from '../../../../src/domain/match/request.ts'
import { access, asked } from '../../../support/access-policies.ts'
import { runs } from '../../../support/laws.ts'
import { containsPoint, valueAt } from '../../../support/points.ts'

const times = { numRuns: runs(600, 20_000) }

/** Two doors that have some policies in common. */
const doors: fc.Arbitrary<readonly [DoorAccess, DoorAccess]> = fc
  .record({ before: access, after: access, both: access })
  .map(({ before, after, both }) => [
    { ...before, applied: [...both.applied, ...before.applied] },
    { ...after, applied: [...after.applied, ...both.applied] },
  ])

const spaces: fc.Arbitrary<DeniedSpace> = fc
  .constantFrom(undefined, 'a.example', 'b.test', 'x.example')
  .map((host) => ({ universe: universeOf, work: unmetered, ...(host !== undefined && { host }) }))

function isFor(host: string | undefined, { authority }: Request): boolean {
  return host === undefined || authority.toLowerCase().replace(/:\d+$/, '') === host
}

describe('what one door refuses and another does not', () => {
  it('is what the one refuses and the other does not, whatever is not known', () => {
    fc.assert(
      fc.property(doors, spaces, asked, fc.func(fc.boolean()), ([before, after], space, request, isSo) => {
        fc.pre(isFor(space.host, request))
        const at = valueAt(request)
        const isIn = (boxes: readonly Box[]) =>
          containsPoint({ boxes }, (dimension) =>
            isOpaque(dimension) ? String(isSo(dimension)) : at(dimension),
          )
        const [old, now] = [before, after].map((door) => deniedRequests(door, space).boxes)
        const parts = newlyRefused(takenAt(after), takenAt(before), space)

        expect(isIn(parts.flatMap(({ boxes }) => boxes))).toBe(isIn(now ?? []) && !isIn(old ?? []))
      }),
      times,
    )
  })

  it('is nothing where both refuse the same', () => {
    fc.assert(
      fc.property(access, spaces, (door, space) => {
        const [one, other] = [takenAt(door), takenAt({ ...door, applied: door.applied.toReversed() })]

        expect(newlyRefused(one, other, space)).toEqual([])
      }),
      times,
    )
  })

  it('is in no two boxes', () => {
    fc.assert(
      fc.property(doors, spaces, ([before, after], space) => {
        const boxes = newlyRefused(takenAt(after), takenAt(before), space).flatMap((part) => part.boxes)

        expect(
          boxes.some((box, at) => boxes.slice(at + 1).some((each) => boxesMeet(box, each, unmetered))),
        ).toBe(false)
      }),
      { numRuns: runs(200, 5_000) },
    )
  })
})
