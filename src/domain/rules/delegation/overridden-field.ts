import { canonicalJson, isObject, type JsonValue } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { ActionField, HTTPRoute } from '../../manifest/virtual-service.ts'
import type { DelegateEdge } from '../../routing/delegation-graph.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { fewOf } from '../../words/few-of.ts'
import { say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** A secondary's field replaces the primary's whole object (Istio `mergeHTTPRoute`): nothing is merged within it. */
export const overriddenField: Rule = {
  id: 'overridden-field',
  severity: 'info',
  effect: 'report',
  configurable: true,
  summary: "A secondary's headers, retries ... replaces the primary's whole object.",
  *check(side) {
    for (const mesh of side.meshes) {
      for (const edge of mesh.graph.edges) {
        if (edge.state !== 'resolved') continue
        for (const entry of edge.secondary?.spec.http ?? []) yield* overridden(edge, entry, mesh)
      }
    }
  },
}

const objects = ['headers', 'retries', 'corsPolicy', 'fault', 'mirror', 'mirrors', 'rewrite'] as const

function* overridden(edge: DelegateEdge, entry: HTTPRoute, mesh: Mesh): Iterable<Fault> {
  for (const field of objects) {
    const [given, own] = [edge.route[field], entry[field]]
    if (given === undefined || own === undefined) continue
    const lost = missingFrom(plain(given), plain(own))
    if (lost.length > 0) yield explain({ edge, entry, field, mesh }, lost)
  }
}

/** As JSON, without the places. */
function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue
}

/** The leaves of `given` that `own` says otherwise or not at all, as `request.set.x-tenant`. */
function missingFrom(given: JsonValue, own: JsonValue | undefined, path = ''): readonly string[] {
  if (!isObject(given)) return canonicalJson(given) === canonicalJson(own) ? [] : [path]
  const inner = isObject(own) ? own : {}
  return Object.entries(given).flatMap(([key, value]) =>
    value === undefined
      ? []
      : missingFrom(
          value,
          Object.hasOwn(inner, key) ? inner[key] : undefined,
          path === '' ? key : `${path}.${key}`,
        ),
  )
}

interface Overridden {
  readonly edge: DelegateEdge
  readonly entry: HTTPRoute
  readonly field: ActionField
  readonly mesh: Mesh
}

function explain({ edge, entry, field, mesh }: Overridden, lost: readonly string[]): Fault {
  const secondary = edge.secondary ?? edge.primary
  const names = lost.map((path) => code(path === '' ? field : path))
  return {
    code: 'overridden-field',
    clause: say`${code(field)} of ${nameOf(secondary)} replaces the whole ${code(field)} of ${nameOf(edge.primary)}: ${fewOf(names, 4)} ${names.length === 1 ? words('does') : words('do')} not apply to this entry`,
    range: rangeOf(entry, field),
    because: [note(say`${nameOf(edge.primary)} sets ${code(field)} here`, rangeOf(edge.route, field))],
    todo: say`Repeat what is still wanted in ${code(field)} of ${nameOf(secondary)}, or leave the field out there to take over the primary's`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: canonicalJson([field, edge.route[field], entry]),
  }
}
