import fc from 'fast-check'
import { expect, it } from 'vitest'
import { holding } from '../../../src/domain/source/holding.ts'

it('a law: a file holds what its text does, however often and of whichever files it is asked', () => {
  const files = fc.array(
    fc.array(fc.constantFrom('a', 'b', '\n', 'ab'), { maxLength: 4 }).map((parts) => ({
      path: 'a.yaml',
      text: parts.join(''),
    })),
    { minLength: 1, maxLength: 6 },
  )
  const word = holding('ab')
  const line = holding(/^b/m)
  fc.assert(
    fc.property(files, (some) => {
      for (const file of [...some, ...some]) {
        expect(word(file)).toBe(file.text.includes('ab'))
        expect(line(file)).toBe(/^b/m.test(file.text))
      }
    }),
  )
})
