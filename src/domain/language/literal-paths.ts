import type { StringSet } from './language.ts'
import { exactly, startingWith } from './literals.ts'
import { intersect } from './operations.ts'
import { remembering } from './remembering.ts'
import { paths } from './universe.ts'
import { charge, costOf, countedApart, type Work } from './work.ts'

interface Found {
  readonly set: StringSet
  /** The work that it took: charged whether it is remembered or not, so that nothing depends on what came before. */
  readonly cost: number
}

function amongPaths(literal: StringSet): Found {
  const work = countedApart('operation')
  const set = intersect(literal, paths, work)
  return { set, cost: costOf(work) }
}

const sizeOf = ({ set }: Found): number => set.states.length
const exact = remembering((text) => amongPaths(exactly(text)), sizeOf)
const prefixed = remembering((text) => amongPaths(startingWith(text)), sizeOf)

function charged({ set, cost }: Found, work: Work): StringSet {
  charge(work, cost)
  return set
}

/** Just this path, or nothing where no request can have it. */
export function thisPath(text: string, work: Work): StringSet {
  // Nothing more is worked out once the work is used up.
  charge(work, 0)
  return charged(exact(text), work)
}

/** Every path that starts with `prefix`. */
export function pathsUnder(prefix: string, work: Work): StringSet {
  charge(work, 0)
  return charged(prefixed(prefix), work)
}
