import { describe, expect, test } from 'vitest'
import { joined, listed, plainOf, quoted, say, words } from '../../../src/domain/words/phrase.ts'
import { htmlOf, markdownOf } from '../../../src/report/print/print.ts'

describe('a phrase', () => {
  const phrase = say`${quoted('/a|b')} goes to ${'*login*'}, ${2} times`

  test('is the same sentence for every reader, escaped for each', () => {
    expect(plainOf(phrase)).toBe('/a|b goes to *login*, 2 times')
    expect(markdownOf(phrase)).toBe('`/a|b` goes to \\*login\\*, 2 times')
    expect(htmlOf(phrase)).toBe('<code>/a&#124;b</code> goes to *login*, 2 times')
  })

  test('keeps the blanks between its parts', () => {
    expect(markdownOf(say`${words('a ')}${quoted('b')}${words(' c')}`)).toBe('a `b` c')
  })

  test('can be a list', () => {
    const three = ['a', 'b', 'c'].map(words)

    expect(plainOf(listed(three))).toBe('a, b and c')
    expect(plainOf(listed(three.slice(0, 2), 'or'))).toBe('a or b')
    expect(plainOf(listed([]))).toBe('')
    expect(plainOf(joined(three, '; '))).toBe('a; b; c')
  })
})
