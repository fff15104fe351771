import type { MissingFact, MissingFactCode } from '../gateway-api/missing-fact.ts'
import { type Phrase, say, words } from '../words/phrase.ts'
import { code } from './code.ts'

const clauses: Readonly<Record<MissingFactCode, (of: string) => Phrase>> = {
  'other-shape': (of) => say`It has fields, or a version, that are not known here (${code(of)})`,
  'no-namespace': () => words('It names no namespace'),
  'filled-in': () => words('Another tool fills in a part of it'),
  copies: (of) => say`${code(of)} is written more than once`,
  'class-unknown': (of) => say`Who implements the class ${code(of)} is not in this repository`,
  'service-unknown': (of) => say`Which pods are behind the Service ${code(of)} is not in this repository`,
  'named-port': (of) => say`Which port of the pods ${code(of)} is called is not looked into`,
  'same-listener': (of) => say`Two listeners are ${code(of)}, which the API server refuses`,
  'other-protocol': (of) => say`Listeners for the protocol ${code(of)} are not looked into`,
  infrastructure: () => words('What it says of the pods that are made for it is not looked into'),
  waypoint: () => words('Waypoints are not looked into'),
  'parent-unknown': (of) => say`Its parent ${code(of)} is not in this repository`,
  'parent-unmodelled': (of) => say`What its parent ${code(of)} does is not known here`,
  'namespace-labels': (of) => say`The labels of the Namespace ${code(of)} are not in this repository`,
  'other-backend': (of) => say`Backends of the kind ${code(of)} are not looked into`,
  'other-grant': () => words('It grants something else than Services to routes'),
  'used-by-unmodelled': (of) => say`What ${code(of)} does, which hangs on it, is not known here`,
}

/** Why what an object does to requests is not worked out. */
export function missingFactWords({ code: fact, of = '' }: MissingFact): Phrase {
  return clauses[fact](of)
}
