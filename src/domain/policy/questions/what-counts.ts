import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import type { Resource } from '../../manifest/resource.ts'
import { isDecisiveKey } from '../configuration/decisive-keys.ts'

/** The keys of labels and annotations about which nobody need agree (`consent.ignore`). */
export type IgnoredKeys = readonly string[]

/**
 * The yardstick: what of a document counts to whoever owns it. Everything that is written but the ignored keys of its labels
 * and annotations, and of those of the items of a list; comments, layout and the order of keys are gone from JSON.
 */
export function whatCounts(document: JsonValue, ignored: IgnoredKeys): JsonValue {
  if (!isObject(document)) return document
  const { metadata = null, items, kind } = document
  const keys = isSelectedByLabels(kind) ? [] : ignored
  return {
    ...document,
    ...(isObject(metadata) && { metadata: metadataThatCounts(metadata, keys) }),
    ...(Array.isArray(items) && { items: items.map((item: JsonValue) => whatCounts(item, ignored)) }),
  }
}

/** Services, ServiceEntries, Sidecars and the like select these by their labels, those of other repositories included. */
function isSelectedByLabels(kind: JsonValue | undefined): boolean {
  return kind === 'WorkloadEntry' || kind === 'Pod'
}

/** No labels that count are as good as no labels. */
function metadataThatCounts(metadata: JsonObject, ignored: IgnoredKeys): JsonObject {
  const entries = Object.entries(metadata).flatMap(([field, value = null]) => {
    if (field !== 'labels' && field !== 'annotations') return [[field, value] as const]
    const isHarmless = isHarmlessIn(field)
    const kept = isObject(value) ? keysThatCount(value, ignored, isHarmless) : value
    const isEmpty = kept === null || (isObject(kept) && Object.keys(kept).length === 0)
    return isEmpty ? [] : [[field, kept] as const]
  })
  return Object.fromEntries(entries)
}

/** An ignored key with a value that the API server refuses keeps the whole object from being applied. */
function keysThatCount(
  values: JsonObject,
  ignored: IgnoredKeys,
  isHarmless: (value: JsonValue) => boolean,
): JsonObject {
  const counts = ([key, value = null]: readonly [string, JsonValue | undefined]) =>
    isDecisiveKey(key) || !ignored.includes(key) || !isHarmless(value)
  return Object.fromEntries(Object.entries(values).filter(counts))
}

/** Whether a value of labels or annotations is one that the API server takes whatever else the object holds. */
export function isHarmlessIn(field: 'labels' | 'annotations'): (value: JsonValue) => boolean {
  return field === 'labels' ? isLabelValue : isShortText
}

/** Kubernetes `validation.IsValidLabelValue`. */
function isLabelValue(value: JsonValue): boolean {
  return (
    typeof value === 'string' &&
    value.length <= 63 &&
    /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value)
  )
}

/** All annotations of an object together may have 256 KiB; nothing that is ignored comes near that. */
function isShortText(value: JsonValue): boolean {
  return typeof value === 'string' && value.length <= 1024
}

/** One thing that is written of an object. `wrapping`: of the list around it. */
export interface WrittenField {
  readonly part: 'label' | 'annotation' | 'metadata' | 'wrapping' | 'field'
  readonly key: string
  /** Canonical JSON. */
  readonly value: string
}

/** What of an object counts, each label, annotation and field by itself; what it inherits from a list included. */
export function writtenFields(resource: Resource, ignored: IgnoredKeys): readonly WrittenField[] {
  const { apiVersion, kind, body, around = [] } = resource
  // An object is a mapping, and stays one.
  const { metadata = {}, ...rest } = whatCounts(body, ignored) as JsonObject
  const { labels = {}, annotations = {}, ...others } = isObject(metadata) ? metadata : { metadata }
  const lists = around.map((list) => whatCounts(list, ignored))
  return [
    ...fieldsOf('field', { ...rest, apiVersion, kind }),
    ...fieldsOf('metadata', others),
    ...(isObject(labels) ? fieldsOf('label', labels) : fieldsOf('metadata', { labels })),
    ...(isObject(annotations) ? fieldsOf('annotation', annotations) : fieldsOf('metadata', { annotations })),
    ...fieldsOf('wrapping', Object.fromEntries(lists.entries())),
  ]
}

function fieldsOf(part: WrittenField['part'], values: JsonObject): readonly WrittenField[] {
  return Object.entries(values).map(([key, value]) => ({ part, key, value: canonicalJson(value) }))
}

/** What of an object counts, as one text: equal texts leave whoever owns it nothing to agree to. */
export function writtenForm(resource: Resource, ignored: IgnoredKeys): string {
  const { apiVersion, kind, body, around = [] } = resource
  return canonicalJson([apiVersion, kind, [...around, body].map((each) => whatCounts(each, ignored))])
}
