import { describe, expect, test } from 'vitest'
import { rangeOfLines, type SourceFile } from '../../../src/domain/source/source-file.ts'
import {
  applyEdit,
  insertAfter,
  itemLines,
  joinedLines,
  replaceLines,
  writtenLines,
} from '../../../src/domain/ways-out/edit.ts'

function file(text: string): SourceFile {
  return { path: 'a.yaml', text }
}

function item(text: string, part: string) {
  const start = text.indexOf(part)
  return itemLines({ file: file(text), start, end: start + part.length })
}

describe('an edit of lines', () => {
  test.each([
    ['takes lines out', 'a\nb\nc\n', 2, 2, '', 'a\nc\n'],
    ['takes the last lines out', 'a\nb\nc\n', 2, 3, '', 'a\n'],
    ['replaces lines', 'a\nb\nc\n', 1, 2, 'x\ny\nz\n', 'x\ny\nz\nc\n'],
    ['leaves an open end open', 'a\nb', 2, 2, 'x\n', 'a\nx'],
    ['keeps other line ends', 'a\r\nb\r\nc\r\n', 2, 2, 'x\r\n', 'a\r\nx\r\nc\r\n'],
  ])('%s', (_, before, first, last, text, after) => {
    expect(applyEdit(replaceLines(file(before), { first, last }, text)).text).toBe(after)
  })

  test.each([
    ['puts lines between others', 'a\nb\n', 1, 'x\n', 'a\nx\nb\n'],
    ['puts lines at the end', 'a\nb\n', 2, 'x\n', 'a\nb\nx\n'],
    ['puts lines behind an open end', 'a\nb', 2, 'x\n', 'a\nb\nx'],
    ['puts lines behind an open end in the way of the file', 'a\r\nb', 2, 'x\r\n', 'a\r\nb\r\nx'],
  ])('%s', (_, before, line, text, after) => {
    expect(applyEdit(insertAfter(file(before), line, text)).text).toBe(after)
  })

  test('is written line by line', () => {
    expect(writtenLines(replaceLines(file('a\n'), { first: 1, last: 1 }, ''))).toEqual([])
    expect(writtenLines(replaceLines(file('a\n'), { first: 1, last: 1 }, 'x\r\n\r\ny\r\n'))).toEqual([
      'x',
      '',
      'y',
    ])
  })
})

describe('the lines of an element', () => {
  test('begin with its dash and end with its last line', () => {
    expect(item('match:\n  - uri:\n      exact: /a\n  - x\n', 'uri:\n      exact: /a')).toEqual({
      first: 2,
      last: 3,
    })
    expect(item('- a: 1 # why\r\n- b\r\n', 'a: 1')).toEqual({ first: 1, last: 1 })
  })

  test.each([
    ['in a flow sequence', 'match: [{ a: 1 }, { b: 2 }]\n', '{ a: 1 }'],
    ['behind a dash on a line of its own', '-\n  a: 1\n', 'a: 1'],
    ['in a sequence within a sequence', '- - a\n  - b\n', 'a'],
    ['with something behind it', '- {a: 1}  }\n', '{a: 1}'],
  ])('are nobody else’s: not %s', (_, text, part) => {
    expect(item(text, part)).toBeUndefined()
  })

  test('of several elements are one range only if nothing lies between them', () => {
    expect(
      joinedLines([
        { first: 4, last: 5 },
        { first: 2, last: 3 },
      ]),
    ).toEqual({ first: 2, last: 5 })
    expect(
      joinedLines([
        { first: 2, last: 3 },
        { first: 5, last: 6 },
      ]),
    ).toBeUndefined()
    expect(joinedLines([{ first: 2, last: 3 }, undefined])).toBeUndefined()
    expect(joinedLines([])).toBeUndefined()
  })
})

test('a range of lines that ends before it begins is empty', () => {
  const { start, end } = rangeOfLines(file('a\nb\n'), 2, 1)

  expect([start, end]).toEqual([2, 2])
})
