import { budgets } from '../budgets.ts'
import { exceeded } from '../language/string-set.ts'
import { type Box, intersectBoxes, type Space, subtractBox } from '../match/box.ts'
import type { EffectiveRoute } from '../routing/route-table.ts'
import { type Candidate, wholeOf } from './candidates.ts'

/** What the candidates leave of some boxes. Throws BudgetExceeded where that is too many pieces. */
export function withoutCandidates(
  boxes: readonly Box[],
  candidates: readonly Candidate[],
  space: Space,
): readonly Box[] {
  let rest = boxes
  for (const candidate of candidates) {
    if (rest.length === 0) break
    const whole = wholeOf(candidate, space.work)
    if (whole !== undefined) rest = bounded(rest.flatMap((box) => subtractBox(box, whole, space)))
  }
  return rest
}

/** Requests that get the same answer: a route, or none. */
export interface Answer {
  readonly boxes: readonly Box[]
  readonly route?: EffectiveRoute
}

/** Who answers the requests of some boxes: by route, in order; what nobody answers comes last. */
export function firstAnswers(
  boxes: readonly Box[],
  candidates: readonly Candidate[],
  space: Space,
): readonly Answer[] {
  const answers: Answer[] = []
  let rest = boxes
  for (const candidate of candidates) {
    if (rest.length === 0) return answers
    const whole = wholeOf(candidate, space.work)
    const taken =
      whole === undefined ? [] : rest.flatMap((box) => intersectBoxes(box, whole, space.work) ?? [])
    if (whole === undefined || taken.length === 0) continue
    answers.push({ boxes: taken, route: candidate.route })
    rest = bounded(rest.flatMap((box) => subtractBox(box, whole, space)))
  }
  return rest.length === 0 ? answers : [...answers, { boxes: rest }]
}

function bounded(boxes: readonly Box[]): readonly Box[] {
  if (boxes.length > budgets.leftBoxes.size) throw exceeded('leftBoxes')
  return boxes
}
