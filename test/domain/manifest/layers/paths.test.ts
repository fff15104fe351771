import { expect, it } from 'vitest'
import { pathIn } from '../../../../src/domain/manifest/layers/paths.ts'

it('the root has no name', () => {
  expect(pathIn('', 'a.yaml')).toBe('a.yaml')
  expect(pathIn('b', 'a.yaml')).toBe('b/a.yaml')
})
