import { describe, expect, test } from 'vitest'
import { readLine } from '../../../src/domain/ownership/codeowners-line.ts'

const text = '* @all\n  /a\\ b/\t@lena @bookinfo/login # why\nc[ d\n'
const file = { path: 'CODEOWNERS', text }

function line(number: number) {
  const lines = text.split('\n')
  const start = lines.slice(0, number - 1).reduce((sum, one) => sum + one.length + 1, 0)
  return { file, start, end: start + (lines[number - 1]?.length ?? 0) }
}

describe('a line', () => {
  test('is read where it stands in the file, and no further', () => {
    const { content, diagnostics } = readLine(line(2))

    expect(diagnostics).toEqual([])
    expect(content).toMatchObject({ pattern: '/a\\ b/', owners: ['@lena', '@bookinfo/login'] })
    expect(content && text.slice(content.range.start, content.range.end)).toBe(
      '/a\\ b/\t@lena @bookinfo/login',
    )
  })

  test('with an error has no content, and marks each fault', () => {
    const { content, diagnostics } = readLine(line(3))

    expect(content).toBeUndefined()
    expect(diagnostics.map(({ range }) => range && text.slice(range.start, range.end))).toEqual(['[', 'd'])
  })

  test('that is empty says nothing', () => {
    expect(readLine({ file, start: 6, end: 6 })).toEqual({ diagnostics: [] })
  })

  test('with very many wrong owners is read as any other', () => {
    const many = { path: 'CODEOWNERS', text: `a${' b'.repeat(200_000)}` }

    expect(readLine({ file: many, start: 0, end: many.text.length }).diagnostics).toHaveLength(200_000)
  })
})
