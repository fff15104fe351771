import { describe, expect, test } from 'vitest'
import { embeddedText } from '../../../../src/domain/kustomize/values/embedded-text.ts'
import { parseYaml, type YamlNode } from '../../../../src/domain/source/yaml.ts'

function scalarIn(text: string): Extract<YamlNode, { kind: 'scalar' }> {
  const [document] = parseYaml({ path: 'k.yaml', text }, { id: 'x' })
  const value = document?.root?.kind === 'map' ? document.root.entries[0]?.value : undefined
  if (value?.kind !== 'scalar') throw new Error('no scalar')
  return value
}

/** What stands in the file at the place of a word of the text. */
function placeOf(word: string, written: string): string {
  const node = scalarIn(written)
  const { file, placed } = embeddedText(node)
  const start = file.text.indexOf(word)
  const range = placed({ file, start, end: start + word.length })
  return range.file.text.slice(range.start, range.end)
}

describe('a place in a block is the place in the file', () => {
  test.each([
    ['strip', 'patch: |-\n  a: 1\n  b: two\n'],
    ['with a comment', 'patch: | # why\n    a: 1\n    b: two\n'],
    ['with empty lines', 'patch: |\n\n  a: 1\n\n  b: two\n\n'],
    ['with CRLF', 'patch: |-\r\n  a: 1\r\n  b: two\r\n'],
    ['indented itself', 'patch: |2\n    a: 1\n    b: two\n'],
    ['at the end of the file', 'patch: |-\n  a: 1\n  b: two'],
  ])('%s', (_, written) => {
    expect(placeOf('two', written)).toBe('two')
  })
})

test.each([
  ['in quotes', 'patch: "a: 1\\nb: two"\n'],
  ['folded', 'patch: >-\n  a: 1\n\n  b: two\n'],
])('of a text %s only the whole is known', (_, written) => {
  const node = scalarIn(written)

  expect(placeOf('two', written)).toBe(written.slice(node.range.start, node.range.end))
})
