import { conditionOptions } from '../../diff/tables/placed-route.ts'
import { BudgetExceeded, workOf } from '../../language/string-set.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { HTTPMatchRequest } from '../../manifest/virtual-service.ts'
import { mayOccur, subtractBox } from '../../match/box.ts'
import type { ConditionOptions, Reading } from '../../match/conditions.ts'
import { arrivingUniverse } from '../../match/dimensions.ts'
import { matcherAt, rangeAt, readFieldPath } from '../../match/fields/field-path.ts'
import type { Request } from '../../match/request.ts'
import { witnessOf } from '../../match/witness-request.ts'
import { boxOf, requestsText } from '../../reach/agreed-requests.ts'
import type { DelegateEdge } from '../../routing/delegation-graph.ts'
import { conflictOf, mergeMatch } from '../../routing/merge-http-routes.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { code, nameOf } from '../../terms/code.ts'
import { matchWords, valueWords } from '../../terms/match-words.ts'
import { type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/**
 * Istio compares `withoutHeaders` as if it said what to let in: a longer value passes as "within", and lets in what the
 * primary kept out.
 */
export const escapedBoundary: Rule = {
  id: 'escaped-boundary',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: "A secondary's withoutHeaders lets in requests that the primary excluded.",
  *check(side, { settings }, asked) {
    for (const mesh of side.meshes) {
      for (const edge of mesh.graph.edges) {
        if (edge.state === 'resolved' && edge.secondary !== undefined && asked.has(mesh.name, edge.secondary))
          yield* escapes(edge, mesh, conditionOptions(settings))
      }
    }
  },
}

interface Escape {
  readonly edge: DelegateEdge
  readonly mesh: Mesh
  readonly outer: HTTPMatchRequest
  readonly inner: HTTPMatchRequest
  /** The header that both exclude, each in its own way. */
  readonly header: string
}

function* escapes(edge: DelegateEdge, mesh: Mesh, options: ConditionOptions): Iterable<Fault> {
  const given = edge.route.match ?? []
  for (const entry of edge.secondary?.spec.http ?? []) {
    const own = entry.match ?? []
    const drops = own.some((inner) => given.every((outer) => conflictOf(outer, inner) !== undefined))
    if (drops) continue
    for (const inner of own) {
      for (const outer of given) {
        const header = sharedHeader(outer, inner)
        if (header === undefined || conflictOf(outer, inner) !== undefined) continue
        const fault = explain({ edge, mesh, outer, inner, header }, options)
        if (fault !== undefined) yield fault
      }
    }
  }
}

function sharedHeader(outer: HTTPMatchRequest, inner: HTTPMatchRequest): string | undefined {
  const given = outer.withoutHeaders ?? {}
  return Object.keys(inner.withoutHeaders ?? {}).find((name) => Object.hasOwn(given, name))
}

function explain(pair: Escape, options: ConditionOptions): Fault | undefined {
  const { edge, mesh, outer, inner, header } = pair
  const escaped = letIn(pair, options)
  if (escaped === undefined) return undefined
  const secondary = edge.secondary ?? edge.primary
  const path = readFieldPath(`withoutHeaders.${header}`)
  const excluded = say`header ${code(header)} ${valueWords(matcherAt(outer, path))}`
  return {
    code: 'escaped-boundary',
    clause: say`This match lets in what ${nameOf(edge.primary)} keeps out: ${escaped.requests} would reach ${nameOf(secondary)}`,
    ...(escaped.witness && { rest: say`. For example ${requestWords(escaped.witness)}` }),
    range: rangeAt(inner, path),
    because: [
      note(say`${nameOf(edge.primary)} excludes requests with ${excluded}`, rangeAt(outer, path)),
      note(words("The secondary's value replaces the primary's, and a longer one excludes less")),
    ],
    todo: say`Exclude the same value here, or leave ${code(header)} out of this match: the primary's exclusion then holds`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: canonicalJson([outer, inner]),
  }
}

interface LetIn {
  readonly requests: Phrase
  readonly witness?: Request
}

/** What the pair takes that none of the primary's matches gives. */
function letIn({ edge, outer, inner }: Escape, options: ConditionOptions): LetIn | undefined {
  try {
    return escapedBy({ edge, outer, inner }, { ...options, work: workOf('escape') })
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return { requests: say`some requests of ${matchWords(inner)}` }
  }
}
function escapedBy(
  { edge, outer, inner }: Pick<Escape, 'edge' | 'outer' | 'inner'>,
  reading: Reading,
): LetIn | undefined {
  const { work } = reading
  const universe = arrivingUniverse(reading.pathNormalization)
  const wide = boxOf(mergeMatch(outer, inner), reading)
  let boxes = wide === undefined ? [] : [wide]
  for (const given of edge.route.match ?? []) {
    const boundary = boxOf(given, reading)
    if (boundary) boxes = boxes.flatMap((box) => [...subtractBox(box, boundary, { universe, work })])
  }
  boxes = boxes.filter((box) => mayOccur(box, { universe, work }))
  if (boxes.length === 0) return undefined
  const witness = witnessOf({ boxes }, { host: '*', universe })
  return { requests: requestsText(boxes, work), ...(witness && { witness }) }
}

function requestWords({ method, path, headers }: Request): Phrase {
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return code([`${method} ${path}`, ...sent].join(', '))
}
