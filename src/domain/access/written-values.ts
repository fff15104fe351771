import type {
  AccessCondition,
  AccessOperation,
  AccessRule,
  AccessSource,
} from '../manifest/authorization-policy.ts'
import { type Located, rangeOf } from '../source/located.ts'
import { memoized } from '../source/memoized.ts'
import { attributeOfKey, operationFields, sourceFields } from './attributes.ts'
import type { WrittenValues } from './field-conditions.ts'

/** What one way through a rule asks for, all of which must hold; a key that Istio does not know is undefined. */
export type WrittenCondition = WrittenValues | undefined

interface WaysThrough {
  readonly sources: readonly (readonly WrittenCondition[])[]
  readonly operations: readonly (readonly WrittenCondition[])[]
  readonly conditions: readonly WrittenCondition[]
}

/** The ways through a rule: somebody of `from`, with something of `to`, under all of `when`. */
export const waysThrough = memoized(
  ({ from = [], to = [], when = [] }: AccessRule): WaysThrough => ({
    sources: from.length === 0 ? [[]] : from.map(({ source = {} }) => ofSource(source)),
    operations: to.length === 0 ? [[]] : to.map(({ operation = {} }) => ofOperation(operation)),
    conditions: when.flatMap(ofCondition),
  }),
)

function ofSource(source: AccessSource): readonly WrittenCondition[] {
  return Object.entries(sourceFields).flatMap(([field, { not, attribute }]) => {
    const key = field as keyof typeof sourceFields
    return [
      ...listed(source, { field, key: field, attribute, values: source[key], isExcluded: false }),
      ...listed(source, { field, key: not, attribute, values: source[not], isExcluded: true }),
    ]
  })
}

function ofOperation(operation: AccessOperation): readonly WrittenCondition[] {
  return Object.entries(operationFields).flatMap(([field, { not, attribute }]) => {
    const key = field as keyof typeof operationFields
    return [
      ...listed(operation, { field, key: field, attribute, values: operation[key], isExcluded: false }),
      ...listed(operation, { field, key: not, attribute, values: operation[not], isExcluded: true }),
    ]
  })
}

function ofCondition(condition: AccessCondition): readonly WrittenCondition[] {
  const { key: field = '', values, notValues } = condition
  const attribute = attributeOfKey(field)
  if (attribute === undefined) return [undefined]
  return [
    ...listed(condition, { field, key: 'values', attribute, values, isExcluded: false }),
    ...listed(condition, { field, key: 'notValues', attribute, values: notValues, isExcluded: true }),
  ]
}

interface Listed extends Omit<WrittenValues, 'values' | 'range'> {
  readonly key: string
  readonly values: readonly string[] | undefined
}

function listed(node: Located, { key, values = [], ...written }: Listed): readonly WrittenValues[] {
  return values.length === 0 ? [] : [{ ...written, values, range: rangeOf(node, key) }]
}
