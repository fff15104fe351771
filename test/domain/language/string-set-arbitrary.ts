import * as fc from 'fast-check'
import {
  anyOf,
  complement,
  everything,
  exactly,
  exactlyIgnoringCase,
  intersect,
  nothing,
  type StringSet,
  startingWith,
  startingWithIgnoringCase,
  subtract,
  union,
} from '../../../src/domain/language/string-set.ts'
import { unmetered } from '../../../src/domain/language/work.ts'

/** A set beside its definition: the algebra is right if the two never disagree. */
export interface Defined {
  readonly set: StringSet
  readonly has: (text: string) => boolean
}

const letters = ['a', 'A', 'b', '/', 'é', '\u{1F600}']

/** A short text over a small alphabet, beyond ASCII and beyond the basic plane included. */
export const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 5 })

const lower = (value: string) => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

const leaf: fc.Arbitrary<Defined> = fc.oneof(
  text.map((value) => ({ set: exactly(value), has: (other: string) => other === value })),
  text.map((value) => ({ set: startingWith(value), has: (other: string) => other.startsWith(value) })),
  text.map((value) => ({
    set: exactlyIgnoringCase(value),
    has: (other: string) => lower(other) === lower(value),
  })),
  text.map((value) => ({
    set: startingWithIgnoringCase(value),
    has: (other: string) => lower(other).startsWith(lower(value)),
  })),
  fc.constant({ set: nothing, has: () => false }),
  fc.constant({ set: everything, has: () => true }),
)

/** Sets made of literals and prefixes by every operation of the algebra. */
export const defined: fc.Arbitrary<Defined> = fc.letrec<{ node: Defined }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => ({
      set: union(a.set, b.set, unmetered),
      has: (value: string) => a.has(value) || b.has(value),
    })),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => ({
      set: intersect(a.set, b.set, unmetered),
      has: (value: string) => a.has(value) && b.has(value),
    })),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => ({
      set: subtract(a.set, b.set, unmetered),
      has: (value: string) => a.has(value) && !b.has(value),
    })),
    tie('node').map((a) => ({ set: complement(a.set), has: (value: string) => !a.has(value) })),
    fc.array(tie('node'), { maxLength: 5 }).map((all) => ({
      set: anyOf(
        all.map((one) => one.set),
        unmetered,
      ),
      has: (value: string) => all.some((one) => one.has(value)),
    })),
  ),
})).node
