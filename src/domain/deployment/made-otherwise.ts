import { canonicalJson, type JsonObject, type JsonValue } from '../manifest/json.ts'
import { decidesAsAWhole } from '../manifest/kinds/deciding-groups.ts'
import { fieldsOf, textIn, without } from '../manifest/layers/written.ts'
import { jsonOf } from '../manifest/yaml-json.ts'
import { partialEntriesOf } from '../unmodelled/kinds/index.ts'
import { readByIstio } from '../unmodelled/kinds/read-by-istio.ts'
import { podTemplatesOf } from '../unmodelled/reading/pod-templates.ts'
import { type DeliveredObject, type Delivery, nothingDelivered } from './build-unit.ts'

/**
 * The files of objects of which something else is made than is written there, and on the two sides something different. An object
 * that is not delivered although its file takes part is one, too.
 */
export function filesMadeOtherwise(
  before: Delivery = nothingDelivered,
  after: Delivery = nothingDelivered,
): ReadonlySet<string> {
  return new Set([...onlyIn(after, before), ...onlyIn(before, after)])
}

function onlyIn(side: Delivery, other: Delivery): readonly string[] {
  const known = new Set(other.objects.map(whatItSays))
  const delivering = new Set(other.objects.map(({ from }) => from.path))
  return side.objects
    .filter((each) => !known.has(whatItSays(each)) && isDeciding(each))
    .filter(({ isChanged, from: { path } }) => isChanged || (other.parts.has(path) && !delivering.has(path)))
    .map(({ from }) => from.path)
}

const said = new WeakMap<DeliveredObject, string>()

/**
 * What an object says of requests, as one text: of what makes pods, by which labels and annotations they are chosen, and not what
 * they run; of others all but images, replicas and status. Istio's own workloads, and the status of a response, are told whole.
 */
export function whatItSays(object: DeliveredObject): string {
  const before = said.get(object)
  if (before !== undefined) return before
  const json = fieldsOf(jsonOf(object.node))
  const text = canonicalJson(partThatDecides(json))
  said.set(object, text)
  return text
}

function partThatDecides(json: JsonObject): JsonValue {
  const { apiVersion, kind, metadata } = json
  if (decidesWholly(json)) return { ...json, metadata: withoutOwnMarks(fieldsOf(metadata)) }
  const pods = podTemplatesOf(json)
  const isOfIstio = /istio|pilot/.test(canonicalJson(metadata ?? null))
  if (pods.length === 0 || isOfIstio) return without(json, (field) => silent.has(field))
  return {
    apiVersion: apiVersion ?? null,
    kind: kind ?? null,
    metadata: metadata ?? null,
    pods: pods.map(({ labels, annotations }) => ({ labels, annotations })),
  }
}

/** Labels and annotations that Istio does not read are asked about as a layer that writes them, not as another object. */
function withoutOwnMarks(metadata: JsonObject): JsonObject {
  const read = (value: JsonValue | undefined) =>
    Object.fromEntries(Object.entries(fieldsOf(value)).filter(([key]) => readByIstio.test(key)))
  const { labels, annotations } = metadata
  return { ...metadata, labels: read(labels), annotations: read(annotations) }
}

const silent = new Set(['image', 'replicas', 'status', 'resources'])

function isDeciding({ node }: DeliveredObject): boolean {
  const json = fieldsOf(jsonOf(node))
  return (
    decidesWholly(json) ||
    partialEntriesOf(kindOf(json)).some(({ group }) => group !== '*') ||
    podTemplatesOf(json).length > 0
  )
}

function decidesWholly(json: JsonObject): boolean {
  const { apiVersion, kind } = kindOf(json)
  return decidesAsAWhole(apiVersion, kind)
}

function kindOf({ apiVersion, kind }: JsonObject): { readonly apiVersion: string; readonly kind: string } {
  return { apiVersion: textIn(apiVersion) ?? '', kind: textIn(kind) ?? '' }
}
