import type { JsonObject, JsonValue } from '../../../manifest/json.ts'
import { at, objectsOf, picked, textOf } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import { everybody, type Setting, type Subject, type Target } from '../../reach.ts'
import { isOpen } from '../../reading/label-selector.ts'
import { concernsPods, concernsTheMesh, takesDecidingGroup } from '../mesh-kinds.ts'
import { specOf } from '../spec.ts'

/** With a definition go all objects of its kind, and so with whatever answers for them instead of the API server. */
function definitionDecides(subject: Subject): JsonValue | undefined {
  const group = textOf(at(subject.body, 'spec', 'group')) ?? ''
  return takesDecidingGroup(group) ? specOf(subject) : undefined
}

/** Whoever rewrites the labels and containers of pods decides who answers; who refuses them, only that they do not start. */
export function mattersTo(rules: readonly JsonObject[], kind: string): boolean {
  return rules.some(concernsTheMesh) || (kind.startsWith('Mutating') && rules.some(concernsPods))
}

function webhooksOf({ body, kind }: Subject): readonly JsonObject[] {
  return objectsOf(body['webhooks']).filter((each) => mattersTo(objectsOf(each['rules']), kind))
}

/** A webhook refuses or rewrites any object that its rules name; its certificate is renewed every other week. */
function webhookDecides(subject: Subject): JsonValue | undefined {
  const webhooks = webhooksOf(subject)
  if (webhooks.length === 0) return /istio/.test(subject.name) ? (subject.body['webhooks'] ?? []) : undefined
  return webhooks.map(({ clientConfig, timeoutSeconds: _, admissionReviewVersions: __, ...webhook }) => ({
    ...webhook,
    clientConfig: picked(clientConfig, ['service', 'url']),
  }))
}

function webhookReach(subject: Subject): readonly Target[] {
  const webhooks = webhooksOf(subject)
  if (webhooks.length === 0) return [{ kind: 'everybody' }]
  return webhooks.map((each) => admitting(each, objectsOf(each['rules'])))
}

/** Whom something reaches that is asked about objects: all of them, or those that its selectors take. */
export function admitting(selecting: JsonObject, rules: readonly JsonObject[]): Target {
  const { namespaceSelector: namespaces = null, objectSelector: objects = null } = selecting
  if (isOpen(namespaces) && isOpen(objects)) return { kind: 'everybody' }
  return { kind: 'admitted', of: rules.some(concernsTheMesh) ? 'objects' : 'pods', namespaces, objects }
}

function constraintsOf({ body }: Subject): JsonObject {
  return objectsOf(at(body, 'spec', 'matchConstraints'))[0] ?? {}
}

function policyDecides(subject: Subject): JsonValue | undefined {
  const rules = objectsOf(constraintsOf(subject)['resourceRules'])
  return mattersTo(rules, subject.kind) ? specOf(subject) : undefined
}

function policyReach(subject: Subject): readonly Target[] {
  const constraints = constraintsOf(subject)
  return [admitting(constraints, objectsOf(constraints['resourceRules']))]
}

/** A policy does nothing before something binds it; a binding may take some of its objects only. */
function bindingReach({ body, kind }: Subject): readonly Target[] {
  const rules = objectsOf(at(body, 'spec', 'matchResources', 'resourceRules'))
  const policies = kind.slice(0, -'Binding'.length)
  if (rules.length > 0 && !mattersTo(rules, policies)) return []
  const name = textOf(at(body, 'spec', 'policyName')) ?? ''
  return [
    {
      kind: 'through',
      group: 'admissionregistration.k8s.io',
      kinds: [policies],
      name,
      otherwise: 'everybody',
    },
  ]
}

/** What a policy over objects of the mesh is told by another object. */
function parameterDecides(subject: Subject, { parameters }: Setting): JsonValue | undefined {
  const { kind, name, namespace } = subject
  const isOne = parameters.some(
    (each) =>
      (each.kind === undefined || each.kind === kind) &&
      (each.name === undefined || each.name === name) &&
      (each.namespace === undefined || namespace === undefined || each.namespace === namespace),
  )
  return isOne ? specOf(subject) : undefined
}

/** What stands between a manifest and the API server: definitions, webhooks and policies over objects of the mesh. */
export const admission: readonly KindEntry[] = [
  {
    group: 'apiextensions.k8s.io',
    kinds: ['CustomResourceDefinition'],
    decides: definitionDecides,
    reach: everybody,
    partial: true,
  },
  {
    group: 'apiregistration.k8s.io',
    kinds: ['APIService'],
    decides: definitionDecides,
    reach: everybody,
    partial: true,
  },
  {
    group: 'admissionregistration.k8s.io',
    kinds: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
    decides: webhookDecides,
    reach: webhookReach,
    partial: true,
  },
  {
    group: 'admissionregistration.k8s.io',
    kinds: ['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'],
    decides: policyDecides,
    reach: policyReach,
    partial: true,
  },
  {
    group: 'admissionregistration.k8s.io',
    kinds: ['ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicyBinding'],
    decides: specOf,
    reach: bindingReach,
    partial: true,
  },
  { group: '*', decides: parameterDecides, reach: everybody, partial: true },
]
