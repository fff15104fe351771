import { isObject, type JsonValue } from '../../manifest/json.ts'
import { at, labelsOf, objectsOf, textOf, textsOf } from '../../manifest/json-fields.ts'
import type { Labels } from '../reach.ts'

/** Whether labels are among those that a selector of Kubernetes (`matchLabels`, `matchExpressions`) takes. */
export function selects(selector: JsonValue | undefined, labels: Labels): boolean {
  const pairs = Object.entries(labelsSelected(selector))
  return (
    pairs.every(([key, value]) => labels[key] === value) &&
    objectsOf(at(selector, 'matchExpressions')).every((each) => {
      const key = textOf(each['key']) ?? ''
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined
      const isListed = value !== undefined && textsOf(each['values']).includes(value)
      switch (each['operator']) {
        case 'In':
          return isListed
        case 'NotIn':
          return !isListed
        case 'DoesNotExist':
          return value === undefined
        default:
          return value !== undefined
      }
    })
  )
}

/** Whether a selector takes whatever has no labels: absent, empty, or only leaving some out. */
export function isOpen(selector: JsonValue | undefined): boolean {
  return selects(selector, {})
}

/** The keys that a selector asks for. */
export function selectorKeys(selector: JsonValue | undefined): readonly string[] {
  return [
    ...Object.keys(labelsOf(at(selector, 'matchLabels'))),
    ...objectsOf(at(selector, 'matchExpressions')).flatMap(({ key }) => textOf(key) ?? []),
  ]
}

/** The keys that all selectors under a field ask for, wherever in a value it stands. */
export function keysUnder(value: JsonValue | undefined, field: RegExp): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => keysUnder(each, field))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    field.test(key) ? objectsOf(inner).flatMap(selectorKeys) : keysUnder(inner, field),
  )
}

/** The labels that a selector asks for, each with its one value. */
export function labelsSelected(selector: JsonValue | undefined): Labels {
  return labelsOf(at(selector, 'matchLabels'))
}
