import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defaultPolicy,
  readConfiguration,
} from '../../../../src/domain/policy/configuration/configuration.ts'
import { configurationShape } from '../../../../src/domain/policy/configuration/json-schema.ts'
import { rules } from '../../../../src/domain/rules/index.ts'
import { hostileKeys, hostileYaml } from '../../../support/hostile-yaml.ts'
import { runs } from '../../../support/laws.ts'

const settings = Object.keys(configurationShape().properties ?? {})

function read(text: string) {
  return readConfiguration({ path: '.github/firebreak.yml', text }, rules)
}

describe('whatever the configuration holds', () => {
  it('it ends in a policy, and after a mistake in the default one', () => {
    fc.assert(
      fc.property(hostileYaml([...settings, 'name', 'paths', 'rule', 'until', 'login', 'stale']), (text) => {
        const { policy, diagnostics } = read(text)

        if (diagnostics.length > 0) expect(policy).toBe(defaultPolicy)
        for (const { range } of diagnostics) expect(range).toBeDefined()
      }),
      { numRuns: runs(120, 20_000) },
    )
  })

  it('every setting refuses a mapping of hostile keys', () => {
    const texts = settings.flatMap((setting) =>
      hostileKeys.flatMap((key) =>
        ['1', '{}', `{ ${JSON.stringify(key)}: 1 }`, '[a]'].flatMap((value) => {
          const written = `{ ${JSON.stringify(key)}: ${value} }`
          return [`${setting}: ${written}`, `${setting}: [${written}]`]
        }),
      ),
    )

    expect(texts.filter((text) => read(text).diagnostics.length === 0)).toEqual([])
  })
})
