import { expect, it } from 'vitest'
import { memoized } from '../../../src/domain/source/memoized.ts'

function counting<Value>(answer: (text: string) => Value) {
  const asked: string[] = []
  const workOut = memoized(({ text }: { readonly text: string }, ending = '') => {
    asked.push(text)
    return answer(text + ending)
  })
  return { asked, workOut }
}

it('works out each answer once for each object, not for each equal one', () => {
  const { asked, workOut } = counting((text) => text.length)
  const [one, equal, other] = [{ text: 'a' }, { text: 'a' }, { text: 'bc' }]

  expect([one, equal, other, one, other].map((each) => workOut(each))).toEqual([1, 1, 2, 1, 2])
  expect(asked).toEqual(['a', 'a', 'bc'])
})

it('remembers that there is no answer', () => {
  const { asked, workOut } = counting(() => undefined)
  const one = { text: 'a' }

  expect([workOut(one), workOut(one)]).toEqual([undefined, undefined])
  expect(asked).toEqual(['a'])
})

it('hands on what else is given, the first time', () => {
  const { workOut } = counting((text) => text)
  const one = { text: 'a' }

  expect([workOut(one, '!'), workOut(one, '!')]).toEqual(['a!', 'a!'])
})

it('remembers nothing of what failed, and may ask itself about other objects', () => {
  interface Tree {
    readonly inner: readonly Tree[]
  }
  let fails = true
  const sizeOf = memoized(({ inner }: Tree): number => {
    if (fails) throw new Error('not yet')
    return inner.reduce((sum, each) => sum + sizeOf(each), 1)
  })
  const tree = { inner: [{ inner: [] }, { inner: [] }] }

  expect(() => sizeOf(tree)).toThrow('not yet')
  fails = false
  expect(sizeOf(tree)).toBe(3)
})
