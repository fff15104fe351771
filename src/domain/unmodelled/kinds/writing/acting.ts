import { isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { textOf, textsOf } from '../../../manifest/json-fields.ts'
import { groupOf } from '../../../manifest/kinds/deciding-groups.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Subject, Target } from '../../reach.ts'
import { concernsTheMesh, namesDecidingGroup, takesMeshKind } from '../mesh-kinds.ts'
import { specOf } from '../spec.ts'

/** Groups whose objects name kinds for reasons of their own, which are looked at elsewhere or decide nothing. */
const elsewhere =
  /^(?:rbac\.authorization|apiextensions|apiregistration|admissionregistration|authorization)\.k8s\.io$|^kustomize\.config\.k8s\.io$|(?:^|\.)(?:argoproj\.io|toolkit\.fluxcd\.io|kyverno\.io|gatekeeper\.sh|kubewarden\.io|jspolicy\.com|karmada\.io|monitoring\.coreos\.com)$/

/** By these a policy is attached to objects, which is looked at by whom it reaches. */
const attaching = /^(?:targetRefs?|targetSelectors)$/

/** Kinds that only look. */
const looking = /^(?:Backup|Schedule|EventSource|\w*Report|\w*Monitor)$/

/** Whether a value says that objects of the mesh are what is acted on: by a resource with its group, or by group and kind without a name. */
function actsOnMesh(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return isResource(value)
  if (Array.isArray(value)) return value.some((each: JsonValue) => actsOnMesh(each))
  if (!isObject(value)) return false
  return (
    selectsMesh(value) ||
    Object.entries(value).some(([key, each]) => isResource(key) || (!attaching.test(key) && actsOnMesh(each)))
  )
}

/** `virtualservices.networking.istio.io`, also with a word before it (`count/...`). */
function isResource(text: string): boolean {
  const group = /^(?:\S*\/)?(?:[a-z]+|\*)\.(?<group>[a-z0-9.-]+)$/.exec(text)?.groups?.['group']
  return group?.includes('.') === true && namesDecidingGroup(group)
}

function selectsMesh(value: JsonObject): boolean {
  if (value['metadata'] !== undefined || textOf(value['name']) !== undefined) return false
  const version = textOf(value['apiVersion'])
  const group = textOf(value['group']) ?? (version === undefined ? undefined : groupOf(version))
  if (group === undefined || group === '') return false
  const resources = [...textsOf(value['resources']), textOf(value['resource']) ?? ''].filter(
    (each) => each !== '',
  )
  const kind = textOf(value['kind'])
  return (
    (resources.length > 0 && concernsTheMesh({ apiGroups: [group], resources })) ||
    (kind !== undefined && takesMeshKind(group, kind) && namesDecidingGroup(group))
  )
}

function decides(subject: Subject): JsonValue | undefined {
  if (elsewhere.test(groupOf(subject.apiVersion)) || looking.test(subject.kind)) return undefined
  if (subject.kind === 'ConfigMap' || subject.kind === 'Secret') return undefined
  const said = specOf(subject)
  return actsOnMesh(said) ? said : undefined
}

/** A quota is for its namespace; where others act is not known. */
function reach({ kind, namespace }: Subject): readonly Target[] {
  return [kind === 'ResourceQuota' ? { kind: 'namespace', namespace } : { kind: 'everybody' }]
}

/** Whatever makes, restores, counts or removes objects of the mesh by their kind, called as it may be. */
export const acting: readonly KindEntry[] = [{ group: '*', decides, reach, partial: true }]
