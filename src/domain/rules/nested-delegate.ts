import { conditionOptions } from '../diff/placed-route.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { HTTPRoute, VirtualService } from '../manifest/virtual-service.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import type { DelegateEdge } from '../routing/delegation-graph.ts'
import type { Mesh } from '../routing/snapshot.ts'
import type { Note } from '../source/diagnostic.ts'
import { rangeOf } from '../source/located.ts'
import { lossUnder } from './reach/loss-under.ts'
import type { Fault, Rule } from './rule.ts'
import { code, nameOf } from './wording/code.ts'

/** A secondary that delegates itself: delegation has one level only (vendor rule 1). */
export const nestedDelegate: Rule = {
  id: 'nested-delegate',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A secondary that delegates itself: neither delegate takes effect.',
  *check(side, { settings }) {
    for (const mesh of side.meshes) {
      for (const secondary of mesh.graph.secondaries) {
        for (const entry of secondary.spec.http ?? []) {
          if (entry.delegate !== undefined)
            yield explain({ secondary, entry, mesh }, settings.dialect, conditionOptions(settings))
        }
      }
    }
  },
}

interface Nested {
  readonly secondary: VirtualService
  readonly entry: HTTPRoute
  readonly mesh: Mesh
}

function explain(nested: Nested, dialect: 'asm' | 'istio', options: ConditionOptions): Fault {
  const { secondary, entry, mesh } = nested
  const edges = mesh.graph.edges.filter((edge) => edge.secondary === secondary)
  const range = rangeOf(entry, 'delegate')
  return {
    message: messageOf(nested, edges, dialect, options),
    ...(range && { range }),
    notes: [
      ...edges.map((edge): Note => {
        const at = rangeOf(edge.route, 'delegate')
        return {
          message: `${nameOf(edge.primary)} delegates to ${nameOf(secondary)} here.`,
          ...(at && { range: at }),
        }
      }),
      {
        message:
          "Istio's webhook refuses a secondary that delegates; where it gets in, a gateway may reject its whole configuration.",
      },
    ],
    advice: `Give this entry of ${nameOf(secondary)} a route of its own, or delegate to ${target(entry)} from the primary.`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: canonicalJson(entry),
    admission: 'rejected',
  }
}

function target({ delegate }: HTTPRoute): string {
  return code([delegate?.namespace, delegate?.name ?? ''].filter((part) => part !== undefined).join('/'))
}

function messageOf(
  { secondary, entry, mesh }: Nested,
  edges: readonly DelegateEdge[],
  dialect: 'asm' | 'istio',
  options: ConditionOptions,
): string {
  const both = `${nameOf(secondary)} is a secondary and delegates to ${target(entry)}`
  if (edges.length === 0) return `${both}: a delegate in a secondary has no effect.`
  if (dialect === 'istio') return `${both}: this entry is left without any destination.`
  const loss = lossUnder(edges, mesh, options)
  return loss === ''
    ? `${both}: neither delegate takes effect.`
    : `${both}, so neither delegate takes effect: ${loss}.`
}
