import { budgets } from '../budgets.ts'
import type { Doubt } from '../doubt.ts'
import { exceeded, type Once, once, type Work } from '../language/string-set.ts'
import type { AccessRule } from '../manifest/authorization-policy.ts'
import { canonicalJson } from '../manifest/json.ts'
import { isUnknownValue } from '../manifest/placeholders/placeholders.ts'
import type { Box } from '../match/box.ts'
import { boxOf } from '../match/conditions.ts'
import type { Constraint } from '../match/fields/match-field.ts'
import { memoized } from '../source/memoized.ts'
import type { AccessPoint } from './access-point.ts'
import type { AccessPolicy } from './access-policy.ts'
import { type FieldCondition, fieldCondition } from './field-conditions.ts'
import { type WrittenCondition, waysThrough } from './written-values.ts'

/** Requests as boxes that may overlap, and why some of their dimensions are not looked into. */
export interface DoubtfulBoxes {
  readonly boxes: readonly Box[]
  readonly doubts: ReadonlyMap<string, Doubt>
}

/** The requests that one way through a rule takes. */
interface TakenBox {
  readonly box: Box
  /** The only hosts that they can be for, in small letters and without a port; absent where that may be any. */
  readonly names?: readonly string[]
}

/** What a policy takes where requests arrive. */
export interface TakenRequests extends Pick<DoubtfulBoxes, 'doubts'> {
  readonly taken: readonly TakenBox[]
}

/**
 * The requests that some rule of a policy takes where they arrive. What cannot be built is left out: of a policy that refuses
 * only the condition, of any other the whole rule (Istio `checkError`).
 */
export function requestsOfPolicy(policy: AccessPolicy, point: AccessPoint, work: Work): TakenRequests {
  const rooms = roomsOf(policy)
  const key = canonicalJson(point)
  const room = rooms.get(key) ?? {}
  rooms.set(key, room)
  return once(room, work, (own) => workedOut(policy, point, own))
}

/** Both sides, and many ports, ask the same policy for the same. */
const roomsOf = memoized((_: AccessPolicy) => new Map<string, Once<TakenRequests>>())

function workedOut({ rules, action }: AccessPolicy, point: AccessPoint, work: Work): TakenRequests {
  const doubts = new Map<string, Doubt>()
  const taken = rules.flatMap((rule) => {
    const ways = waysOf(rule, action === 'DENY', (written) => fieldCondition(written, point, work))
    return ways.flatMap(({ constraints, names }): readonly TakenBox[] => {
      for (const [dimension, , why] of constraints) if (why !== undefined) doubts.set(dimension, why)
      const box = boxOf(constraints, work)
      return box === undefined ? [] : [{ box, ...(names && { names }) }]
    })
  })
  return { taken, doubts }
}

type Meaning = (written: NonNullable<WrittenCondition>) => FieldCondition

interface Way {
  readonly constraints: readonly Constraint[]
  readonly names?: readonly string[]
}

function waysOf(rule: AccessRule, isLenient: boolean, meaning: Meaning): readonly Way[] {
  const { sources, operations, conditions } = waysThrough(rule)
  if (sources.length * operations.length > budgets.requestBoxes.size) throw exceeded('requestBoxes')
  const read = (written: readonly WrittenCondition[]) =>
    written.map((each) => (each === undefined ? { kind: 'invalid' as const } : meaning(each)))
  const [from, when] = [sources.map(read), read(conditions)]
  const to = operations.map((written) => ({ own: read(written), names: namesIn(written) }))
  const isInvalid = [...from.flat(), ...to.flatMap(({ own }) => own), ...when].some(
    ({ kind }) => kind === 'invalid',
  )
  if (isInvalid && !isLenient) return []
  return from.flatMap((source) =>
    to.flatMap(({ own, names }): readonly Way[] => {
      const all = [...source, ...own, ...when]
      if (all.some(({ kind }) => kind === 'never')) return []
      const constraints = all.flatMap((each) => (each.kind === 'values' ? [each.constraint] : []))
      return [{ constraints, ...(names && { names }) }]
    }),
  )
}

/** The hosts of an operation, where each is written out, with a port or any port or without. */
function namesIn(written: readonly WrittenCondition[]): readonly string[] | undefined {
  const hosts = written.find((each) => each?.attribute.of === 'host' && !each.isExcluded)
  if (hosts === undefined || hosts.values.some(isUnknownValue)) return undefined
  const names = hosts.values.map(nameOfHost)
  return names.every((each) => each !== undefined) ? names : undefined
}

function nameOfHost(text: string): string | undefined {
  const [, name] = /^([^*:]+)(?::(?:\d*|\d*\*))?$/.exec(text) ?? []
  return name?.toLowerCase()
}
