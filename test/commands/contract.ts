import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect } from 'vitest'

const ajv = new Ajv({ strict: false, allErrors: true })
ajv.addSchema(
  JSON.parse(readFileSync(new URL('./contract.schema.json', import.meta.url), 'utf8')),
  'contract',
)

/** Holds a value to the part of the `firebreak/1` contract that describes it. */
export function expectContract(
  part: 'check' | 'routes' | 'explain' | 'owners' | 'layout' | 'test' | 'history' | 'blame' | 'doctor',
  value: unknown,
): void {
  const validate = ajv.getSchema(`contract#/definitions/${part}`)
  const errors = validate?.(value) === true ? [] : (validate?.errors ?? ['no such part'])
  expect(errors).toEqual([])
}
