import { expect, test } from 'vitest'
import { createBoundedCache } from '../../src/git/bounded-cache.ts'

function counting(capacity: number) {
  const loads: string[] = []
  const cache = createBoundedCache<string>({ capacity, weigh: (text) => text.length })
  const get = (key: string) =>
    cache.get(key, async () => {
      loads.push(key)
      return key
    })
  return { cache, loads, get }
}

test('callers at the same time share one load', async () => {
  const { loads, get } = counting(100)

  await Promise.all([get('a'), get('a')])
  await get('a')

  expect(loads).toEqual(['a'])
})

test('what was longest unused is forgotten first', async () => {
  const { loads, get } = counting(4)

  await get('aa')
  await get('bb')
  await get('aa')
  await get('cc')
  await get('aa')
  await get('bb')

  expect(loads).toEqual(['aa', 'bb', 'cc', 'bb'])
})

test('a failed load is forgotten', async () => {
  const { cache } = counting(100)
  await expect(cache.get('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down')

  await expect(cache.get('a', () => Promise.resolve('up'))).resolves.toBe('up')
})
