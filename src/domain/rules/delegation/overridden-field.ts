import { canonicalJson, isObject, type JsonValue } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { ActionField, Headers, HTTPRoute } from '../../manifest/virtual-service.ts'
import type { DelegateEdge } from '../../routing/delegation-graph.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { fewOf } from '../../words/few-of.ts'
import { say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** A secondary's field replaces the primary's whole object (Istio `mergeHTTPRoute`): nothing is merged within it. */
export const overriddenField: Rule = {
  id: 'overridden-field',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary:
    "A secondary's headers, retries ... replaces the primary's whole object; blocks for security headers.",
  *check(side, { settings }, asked) {
    for (const mesh of side.meshes) {
      for (const edge of mesh.graph.edges) {
        const { secondary, state } = edge
        if (state !== 'resolved' || secondary === undefined || !asked.has(mesh.name, secondary)) continue
        for (const entry of secondary.spec.http ?? [])
          yield* overridden(edge, entry, { mesh, isGuarded: guardedBy(settings.securityHeaders) })
      }
    }
  },
}

/** Whether a name of a header, in any case, is one of these. */
function guardedBy(names: readonly string[]): (name: string) => boolean {
  const isLike = (pattern: string, name: string) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
  return (name) => names.some((pattern) => isLike(pattern, name.toLowerCase()))
}

interface Place {
  readonly mesh: Mesh
  readonly isGuarded: (name: string) => boolean
}

const objects = ['headers', 'retries', 'corsPolicy', 'fault', 'mirror', 'mirrors', 'rewrite'] as const

function* overridden(edge: DelegateEdge, entry: HTTPRoute, { mesh, isGuarded }: Place): Iterable<Fault> {
  for (const field of objects) {
    const [given, own] = [edge.route[field], entry[field]]
    if (given === undefined || own === undefined) continue
    const lost = missingFrom(plain(given), plain(own))
    if (lost.length === 0) continue
    const guarded = field === 'headers' ? lostHeaders(edge.route.headers, entry).filter(isGuarded) : []
    yield explain({ edge, entry, field, mesh, guarded }, lost)
  }
}

/**
 * Names of headers of which the primary says something, and the entry nothing at all: neither for all of its requests or
 * responses nor for those of each target.
 */
function lostHeaders(given: Headers = {}, { headers = {}, route = [] }: HTTPRoute): readonly string[] {
  return (['request', 'response'] as const).flatMap((side) => {
    const own = new Set(namesIn(headers[side]))
    const ofTargets = route.map((target) => new Set(namesIn(target.headers?.[side])))
    const isSaid = (name: string) =>
      own.has(name) || (ofTargets.length > 0 && ofTargets.every((names) => names.has(name)))
    return namesIn(given[side]).filter((name) => !isSaid(name))
  })
}

function namesIn({
  set = {},
  add = {},
  remove = [],
}: NonNullable<Headers['request']> = {}): readonly string[] {
  return [...Object.keys(set), ...Object.keys(add), ...remove].map((name) => name.toLowerCase())
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
  /** Security headers that are lost. */
  readonly guarded: readonly string[]
}

function explain({ edge, entry, field, mesh, guarded }: Overridden, lost: readonly string[]): Fault {
  const secondary = edge.secondary ?? edge.primary
  const names = lost.map((path) => code(path === '' ? field : path))
  return {
    code: guarded.length > 0 ? 'overridden-field.security' : 'overridden-field',
    clause: say`${code(field)} of ${nameOf(secondary)} replaces the whole ${code(field)} of ${nameOf(edge.primary)}: ${fewOf(names, 4)} ${names.length === 1 ? words('does') : words('do')} not apply to this entry`,
    range: rangeOf(entry, field),
    because: [
      note(say`${nameOf(edge.primary)} sets ${code(field)} here`, rangeOf(edge.route, field)),
      ...(guarded.length > 0 ? [securityNote(guarded)] : []),
    ],
    todo: say`Repeat what is still wanted in ${code(field)} of ${nameOf(secondary)}, or leave the field out there to take over the primary's`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: canonicalJson([field, edge.route[field], entry]),
    ...(guarded.length === 0 && { severity: 'info', effect: 'report' }),
  }
}

function securityNote(names: readonly string[]): Because {
  return note(
    say`${fewOf(names.map(code), 4)} ${names.length === 1 ? words('is a header') : words('are headers')} on which security hangs (${code('istio.securityHeaders')})`,
  )
}
