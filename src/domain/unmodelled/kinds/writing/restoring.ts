import { isObject, type JsonValue } from '../../../manifest/json.ts'
import { at, labelsOf, textOf, textsOf } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Subject, Target } from '../../reach.ts'
import { kindCalled } from '../mesh-kinds.ts'
import { specOf } from '../spec.ts'

/** Where what brings objects back says into which namespaces. */
const fields = ['includedNamespaces', 'namespaces', 'targetNamespaces', 'restoreNamespace', 'targetNamespace']

function textsAt(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? textsOf(value) : [textOf(value) ?? ''].filter((each) => each !== '')
}

function namespacesOf({ body }: Subject): readonly string[] {
  const spec = at(body, 'spec')
  return [...new Set(fields.flatMap((field) => textsAt(at(spec, field))))]
}

/** Objects of other kinds alone lead no requests. */
function bringsBack({ body }: Subject): boolean {
  const included = textsOf(at(body, 'spec', 'includedResources'))
  return included.length === 0 || included.some((each) => each === '*' || kindCalled(each) !== undefined)
}

/** Velero brings back all namespaces where none is named, each under its own name or another. */
function veleroReach(subject: Subject): readonly Target[] {
  const told = namespacesOf(subject)
  if (told.length === 0 || told.includes('*')) return [{ kind: 'everybody' }]
  const names = labelsOf(at(subject.body, 'spec', 'namespaceMapping'))
  return told.map((each) => ({ kind: 'residents', namespace: names[each] ?? each }))
}

/** Others bring back what is theirs, in their own namespace, unless they say where else. */
function otherDecides(subject: Subject): JsonValue | undefined {
  const isOne =
    /Restore(?:Action|Job|Plan)?$/.test(subject.kind) && !subject.apiVersion.startsWith('velero.io/')
  return isOne && namespacesOf(subject).length > 0 ? specOf(subject) : undefined
}

function otherReach(subject: Subject): readonly Target[] {
  return namespacesOf(subject).map((namespace) =>
    namespace === '*' ? { kind: 'everybody' } : { kind: 'residents', namespace },
  )
}

/** Whatever writes objects as they once were over those that are there, or over none. */
export const restoring: readonly KindEntry[] = [
  {
    group: 'velero.io',
    kinds: ['Restore'],
    decides: (subject) =>
      bringsBack(subject) && isObject(subject.body['spec']) ? specOf(subject) : undefined,
    reach: veleroReach,
    partial: true,
  },
  { group: '*', decides: otherDecides, reach: otherReach, partial: true },
]
