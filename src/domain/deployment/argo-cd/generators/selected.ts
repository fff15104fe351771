import type { JsonObject } from '../../../manifest/json.ts'
import { fieldsOf, listIn, textIn } from '../../../manifest/layers/written.ts'
import { stop } from '../../unknown-delivery.ts'
import { flattened } from './flattened.ts'
import type { Parameters } from './generation.ts'

/** Those of the parameters that a `selector` lets through: it asks for flattened names, and values may be any text. */
export function selected(found: readonly Parameters[], selector: JsonObject): readonly Parameters[] {
  const { matchLabels, matchExpressions } = selector
  const conditions = [
    ...Object.entries(fieldsOf(matchLabels)).map(([key, value]) => conditionOf(key, 'In', [textIn(value)])),
    ...listIn(matchExpressions).map((each) => {
      const { key, operator, values } = fieldsOf(each)
      return conditionOf(textIn(key) ?? '', textIn(operator) ?? '', listIn(values).map(textIn))
    }),
  ]
  if (conditions.length === 0) return found
  return found.filter((each) => {
    const texts = flattened(each.values)
    return conditions.every((holds) => holds(texts))
  })
}

type Condition = (texts: ReadonlyMap<string, string>) => boolean

function conditionOf(key: string, operator: string, values: readonly (string | undefined)[]): Condition {
  switch (operator) {
    case 'In':
      return (texts) => texts.has(key) && values.includes(texts.get(key))
    case 'NotIn':
      return (texts) => !(texts.has(key) && values.includes(texts.get(key)))
    case 'Exists':
      return (texts) => texts.has(key)
    case 'DoesNotExist':
      return (texts) => !texts.has(key)
    default:
      return stop('fails', operator)
  }
}
