import { describe, expect, it } from 'vitest'
import { budgets } from '../../../src/domain/budgets.ts'
import { remembering } from '../../../src/domain/language/remembering.ts'

function counting(weight: number) {
  const asked: string[] = []
  const upper = remembering(
    (text) => {
      asked.push(text)
      return text.toUpperCase()
    },
    () => weight,
  )
  return { asked, upper }
}

describe('a function that remembers', () => {
  it('works each answer out once', () => {
    const { asked, upper } = counting(1)

    expect(['a', 'b', 'a', 'b'].map((text) => upper(text))).toEqual(['A', 'B', 'A', 'B'])
    expect(asked).toEqual(['a', 'b'])
  })

  it('forgets what was asked for longest ago where it remembers too much', () => {
    const { asked, upper } = counting(Math.floor(budgets.remembered.size / 3))
    for (const text of ['a', 'b', 'a', 'c']) upper(text)

    expect(['a', 'c', 'b'].map((text) => upper(text))).toEqual(['A', 'C', 'B'])
    expect(asked).toEqual(['a', 'b', 'c', 'b'])
  })

  it('forgets at once what is too much for it', () => {
    const { asked, upper } = counting(budgets.remembered.size)
    for (const text of ['a', 'b', 'a']) upper(text)

    expect(asked).toEqual(['a', 'b', 'a'])
  })
})
