import { describe, expect, test } from 'vitest'
import { defaultsIn } from '../../../src/github/reading/given-defaults.ts'
import { givenFolder, type Written } from '../../support/given-trees.ts'

const text = 'mode: observe # äöü\n'
const path = 'bookinfo/.github:.github/firebreak.yml'

const rootOf = (folder: Written) => givenFolder({ '.github': folder, 'README.md': 'Hello' })
const file = (content = text, over: object = {}) => ({
  oid: givenFolder({ a: content }).entries[0]?.oid ?? '',
  byteSize: Buffer.byteLength(content),
  isBinary: false,
  isTruncated: false,
  text: content,
  ...over,
})
const folderOf = (entries: { readonly [name: string]: Written }) => ({
  root: rootOf(entries),
  folder: givenFolder(entries),
})
const whole = { ...folderOf({ 'firebreak.yml': text, workflows: { 'ci.yml': 'on: push' } }), file: file() }

const read = (defaults: unknown, errors: Parameters<typeof defaultsIn>[0]['errors'] = []) =>
  defaultsIn({ data: { defaults }, errors }, 'bookinfo')

test('a file is what the folders above it name', () => {
  expect(read(whole)).toEqual({ kind: 'file', file: { path, text, elsewhere: true } })
})

test('a file may be empty', () => {
  const given = { ...folderOf({ 'firebreak.yml': '' }), file: file('') }

  expect(read(given)).toEqual({ kind: 'file', file: { path, text: '', elsewhere: true } })
})

describe('there is none where', () => {
  test('the repository is not there, or may not be seen', () => {
    expect(read(null, [{ type: 'NOT_FOUND', path: ['defaults'] }])).toEqual({ kind: 'none' })
  })

  test('the folder that names everything in it does not name it', () => {
    expect(read({ ...folderOf({ 'other.yml': text }), file: null })).toEqual({ kind: 'none' })
  })

  test('there is no such folder', () => {
    expect(read({ root: givenFolder({ profile: { 'README.md': '' } }), folder: null, file: null })).toEqual({
      kind: 'none',
    })
  })
})

describe('REST is asked where', () => {
  const { root, folder } = whole
  const withoutFile = { ...folder, entries: folder.entries.filter(({ name }) => name !== 'firebreak.yml') }
  const link = folderOf({ 'firebreak.yml': { mode: 0o120000, oid: file().oid } })
  const submodule = folderOf({ 'firebreak.yml': { mode: 0o160000, oid: file().oid } })
  const cases: readonly [why: string, defaults: unknown, errors?: Parameters<typeof read>[1]][] = [
    ['nothing is said', undefined],
    ['null is said, and not why', null],
    ['it is refused', null, [{ type: 'FORBIDDEN', path: ['defaults'] }]],
    [
      'its contents are refused',
      { ...whole, file: null },
      [{ type: 'FORBIDDEN', path: ['defaults', 'root'] }],
    ],
    ['something in it is not found', whole, [{ type: 'NOT_FOUND', path: ['defaults', 'file'] }]],
    [
      'it is both not found and refused',
      null,
      [
        { type: 'NOT_FOUND', path: ['defaults'] },
        { type: 'FORBIDDEN', path: ['defaults'] },
      ],
    ],
    ['the default branch names nothing', { root: null, folder: null, file: null }],
    ['the list of the root is cut', { ...whole, root: { ...root, entries: [] }, folder: null, file: null }],
    ['the list of the root is missing', { ...whole, root: { oid: root.oid, entries: null } }],
    ['the list of the folder is cut', { ...whole, folder: withoutFile, file: null }],
    ['the folder is not given', { ...whole, folder: null, file: null }],
    ['the folder is another one', { ...whole, folder: givenFolder({ 'other.yml': text }), file: null }],
    ['the folder is a link', { root: rootOf({ mode: 0o120000, oid: file().oid }), folder: null, file: null }],
    ['the file is not given', { ...whole, file: null }],
    ['the file is cut', { ...whole, file: file(text, { isTruncated: true }) }],
    ['the file is no text', { ...whole, file: file(text, { isBinary: true, text: null }) }],
    ['the text is of another file', { ...whole, file: file('mode: off\n', { oid: file().oid }) }],
    ['the text lacks its end', { ...whole, file: file(text, { text: text.slice(0, -1) }) }],
    ['the file is a link', { ...link, file: file() }],
    ['the file is a submodule', { ...submodule, file: file() }],
    ['the file is a folder', { ...folderOf({ 'firebreak.yml': { a: text } }), file: file() }],
  ]
  test.each(cases)('%s', (_, defaults, errors) => {
    expect(read(defaults, errors)).toBeUndefined()
  })
})
