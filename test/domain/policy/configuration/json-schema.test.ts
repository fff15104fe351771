import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { readConfiguration } from '../../../../src/domain/policy/configuration/configuration.ts'
import { plainValue } from '../../../../src/domain/policy/configuration/configuration-values.ts'
import { configurationJsonSchema } from '../../../../src/domain/policy/configuration/json-schema.ts'
import { rules } from '../../../../src/domain/rules/index.ts'
import { readSettings } from '../../../../src/domain/source/settings/settings-yaml.ts'

const written = new URL('../../../../schema/firebreak.schema.json', import.meta.url)
const documented = new URL('../../../../docs/configuration.md', import.meta.url)
const schema = configurationJsonSchema(rules)

function validates(text: string): boolean {
  const ajv = new Ajv({ strict: false })
  addFormats.default(ajv)
  const { root } = readSettings({ path: 'x', text })
  return ajv.validate(schema, root ? plainValue(root) : {}) === true
}

function reads(text: string): boolean {
  return readConfiguration({ path: '.github/firebreak.yml', text }, rules).diagnostics.length === 0
}

describe('the JSON Schema', () => {
  it('that ships is the one that the reader follows (npm run schema writes it)', () => {
    expect(JSON.parse(readFileSync(written, 'utf8'))).toEqual(schema)
  })

  it.each([
    '',
    'override: true',
    'rules: { shadowed-route: off }',
    'bots: [{ login: "x[bot]", for: "@a/b", may: [weights] }]',
    'suppress: [{ rule: shadowed-route, resource: a/b, reason: c, until: 2026-12-31 }]',
    'overide: true',
    'rules: { shadow-route: off }',
    'rules: { merge-conflict: off }',
    'rules: { shadowed-route: maybe }',
    'istio: { version: 1.30 }',
    'istio: { version: "1.x" }',
    'consent: { many: -1 }',
    'manifests: { include: [] }',
    'bots: [{ login: x }]',
    'suppress: [{ rule: shadowed-route, resource: a/b, reason: c, until: 2026-02-30 }]',
    'mode: watch',
    '- a',
  ])('agrees with the reader about %s', (text) => {
    expect(validates(text)).toBe(reads(text))
  })

  it('takes the documented example, which is all defaults', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(documented, 'utf8')) ?? []
    const { policy, diagnostics } = readConfiguration({ path: '.github/firebreak.yml', text: example }, rules)

    expect(diagnostics).toEqual([])
    expect(policy).toEqual(readConfiguration(undefined, rules).policy)
    expect(validates(example)).toBe(true)
  })
})
