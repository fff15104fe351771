import { isObject, type JsonObject, type JsonValue } from '../manifest/json.ts'
import type { DeliveryObject } from '../manifest/layers/delivery-objects.ts'
import { fieldsOf, listIn, textIn } from '../manifest/layers/written.ts'

/**
 * The Applications that an object stands for: itself, or one for each element of the lists of an ApplicationSet that has no
 * other generators. Only names are filled in; what else a Go template says stays as it is written.
 */
export function applicationsOf(object: DeliveryObject): readonly DeliveryObject[] {
  if (object.kind === 'Application') return [object]
  if (object.kind !== 'ApplicationSet') return []
  const { generators, template, goTemplate } = object.spec
  const lists = listIn(generators).map(fieldsOf)
  if (lists.some((each) => Object.keys(each).join() !== 'list')) return []
  const mark = goTemplate === true ? goMark : plainMark
  return lists
    .flatMap(({ list }) => listIn(fieldsOf(list)['elements']))
    .map((element) => applicationFrom(object, fieldsOf(template), filling(element, mark)))
}

const plainMark = /\{\{\s*([\w.-]+)\s*\}\}/g
const goMark = /\{\{\s*\.([\w.]+)\s*\}\}/g

function applicationFrom(
  object: DeliveryObject,
  template: JsonObject,
  filled: (value: JsonValue) => JsonValue,
): DeliveryObject {
  const { name } = fieldsOf(filled(template['metadata'] ?? null))
  return {
    ...object,
    kind: 'Application',
    name: textIn(name) ?? '',
    spec: fieldsOf(filled(template['spec'] ?? null)),
  }
}

/** Every text within a value with the names of an element filled in; an unknown name stays. */
function filling(element: JsonValue, mark: RegExp): (value: JsonValue) => JsonValue {
  const parameters = new Map(flattened(element, ''))
  const fill = (value: JsonValue): JsonValue => {
    if (typeof value === 'string')
      return value.replaceAll(mark, (whole, name: string) => parameters.get(name) ?? whole)
    if (Array.isArray(value)) return value.map((each: JsonValue) => fill(each))
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, fill(inner ?? null)]))
  }
  return fill
}

function flattened(value: JsonValue, name: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string' || typeof value === 'boolean') return [[name, String(value)]]
  return Object.entries(fieldsOf(value)).flatMap(([field, inner]) =>
    flattened(inner ?? null, name === '' ? field : `${name}.${field}`),
  )
}
