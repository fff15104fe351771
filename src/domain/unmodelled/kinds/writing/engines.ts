import { isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { at, objectsOf, textOf, textsOf } from '../../../manifest/json-fields.ts'
import { groupOf } from '../../../manifest/kinds/deciding-groups.ts'
import type { KindEntry } from '../../kind-entry.ts'
import { everybody, type Subject, type Target } from '../../reach.ts'
import { concernsPods, concernsTheMesh, namesDecidingGroup, takesMeshKind, takesPods } from '../mesh-kinds.ts'
import { specOf } from '../spec.ts'

/** Whether a policy's text selects, writes or removes objects of the mesh; what it leaves out, it does not select. */
function selectsMesh(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.some((each: JsonValue) => selectsMesh(each))
  if (!isObject(value)) return false
  if (namesMesh(value)) return true
  return Object.entries(value).some(([field, inner]) => field !== 'exclude' && selectsMesh(inner))
}

/** One mapping: groups with resources or kinds, kinds alone, or an object that is written. */
function namesMesh(value: JsonObject): boolean {
  const groups = [...textsOf(value['groups']), ...textsOf(value['apiGroups'])]
  const kinds = textsOf(value['kinds'])
  if (groups.length > 0 && kinds.length > 0)
    return groups.some((group) => kinds.some((kind) => takesMeshKind(group, kind)))
  if (groups.length > 0) return concernsTheMesh({ ...value, apiGroups: groups })
  const [version, kind] = [textOf(value['apiVersion']), textOf(value['kind'])]
  return (
    kinds.some(takesByPath) ||
    (kind !== undefined && takesMeshKind(version === undefined ? undefined : groupOf(version), kind))
  )
}

/** `VirtualService`, `v1/Service`, `networking.istio.io/v1/VirtualService`, each with patterns, and a subresource behind it. */
function takesByPath(text: string): boolean {
  const [first = '', second = '', third] = text.split('/')
  const kindOf = (part: string) => part.split('.')[0] ?? ''
  if (third !== undefined && !/^v\d/.test(first)) return takesMeshKind(first, kindOf(third))
  return takesMeshKind(
    undefined,
    /^(?:v\d.*|\*)$/.test(first) && second !== '' ? kindOf(second) : kindOf(first),
  )
}

/** Whether a text or a field anywhere names a group of the mesh, or a label that Istio reads. */
function mentionsMesh(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return mentions(value)
  if (Array.isArray(value)) return value.some((each: JsonValue) => mentionsMesh(each))
  return isObject(value) && Object.entries(value).some(([key, each]) => mentions(key) || mentionsMesh(each))
}

function mentions(text: string): boolean {
  return /istio\.io\/|istio-injection/.test(text) || namesDecidingGroup(text)
}

/**
 * Whether a rule of Kyverno's is about the mesh: what starts one that makes objects, or rewrites others, is not what it
 * changes; and who rewrites pods may take them out of the mesh.
 */
function ruleDecides(rule: JsonObject): boolean {
  const { generate, mutate, validate, match } = rule
  const targets = at(mutate, 'targets')
  if (generate !== undefined) return selectsMesh(generate) || mentionsMesh(generate)
  if (mutate !== undefined)
    return (
      selectsMesh(targets ?? match) ||
      mentionsMesh(mutate) ||
      (writesWhatDecides(mutate) && selectsPods(targets ?? match))
    )
  return validate === undefined && rule['verifyImages'] !== undefined ? false : selectsAny(match)
}

/** What names no kinds is about all. */
function selectsAny(match: JsonValue | undefined): boolean {
  return selectsMesh(match) || !namesKinds(match)
}

function namesKinds(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.some((each: JsonValue) => namesKinds(each))
  if (!isObject(value)) return false
  const isObjects = value['apiVersion'] !== undefined && value['kind'] !== undefined
  return isObjects || Object.entries(value).some(([field, inner]) => field === 'kinds' || namesKinds(inner))
}

/** What of pods somebody else chooses them by, and what may keep them from running; of what makes them, how many. */
const decidingOfPods =
  /\b(?:labels|replicas|nodeSelector|nodeName|nodeAffinity|schedulerName|schedulingGates|priorityClassName|runtimeClassName)\b/

/**
 * Whether a patch, be it a text, writes labels: by these Services, subsets and gateways choose their pods. Or what may keep pods
 * from running.
 */
function writesWhatDecides(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return decidingOfPods.test(value)
  if (Array.isArray(value)) return value.some((each: JsonValue) => writesWhatDecides(each))
  return (
    isObject(value) &&
    Object.entries(value).some(([key, each]) => decidingOfPods.test(key) || writesWhatDecides(each))
  )
}

/** Whether a match is about pods, or what makes them. */
function selectsPods(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.some((each: JsonValue) => selectsPods(each))
  if (!isObject(value)) return false
  const kinds = [...textsOf(value['kinds']), textOf(value['kind']) ?? '']
  return (
    kinds.some((each) => takesPods(each.split('/').at(-1) ?? '')) ||
    concernsPods(value) ||
    Object.entries(value).some(([field, inner]) => field !== 'exclude' && selectsPods(inner))
  )
}

function kyvernoDecides(subject: Subject): JsonValue | undefined {
  const spec = at(subject.body, 'spec')
  const rules = objectsOf(at(spec, 'rules'))
  const isImages = /^(?:Namespaced)?ImageValidatingPolicy$/.test(subject.kind)
  if (isImages) return undefined
  const writes = /(?:Mutating|Generating)Policy$/.test(subject.kind)
  const isOfPods = writes && selectsPods(spec) && writesWhatDecides(spec)
  const decides =
    rules.length > 0
      ? rules.some(ruleDecides)
      : selectsMesh(spec) || (writes && mentionsMesh(spec)) || isOfPods
  return decides ? specOf(subject) : undefined
}

/** An exception lifts what a policy of the cluster refuses, wherever it is written. */
function engineReach({ kind, namespace }: Subject): readonly Target[] {
  return [
    namespace === undefined || kind === 'PolicyException'
      ? { kind: 'everybody' }
      : { kind: 'namespace', namespace },
  ]
}

/** A constraint that names no kinds is about all; one that only tells (`dryrun`) is read as if it refused. */
function constraintDecides(subject: Subject): JsonValue | undefined {
  const match = at(subject.body, 'spec', 'match')
  return at(match, 'kinds') === undefined || selectsMesh(match) ? specOf(subject) : undefined
}

/** Gatekeeper's mutators change one place of what they select: images of pods are none of ours, their labels are. */
function mutatorDecides(subject: Subject): JsonValue | undefined {
  const spec = at(subject.body, 'spec')
  if (selectsMesh(spec) || mentionsMesh(spec)) return specOf(subject)
  const isOfPods = selectsPods(spec) && writesWhatDecides(at(spec, 'location'))
  return isOfPods || !namesKinds(spec) ? specOf(subject) : undefined
}

/** The kind of the constraints that a template defines. */
function templateReach({ name, body }: Subject): readonly Target[] {
  const kind = textOf(at(body, 'spec', 'crd', 'spec', 'names', 'kind')) ?? name
  return [{ kind: 'through', group: 'constraints.gatekeeper.sh', kinds: [kind] }]
}

/** Engines that judge, rewrite, make and remove objects of any kind, by their own objects. */
export const engines: readonly KindEntry[] = [
  ...['kyverno.io', 'policies.kyverno.io'].map(
    (group): KindEntry => ({ group, decides: kyvernoDecides, reach: engineReach, partial: true }),
  ),
  { group: 'mutations.gatekeeper.sh', decides: mutatorDecides, reach: everybody, partial: true },
  { group: 'constraints.gatekeeper.sh', decides: constraintDecides, reach: everybody, partial: true },
  { group: 'config.gatekeeper.sh', kinds: ['Config'], decides: specOf, reach: everybody, partial: true },
  { group: 'templates.gatekeeper.sh', decides: specOf, reach: templateReach, partial: true },
]
