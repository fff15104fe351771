import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { at, labelsOf, objectsOf, textOf, textsOf } from '../../../manifest/json-fields.ts'
import { groupOf } from '../../../manifest/kinds/deciding-groups.ts'
import type { KindEntry } from '../../kind-entry.ts'
import { everybody, type Setting, type Subject, type Target } from '../../reach.ts'
import { rootCertificates } from '../control-plane.ts'
import { rights } from '../rights.ts'
import { networks } from '../running/networks.ts'
import { bounds } from '../running/scaling.ts'
import { settingUp } from '../setting-up.ts'
import { specOf } from '../spec.ts'

/** What keeps the pods of a namespace from running or from being reached, who may write there, and what Istio is told: by single objects in it. */
const ofNamespaces: readonly KindEntry[] = [...bounds, ...networks, ...rights, settingUp, rootCertificates]

/** What a rule of Kyverno's generates: one object, or one for each of a list, as it would be written. */
function generatedBy(rule: JsonObject): readonly JsonObject[] {
  const generate = rule['generate']
  const [foreach, own] = [objectsOf(at(generate, 'foreach')), objectsOf(generate)]
  return [...own, ...foreach].filter((each) => textOf(each['kind']) !== undefined)
}

function subjectOf(made: JsonObject): Subject {
  const { apiVersion, kind, name, data } = made
  const namespace = textOf(made['namespace'])
  const metadata = at(data, 'metadata') ?? null
  return {
    apiVersion: textOf(apiVersion) ?? '',
    kind: textOf(kind) ?? '',
    name: textOf(name) ?? '',
    ...(namespace !== undefined && { namespace }),
    labels: labelsOf(at(metadata, 'labels')),
    annotations: labelsOf(at(metadata, 'annotations')),
    body: { ...(isObject(data) ? data : {}), apiVersion: apiVersion ?? '', kind: kind ?? '', metadata },
  }
}

/** Kinds of such objects, by their names: what is copied from elsewhere is not known to say less. */
const copied =
  /^(?:ResourceQuota|HierarchicalResourceQuota|LimitRange|\w*NetworkPolicy|(?:Cluster)?Role(?:Binding)?)$/

interface Made {
  readonly subject: Subject
  /** Undefined where the object is a copy of one that is not looked into. */
  readonly entry?: KindEntry
}

function madeOf({ body }: Subject, setting: Setting): readonly Made[] {
  return objectsOf(at(body, 'spec', 'rules'))
    .flatMap(generatedBy)
    .flatMap((made): readonly Made[] => {
      const subject = subjectOf(made)
      if (made['data'] === undefined) return isCopied(made) && copied.test(subject.kind) ? [{ subject }] : []
      const entries = ofNamespaces.filter(
        ({ group, kinds = [], decides }) =>
          group === groupOf(subject.apiVersion) &&
          kinds.includes(subject.kind) &&
          decides(subject, setting) !== undefined,
      )
      return entries.map((entry) => ({ subject, entry }))
    })
}

function isCopied(made: JsonObject): boolean {
  return made['clone'] !== undefined
}

/** `cloneList`: kinds, each perhaps with its group and version before it. */
function listed({ body }: Subject): boolean {
  return objectsOf(at(body, 'spec', 'rules')).some((rule) =>
    textsOf(at(rule, 'generate', 'cloneList', 'kinds')).some((each) =>
      copied.test(each.split('/').at(-1) ?? ''),
    ),
  )
}

function decides(subject: Subject, setting: Setting): JsonValue | undefined {
  return madeOf(subject, setting).length > 0 || listed(subject) ? specOf(subject) : undefined
}

/** A namespace that is filled in may be any. */
function reach(subject: Subject, setting: Setting): readonly Target[] {
  const everywhere: Target = { kind: 'everybody' }
  const own = madeOf(subject, setting).flatMap(({ subject: made, entry }): readonly Target[] => {
    const isKnown = made.namespace !== undefined && !made.namespace.includes('{{')
    if (!isKnown) return [everywhere]
    return entry?.reach(made, setting) ?? [{ kind: 'residents', namespace: made.namespace }]
  })
  return listed(subject) ? [...own, everywhere] : own
}

/** By its newer kind what is generated is an expression, in which the kind stands as a word. */
const spoken = /\b(?:ResourceQuota|LimitRange|\w*NetworkPolicy|(?:Cluster)?RoleBinding)\b/

function expressionDecides(subject: Subject): JsonValue | undefined {
  const said = specOf(subject)
  return spoken.test(canonicalJson(said)) ? said : undefined
}

/** What a policy generates in namespaces counts as if it were written there. */
export const generated: readonly KindEntry[] = [
  {
    group: 'kyverno.io',
    kinds: ['ClusterPolicy', 'Policy'],
    decides,
    reach,
    partial: true,
    quiet: true,
    quietIfGone: true,
  },
  {
    group: 'policies.kyverno.io',
    kinds: ['GeneratingPolicy'],
    decides: expressionDecides,
    reach: everybody,
    partial: true,
    quietIfGone: true,
  },
]
