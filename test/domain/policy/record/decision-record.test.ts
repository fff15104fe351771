import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decisionJsonSchema, readDecision } from '../../../../src/domain/policy/record/decision-record.ts'

const written = new URL('../../../../schema/decision.schema.json', import.meta.url)

test('the JSON Schema that ships is the one that the reader follows (npm run schema writes it)', () => {
  expect(JSON.parse(readFileSync(written, 'utf8'))).toEqual(decisionJsonSchema())
})

test.each([
  [null, ''],
  [[], ''],
  [{ schema: 'firebreak-decision/1', version: '1', at: 'then' }, 'at'],
  [{ schema: 'firebreak-decision/1', version: '1', at: '2026-01-01T00:00:00Z', on: '--all' }, 'on'],
])('what is no record says where: %j', (value, wrongAt) => {
  expect(readDecision(value)).toEqual({ wrongAt })
})
