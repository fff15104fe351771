import fc from 'fast-check'
import { expect, it } from 'vitest'
import { takesDecidingGroup, takesMeshKind } from '../../../../src/domain/unmodelled/kinds/mesh-kinds.ts'

it.each([
  [undefined, 'Virtual*', true],
  [undefined, '?ervice', true],
  [undefined, 'Pod', false],
  [undefined, '*', true],
  ['*', 'Pod', false],
  ['*.istio.io', 'Anything', true],
  ['networking.istio.io', '*', true],
  ['apps', '*', false],
  ['', 'Service', true],
  ['', 'ConfigMap', false],
])('the group %s and the kind %s: %s', (group, kind, expected) => {
  expect(takesMeshKind(group, kind)).toBe(expected)
})

it('a pattern takes what the same regular expression takes', () => {
  const pattern = fc
    .array(fc.constantFrom('*', '?', 'networking', '.istio', '.io', 'i', 'o', '.'), { maxLength: 6 })
    .map((parts) => parts.join(''))

  fc.assert(
    fc.property(pattern, (text) => {
      const expression = new RegExp(
        `^${text.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')}$`,
      )

      if (expression.test('networking.istio.io')) expect(takesDecidingGroup(text)).toBe(true)
    }),
  )
})

it('a pattern of many stars is decided at once', () => {
  expect(takesDecidingGroup(`${'*i'.repeat(5000)}b`)).toBe(false)
})
