import { expect, test } from 'vitest'
import { recentAnswers } from '../../../src/domain/source/recent.ts'

function counting(most: number) {
  const asked: string[] = []
  const recent = recentAnswers<string, string>(most, (key) => key.length)
  const answer = (key: string) =>
    recent(key, () => {
      asked.push(key)
      return key.toUpperCase()
    })
  return { asked, answer }
}

test('an answer is worked out once while there is room', () => {
  const { asked, answer } = counting(4)

  expect(['ab', 'cd', 'ab', 'cd'].map(answer)).toEqual(['AB', 'CD', 'AB', 'CD'])
  expect(asked).toEqual(['ab', 'cd'])
})

test('what nobody has asked about for longest is worked out anew', () => {
  const { asked, answer } = counting(4)
  for (const key of ['ab', 'cd', 'ab', 'ef', 'ab', 'cd']) answer(key)

  expect(asked).toEqual(['ab', 'cd', 'ef', 'cd'])
})

test('the last answer is kept whatever it weighs, and only until the next', () => {
  const { asked, answer } = counting(4)
  for (const key of ['too long', 'too long', 'a', 'too long']) answer(key)

  expect(asked).toEqual(['too long', 'a', 'too long'])
})
