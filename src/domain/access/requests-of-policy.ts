import { budgets } from '../budgets.ts'
import type { Doubt } from '../doubt.ts'
import { exceeded, type Work } from '../language/string-set.ts'
import type { AccessRule } from '../manifest/authorization-policy.ts'
import type { Box } from '../match/box.ts'
import { boxOf } from '../match/conditions.ts'
import type { Constraint } from '../match/fields/match-field.ts'
import type { AccessPoint } from './access-point.ts'
import type { AccessPolicy } from './access-policy.ts'
import { type FieldCondition, fieldCondition } from './field-conditions.ts'
import { type WrittenCondition, waysThrough } from './written-values.ts'

/** Requests as boxes that may overlap, and why some of their dimensions are not looked into. */
export interface DoubtfulBoxes {
  readonly boxes: readonly Box[]
  readonly doubts: ReadonlyMap<string, Doubt>
}

/**
 * The requests that some rule of a policy takes where they arrive. What cannot be built is left out: of a policy that refuses
 * only the condition, of any other the whole rule (Istio `checkError`).
 */
export function requestsOfPolicy(
  { rules, action }: Pick<AccessPolicy, 'rules' | 'action'>,
  point: AccessPoint,
  work: Work,
): DoubtfulBoxes {
  const doubts = new Map<string, Doubt>()
  const boxes = rules.flatMap((rule) => {
    const ways = waysOf(rule, action === 'DENY', (written) => fieldCondition(written, point, work))
    return ways.flatMap((constraints) => {
      for (const [dimension, , why] of constraints) if (why !== undefined) doubts.set(dimension, why)
      return boxOf(constraints, work) ?? []
    })
  })
  return { boxes, doubts }
}

type Meaning = (written: NonNullable<WrittenCondition>) => FieldCondition

function waysOf(rule: AccessRule, isLenient: boolean, meaning: Meaning): readonly (readonly Constraint[])[] {
  const { sources, operations, conditions } = waysThrough(rule)
  if (sources.length * operations.length > budgets.requestBoxes.size) throw exceeded('requestBoxes')
  const read = (written: readonly WrittenCondition[]) =>
    written.map((each) => (each === undefined ? { kind: 'invalid' as const } : meaning(each)))
  const [from, to, when] = [sources.map(read), operations.map(read), read(conditions)]
  const isInvalid = [...from.flat(), ...to.flat(), ...when].some(({ kind }) => kind === 'invalid')
  if (isInvalid && !isLenient) return []
  return from.flatMap((source) =>
    to.flatMap((operation) => {
      const all = [...source, ...operation, ...when]
      if (all.some(({ kind }) => kind === 'never')) return []
      return [all.flatMap((each) => (each.kind === 'values' ? [each.constraint] : []))]
    }),
  )
}
