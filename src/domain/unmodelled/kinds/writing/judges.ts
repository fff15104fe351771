import { isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { at, objectsOf, textsOf } from '../../../manifest/json-fields.ts'
import { groupOf } from '../../../manifest/kinds/deciding-groups.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Subject, Target } from '../../reach.ts'
import { takesMeshKind, takesPods } from '../mesh-kinds.ts'
import { specOf } from '../spec.ts'
import { admitting, mattersTo } from './admission.ts'

/** A module without its version. */
function withoutVersion(module: string): string {
  return module.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
}

/** What is said, with modules of whatever version. */
function versionless(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((each: JsonValue) => versionless(each))
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([field, inner = null]): readonly [string, JsonValue] => [
    field,
    field === 'module' && typeof inner === 'string' ? withoutVersion(inner) : versionless(inner),
  ])
  return Object.fromEntries(entries)
}

/** Kubewarden: rules as those of a webhook; a policy that does not say whether it rewrites does. */
function wardenDecides(subject: Subject): JsonValue | undefined {
  const spec = at(subject.body, 'spec')
  const verb = at(spec, 'mutating') === false || subject.kind.endsWith('Group') ? 'Validating' : 'Mutating'
  return mattersTo(objectsOf(at(spec, 'rules')), verb) ? versionless(specOf(subject)) : undefined
}

/** JsPolicy: one rule that lies open; what names no group is of any. */
function scriptRule({ body }: Subject): JsonObject {
  const spec = at(body, 'spec')
  const groups = textsOf(at(spec, 'apiGroups'))
  return { apiGroups: groups.length > 0 ? [...groups] : ['*'], resources: at(spec, 'resources') ?? null }
}

function scriptDecides(subject: Subject): JsonValue | undefined {
  const verb = at(subject.body, 'spec', 'type') === 'Validating' ? 'Validating' : 'Mutating'
  return mattersTo([scriptRule(subject)], verb) ? specOf(subject) : undefined
}

/** Those of one namespace reach no further, and those of the cluster whatever their selectors take. */
function reachBy(rulesOf: (subject: Subject) => readonly JsonObject[]): KindEntry['reach'] {
  return (subject): readonly Target[] => {
    const { namespace, body } = subject
    if (namespace !== undefined) return [{ kind: 'namespace', namespace }]
    const spec = at(body, 'spec')
    return [admitting(isObject(spec) ? spec : {}, rulesOf(subject))]
  }
}

/** Words by which a group says that its kinds judge, or rewrite, what others apply. */
const judging =
  /(?:^|[.-])(?:admission|polic(?:y|ies)|mutations?|gatekeeper|kyverno|kubewarden|jspolicy|guards?)(?:[.-]|$)/

/** Groups of whose kinds more is known, or that concern no object of the mesh: budgets, image signatures, certificates, other meshes. */
const known =
  /^(?:policy|policy\.karmada\.io|policy\.networking\.k8s\.io|policy\.(?:sigstore\.dev|cert-manager\.io|linkerd\.io|kruise\.io)|(?:[a-z]+\.)?kyverno\.io|(?:constraints|templates|mutations|config|status|expansion)\.gatekeeper\.sh|policies\.kubewarden\.io|policy\.jspolicy\.com|.*reports?.*)$/

/** Kinds that tell what an engine has found or where it runs. */
const telling = /(?:Report|Violations?|Status|Server|List)$/

/** What is said about what is judged: groups, kinds and resources, wherever they stand; nothing where no such list is to be found. */
function selections(value: JsonValue | undefined): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => selections(each))
  if (!isObject(value)) return []
  const own = ['apiGroups', 'groups', 'kinds', 'resources'].some((field) => textsOf(value[field]).length > 0)
  return [...(own ? [value] : []), ...Object.values(value).flatMap((each) => selections(each))]
}

function concerns(selection: JsonObject): boolean {
  const groups = [...textsOf(selection['apiGroups']), ...textsOf(selection['groups'])]
  const kinds = textsOf(selection['kinds'])
  const isOfPods = kinds.some(takesPods)
  if (kinds.length > 0)
    return (
      isOfPods ||
      (groups.length > 0 ? groups : [undefined]).some((group) =>
        kinds.some((each) => takesMeshKind(group, each)),
      )
    )
  return mattersTo([{ ...selection, apiGroups: groups.length > 0 ? groups : ['*'] }], 'Mutating')
}

/** An engine of which nothing is known may do anything to what it selects, and to everything where it does not say. */
function unknownDecides(subject: Subject): JsonValue | undefined {
  const group = groupOf(subject.apiVersion)
  if (!judging.test(group) || known.test(group) || telling.test(subject.kind)) return undefined
  const said = specOf(subject)
  const found = selections(said)
  return found.length === 0 || found.some(concerns) ? versionless(said) : undefined
}

function namespaceOrAll({ namespace }: Subject): readonly Target[] {
  return [namespace === undefined ? { kind: 'everybody' } : { kind: 'namespace', namespace }]
}

/** Engines that judge or rewrite what others apply, each by objects of its own: those that are known, and those whose group says so. */
export const judges: readonly KindEntry[] = [
  {
    group: 'policies.kubewarden.io',
    kinds: [
      'ClusterAdmissionPolicy',
      'AdmissionPolicy',
      'ClusterAdmissionPolicyGroup',
      'AdmissionPolicyGroup',
    ],
    decides: wardenDecides,
    reach: reachBy(({ body }) => objectsOf(at(body, 'spec', 'rules'))),
    partial: true,
  },
  {
    group: 'policy.jspolicy.com',
    kinds: ['JsPolicy'],
    decides: scriptDecides,
    reach: reachBy((subject) => [scriptRule(subject)]),
    partial: true,
  },
  {
    group: 'policy.jspolicy.com',
    kinds: ['JsPolicyBundle'],
    decides: specOf,
    reach: ({ name }) => [
      { kind: 'through', group: 'policy.jspolicy.com', kinds: ['JsPolicy'], name, otherwise: 'everybody' },
    ],
    partial: true,
  },
  { group: '*', decides: unknownDecides, reach: namespaceOrAll, partial: true },
]
