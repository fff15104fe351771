import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import type { Resource } from '../../manifest/resource.ts'
import { isDecisiveKey } from '../configuration/decisive-keys.ts'
import type { Permission } from '../configuration/policy.ts'
import { type IgnoredKeys, isHarmlessIn, type WrittenField, writtenFields } from './what-counts.ts'

/** A label, annotation or field that an object has otherwise on the other side, or not at all. */
export interface WrittenDifference extends Pick<WrittenField, 'part' | 'key'> {
  /** Nothing but the weights of destinations differs in it. */
  readonly weightsOnly?: true
  /** A label or annotation that only says something: neither its key nor its value decides what becomes of the object. */
  readonly metadataOnly?: true
}

/** What is written otherwise of an object, of all that counts. */
export function writtenDifferences(
  before: Resource,
  after: Resource,
  ignored: IgnoredKeys,
): readonly WrittenDifference[] {
  const [old, now] = [before, after].map((side) => byPlace(writtenFields(side, ignored)))
  const places = new Map([...(old ?? []), ...(now ?? [])])
  return [...places].flatMap(([place, { part, key }]) => {
    if (old?.get(place)?.value === now?.get(place)?.value) return []
    const isSpec = part === 'field' && key === 'spec'
    const weightsOnly = isSpec && after.kind === 'VirtualService' && sayTheSameButWeights(before, after)
    const metadataOnly = onlySays({ part, key }, now?.get(place)?.value)
    return [
      {
        part,
        key,
        ...(weightsOnly && { weightsOnly: true as const }),
        ...(metadataOnly && { metadataOnly: true as const }),
      },
    ]
  })
}

/** `value` is canonical JSON; absent where the key is taken away. */
function onlySays({ part, key }: Pick<WrittenField, 'part' | 'key'>, value: string | undefined): boolean {
  if ((part !== 'label' && part !== 'annotation') || isDecisiveKey(key)) return false
  const isHarmless = isHarmlessIn(part === 'label' ? 'labels' : 'annotations')
  return value === undefined || isHarmless(JSON.parse(value))
}

function byPlace(fields: readonly WrittenField[]): ReadonlyMap<string, WrittenField> {
  return new Map(fields.map((field) => [JSON.stringify([field.part, field.key]), field]))
}

function sayTheSameButWeights(before: Resource, after: Resource): boolean {
  const [old, now] = [before, after].map(({ body }) => canonicalJson(withoutWeights(body['spec'] ?? null)))
  return old === now
}

function withoutWeights(spec: JsonValue): JsonValue {
  return inside(spec, 'http', (entry) => inside(entry, 'route', ({ weight: _, ...target }) => target))
}

/** The object with what `change` makes of each object that is listed in the field. */
function inside(value: JsonValue, field: string, change: (item: JsonObject) => JsonValue): JsonValue {
  if (!isObject(value)) return value
  const list = value[field]
  if (!Array.isArray(list)) return value
  return { ...value, [field]: list.map((item: JsonValue) => (isObject(item) ? change(item) : item)) }
}

/** What somebody must be permitted to write all of it; undefined where no permission covers it. */
export function permissionsFor(differences: readonly WrittenDifference[]): readonly Permission[] | undefined {
  const needed = differences.map(permissionFor)
  return needed.includes(undefined) || needed.length === 0
    ? undefined
    : [...new Set(needed.flatMap((each) => each ?? []))]
}

function permissionFor({ weightsOnly, metadataOnly }: WrittenDifference): Permission | undefined {
  if (weightsOnly) return 'weights'
  return metadataOnly ? 'metadata' : undefined
}
