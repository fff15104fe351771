import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { plainValue } from '../../../../src/domain/policy/configuration/configuration-values.ts'
import { readRouteTests } from '../../../../src/domain/policy/route-tests/read-route-tests.ts'
import { routeTestJsonSchema } from '../../../../src/domain/policy/route-tests/route-test-schema.ts'
import { readSettings } from '../../../../src/domain/source/settings/settings-yaml.ts'

const written = new URL('../../../../schema/route-tests.schema.json', import.meta.url)
const documented = new URL('../../../../docs/route-tests.md', import.meta.url)
const schema = routeTestJsonSchema()

function validates(text: string): boolean {
  const { root } = readSettings({ path: 'x', text })
  return new Ajv({ strict: false }).validate(schema, root ? plainValue(root) : {}) === true
}

function reads(text: string): boolean {
  return readRouteTests([{ path: 'firebreak-tests.yaml', text }]).mistakes.length === 0
}

describe('the JSON Schema of route tests', () => {
  it('that ships is the one that the reader follows (npm run schema writes it)', () => {
    expect(JSON.parse(readFileSync(written, 'utf8'))).toEqual(schema)
  })

  it.each([
    'tests: []',
    'tests: [{ name: a, request: { url: "http://a.example/" }, expect: { status: 404 } }]',
    'tests: [{ name: a, request: { host: a }, expect: { service: true }, allow: perhaps }]',
    'tests: [{ name: a, request: { host: a }, expect: { destinations: [{ host: b, weight: 10 }] } }]',
    'tests: [{ name: a, request: { host: a }, expect: { redirect: { uri: /b, code: 302 } } }]',
    'tests: {}',
    'tests: [{ name: 1, request: { host: a }, expect: { status: 404 } }]',
    'tests: [{ name: a, request: { host: a }, expect: { status: 4040 } }]',
    'tests: [{ name: a, request: { hosts: a }, expect: { status: 404 } }]',
    'tests: [{ name: a, request: { host: a, path: x }, expect: { status: 404 } }]',
    'tests: [{ name: a, request: { host: a }, expect: { service: false } }]',
    'tests: [{ name: a, request: { host: a }, expect: { status: 404 }, allow: all }]',
  ])('agrees with the reader about %s', (text) => {
    expect(validates(text)).toBe(reads(text))
  })

  it('takes the documented examples', () => {
    const examples = [
      ...readFileSync(documented, 'utf8').matchAll(/```yaml\n(# .*firebreak-test[\s\S]*?)```/g),
    ]

    expect(examples.length).toBeGreaterThan(0)
    for (const [, text = ''] of examples) expect([validates(text), reads(text)]).toEqual([true, true])
  })
})
