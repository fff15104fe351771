import { expect, it } from 'vitest'
import { ignoring } from '../../../../../src/domain/manifest/layers/git/ignore-files.ts'

it.each<[string, string, string, boolean]>([
  ['a folder', '', 'a', true],
  ['a folder, said to be one', '', 'a/', true],
  ['a file by its name', '', 'b.yaml', true],
  ['the last line counts', '', 'b.yaml\n!b.yaml', false],
  ['nothing comes back from a folder that is left out', '', 'a\n!a/b.yaml', true],
  ['a comment', '', '#a', false],
  ['another folder', '', 'b/', false],
  ['from the folder of the file on', 'a', '/b.yaml', true],
  ['not above the folder of the file', 'c', 'b.yaml', false],
  ['white space at the end', '', 'a  ', true],
])('an ignore file: %s', (_, folder, text, wanted) => {
  expect(ignoring(text, folder)('a/b.yaml')).toBe(wanted)
})
