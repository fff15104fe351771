import { describe, expect, it } from 'vitest'
import { externalNames } from '../../../../src/domain/policy/configuration/external-names.ts'

describe('the names that something else delivers', () => {
  const isExternal = externalNames({ external: ['istio-system/*', 'team-?/vs-{a,b}'] })

  it.each(['istio-system/any', 'team-1/vs-a', '?/any', '?/vs-b'])('%s is one of them', (name) => {
    expect(isExternal(name)).toBe(true)
  })

  it.each(['istio/any', 'istio-system/', '/any', 'team-12/vs-a', 'team-1/vs-c', 'istio-system', ''])(
    '%j is none of them',
    (name) => {
      expect(isExternal(name)).toBe(false)
    },
  )

  it('nothing is external unless it is named', () => {
    expect(externalNames({ external: [] })('a/b')).toBe(false)
    expect(externalNames({ external: ['a/b'] })('?/c')).toBe(false)
  })
})
