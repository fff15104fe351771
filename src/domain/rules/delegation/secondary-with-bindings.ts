import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { say, words } from '../../words/phrase.ts'
import type { Sentence } from '../../words/sentence.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** Gateways, tcp and tls belong to the primary: Istio's webhook refuses a secondary with any of them. */
export const secondaryWithBindings: Rule = {
  id: 'secondary-with-bindings',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A secondary has gateways, tcp or tls.',
  *check(side) {
    for (const mesh of side.meshes) {
      for (const secondary of mesh.graph.secondaries) {
        for (const field of bindings) {
          if ((secondary.spec[field] ?? []).length > 0) yield explain(secondary, field, mesh)
        }
      }
    }
  },
}

const bindings = ['gateways', 'tcp', 'tls'] as const
type Binding = (typeof bindings)[number]

const ignored: Sentence = {
  clause: words("Istio's webhook refuses it"),
  rest: words('; where it gets in, a delegate ignores the field'),
}
const completed = note(words('A part that a tool completes (a Kustomize patch, for example) is no mistake'))

function explain(secondary: VirtualService, field: Binding, mesh: Mesh): Fault {
  const edge = mesh.graph.edges.find((each) => each.secondary === secondary)
  return {
    code: edge ? 'secondary-with-bindings' : 'secondary-with-bindings.perhaps',
    clause: edge
      ? say`${nameOf(secondary)} is a secondary and has ${code(field)}: Istio refuses it`
      : say`${nameOf(secondary)} has no hosts and has ${code(field)}: as it stands Istio would refuse it`,
    range: rangeOf(secondary.spec, field),
    because: [
      ...(edge
        ? [note(say`${nameOf(edge.primary)} delegates to it here`, rangeOf(edge.route, 'delegate'))]
        : []),
      edge ? ignored : completed,
    ],
    todo: edge
      ? say`Take ${code(field)} out; ${nameOf(edge.primary)} decides where its secondaries are served`
      : say`Take ${code(field)} out of a secondary, or add hosts to what is none`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: canonicalJson({ [field]: secondary.spec[field] }),
    admission: 'rejected',
    ...(edge === undefined && { severity: 'warning', effect: 'report' }),
  }
}
