import { expect, test } from 'vitest'
import { type Cause, doubt, effectOfDoubt } from '../../../src/domain/doubt.ts'
import { readConfiguration } from '../../../src/domain/policy/configuration/configuration.ts'
import { rules } from '../../../src/domain/rules/index.ts'
import { doubtWords } from '../../../src/domain/wording/doubt-words.ts'

const hostile = 'x`\n- "#'
const all: readonly Cause[] = [
  { code: 'creation-order', of: ['n/a', 'n/b'] },
  { code: 'shared-host', of: ['n/a', 'n/b'], host: 'x.example', gateway: 'n/gw' },
  { code: 'copies', of: 'VirtualService n/a', files: [`${hostile}/a.yaml`, 'b/a.yaml'] },
  { code: 'copies', of: 'VirtualService n/a', files: ['c/a.yaml', 'c/b.yaml'] },
  { code: 'untried-copies', of: ['VirtualService n/a'], files: ['c/a.yaml', 'd/b.yaml'] },
  { code: 'perhaps-absent', of: 'Gateway n/gw', file: 'gw.yaml' },
  { code: 'pods-unknown', of: 'n/a' },
  { code: 'other-terms', gateway: 'n/gw' },
  { code: 'elsewhere', of: 'n/a' },
  { code: 'gateway-elsewhere', gateway: 'n/gw' },
  { code: 'filled-in', field: 'path', text: hostile },
  { code: 'not-modelled', field: ':path' },
  { code: 'invalid-pattern', field: 'header:x', pattern: '(' },
  { code: 'pattern-too-large', field: 'path', pattern: '.*a.{20}' },
  { code: 'too-much-to-compare', budget: 'comparison' },
  { code: 'no-namespace', of: ['a'], files: [hostile] },
  { code: 'divided-meshes', folder: '', meshes: ['a', hostile] },
  { code: 'undivided-meshes', folder: 'c', meshes: ['a', 'b'] },
  { code: 'codeowners-unread', file: 'CODEOWNERS' },
]

test('every doubt is a sentence, and so is what would settle it', () => {
  expect(new Set(all.map(({ code }) => code))).toEqual(new Set(Object.keys(effectOfDoubt)))
  for (const cause of all) {
    const { text, settle } = doubtWords(doubt(cause))
    for (const sentence of [text, ...(settle ? [settle.todo] : [])])
      expect(sentence).toMatch(/^[`A-Z][^\n]*\.$/)
  }
})

test('every block can be pasted into the configuration', () => {
  const blocks = all.flatMap((cause) => doubtWords(doubt(cause)).settle?.block ?? [])

  expect(blocks.length).toBeGreaterThan(5)
  for (const text of blocks) {
    const file = { path: '.github/firebreak.yml', text }
    expect(
      readConfiguration(file, rules).diagnostics.map(({ message }) => message),
      text,
    ).toEqual([])
  }
})

test('copies in one folder cannot be meshes', () => {
  const block = (files: readonly string[]) =>
    doubtWords(doubt({ code: 'copies', of: 'VirtualService n/a', files })).settle?.block

  expect(block(['a/x.yaml', 'a/y.yaml'])).toBeUndefined()
  expect(block(['a/x.yaml', 'a/b/x.yaml'])).toBeUndefined()
  expect(block(['m/a/x.yaml', 'm/b/c/x.yaml'])).toBe(
    'meshes:\n  - { name: "a", paths: ["m/a/**"] }\n  - { name: "b", paths: ["m/b/**"] }',
  )
})
