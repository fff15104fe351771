import { anyOf } from './any-of.ts'
import { keyOf } from './key-of.ts'
import { nothing, type StringSet } from './language.ts'
import { contains, intersect, intersectWith, isEmpty, isSubset, meets, subtract } from './operations.ts'
import type { Work } from './work.ts'

/**
 * What one part of a request may be: a text of `present`, or, where `mayBeAbsent`, nothing at all, as a header that is not
 * sent. No text stands for what is not there, so that no expression can be taken to match it.
 */
export interface Values {
  readonly present: StringSet
  readonly mayBeAbsent: boolean
}

/** What one request has there: a text, or nothing. */
export type Value = string | undefined

/** Not there. */
export const absent: Values = { present: nothing, mayBeAbsent: true }

/** There, and one of these texts. */
export function present(texts: StringSet): Values {
  return { present: texts, mayBeAbsent: false }
}

/** One of these texts, or not there. */
export function orAbsent(texts: StringSet): Values {
  return { present: texts, mayBeAbsent: true }
}

/** Whether a request may have this there. */
export function allows({ present: texts, mayBeAbsent }: Values, value: Value): boolean {
  return value === undefined ? mayBeAbsent : contains(texts, value)
}

/** Whether nothing is allowed, not even to be absent. */
export function isImpossible({ present: texts, mayBeAbsent }: Values): boolean {
  return !mayBeAbsent && isEmpty(texts)
}

/** What both allow. */
export function intersectValues(a: Values, b: Values, work: Work): Values {
  return { present: intersect(a.present, b.present, work), mayBeAbsent: a.mayBeAbsent && b.mayBeAbsent }
}

/** What is allowed of all that there can be. */
export function valuesOf(all: Values, values: Values, work: Work): Values {
  return {
    present: intersectWith(all.present, values.present, work),
    mayBeAbsent: values.mayBeAbsent && all.mayBeAbsent,
  }
}

/** Whether both allow something. */
export function valuesMeet(a: Values, b: Values, work: Work): boolean {
  return (a.mayBeAbsent && b.mayBeAbsent) || meets(a.present, b.present, work)
}

/** What `a` allows and `b` does not. */
export function subtractValues(a: Values, b: Values, work: Work): Values {
  return { present: subtract(a.present, b.present, work), mayBeAbsent: a.mayBeAbsent && !b.mayBeAbsent }
}

/** What any of them allows. */
export function uniteValues(all: readonly Values[], work: Work): Values {
  return {
    present: anyOf(
      all.map(({ present: texts }) => texts),
      work,
    ),
    mayBeAbsent: all.some(({ mayBeAbsent }) => mayBeAbsent),
  }
}

/** Whether `outer` allows whatever `inner` does. */
export function areAmong(inner: Values, outer: Values, work: Work): boolean {
  return (outer.mayBeAbsent || !inner.mayBeAbsent) && isSubset(inner.present, outer.present, work)
}

/** Whether they allow the same. */
export function areEqual(a: Values, b: Values): boolean {
  return a.mayBeAbsent === b.mayBeAbsent && keyOf(a.present) === keyOf(b.present)
}

/** A text that is equal for equal values, and for no others. */
export function keyOfValues({ present: texts, mayBeAbsent }: Values): string {
  return `${mayBeAbsent ? '?' : ''}${keyOf(texts)}`
}
