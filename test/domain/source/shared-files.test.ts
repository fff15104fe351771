import { expect, test } from 'vitest'
import { sharedFiles } from '../../../src/domain/source/shared-files.ts'

test('a file is the same where path and text are, and both are as they are written', () => {
  const others = [
    { path: 'same.yaml', text: 'one' },
    { path: 'changed.yaml', text: 'one' },
    { path: 'moved.yaml', text: 'moved' },
    { path: 'delivered.yaml', text: 'one', delivered: [] },
  ]
  const files = [
    { path: 'same.yaml', text: 'one' },
    { path: 'changed.yaml', text: 'two' },
    { path: 'new.yaml', text: 'moved' },
    { path: 'delivered.yaml', text: 'one' },
  ]
  const [same, changed, added, delivered] = sharedFiles(files, others)

  expect(same).toBe(others[0])
  expect([changed, added, delivered]).toEqual(files.slice(1))
  expect(delivered).toBe(files[3])
})
