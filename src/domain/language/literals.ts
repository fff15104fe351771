import type { Edge, State } from './automaton.ts'
import { type StringSet, sinkAt } from './language.ts'

function chain(
  text: string,
  edgesFor: (codePoint: number, to: number) => readonly Edge[],
  ...last: readonly State[]
): StringSet {
  const characters = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  return {
    states: [
      ...characters.map((codePoint, at) => ({ accepting: false, edges: edgesFor(codePoint, at + 1) })),
      ...last,
    ],
  }
}

const oneEdge = (low: number, to: number): readonly Edge[] => [{ low, high: low, to }]

function eitherCase(codePoint: number, to: number): readonly Edge[] {
  const upper = codePoint >= 0x61 && codePoint <= 0x7a ? codePoint - 0x20 : codePoint
  return upper >= 0x41 && upper <= 0x5a
    ? [...oneEdge(upper, to), ...oneEdge(upper + 0x20, to)]
    : oneEdge(codePoint, to)
}

const lengthOf = (text: string): number => Array.from(text).length

/** Just this string. */
export function exactly(text: string): StringSet {
  return chain(text, oneEdge, { accepting: true, edges: [] })
}

/** Every string that starts with `prefix`, itself included. */
export function startingWith(prefix: string): StringSet {
  return chain(prefix, oneEdge, sinkAt(lengthOf(prefix)))
}

/** This string in any mixture of ASCII cases. Envoy folds ASCII letters only. */
export function exactlyIgnoringCase(text: string): StringSet {
  return chain(text, eitherCase, { accepting: true, edges: [] })
}

/** Every string that starts with `prefix` in any mixture of ASCII cases. */
export function startingWithIgnoringCase(prefix: string): StringSet {
  return chain(prefix, eitherCase, sinkAt(lengthOf(prefix)))
}

/** This name in any mixture of ASCII cases, with or without a colon and the digits of a port. */
export function namedIgnoringCase(name: string): StringSet {
  const end = lengthOf(name)
  const digits = { low: 0x30, high: 0x39, to: end + 2 }
  return chain(
    name,
    eitherCase,
    { accepting: true, edges: oneEdge(0x3a, end + 1) },
    { accepting: false, edges: [digits] },
    { accepting: true, edges: [digits] },
  )
}
