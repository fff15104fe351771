import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayMeet, mayShare } from '../../../../src/domain/diff/tables/may-meet.ts'
import { exactly, startingWith, unmetered } from '../../../../src/domain/language/string-set.ts'
import { absent, allows, present, type Values } from '../../../../src/domain/language/values.ts'
import { type Box, everyRequest } from '../../../../src/domain/match/box.ts'

const samples = [undefined, '', 'a', 'ab', 'b']
const values: fc.Arbitrary<Values> = fc.oneof(
  fc.constantFrom('a', 'ab', 'b').map((text) => present(exactly(text))),
  fc.constantFrom('', 'a', 'b').map((text) => present(startingWith(text))),
  fc.constant(absent),
)
const box: fc.Arbitrary<Box> = fc
  .dictionary(fc.constantFrom('path', 'header:x', 'query:y'), values)
  .map((fields) => new Map(Object.entries(fields)))

describe('whether some request may lie in two boxes', () => {
  it('is so exactly where each dimension leaves a value for both', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        const isShared = [...a].every(([dimension, own]) => {
          const other = b.get(dimension)
          return samples.some((sample) => allows(own, sample) && (!other || allows(other, sample)))
        })
        expect(mayMeet(a, b, unmetered)).toBe(isShared)
      }),
    )
  })

  it('does not hang on which comes first', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        expect(mayMeet(a, b, unmetered)).toBe(mayMeet(b, a, unmetered))
      }),
    )
  })

  it('is so for every box with the one that holds everything, and with itself', () => {
    fc.assert(
      fc.property(box, (each) => {
        expect(mayMeet(each, everyRequest, unmetered)).toBe(true)
        expect(mayMeet(each, each, unmetered)).toBe(true)
      }),
    )
  })

  it('is taken to be so where finding out would cost more than there is', () => {
    const [a, b] = ['/a', '/b'].map((path): Box => new Map([['path', present(startingWith(path))]]))

    expect(mayMeet(a!, b!, unmetered)).toBe(false)
    expect(mayMeet(a!, b!, { of: 'operation', left: 0 })).toBe(true)
  })

  it('is taken to be so of two sets of texts, too', () => {
    const [a, b] = [startingWith('/a'), startingWith('/b')]

    expect(mayShare(a, b, unmetered)).toBe(false)
    expect(mayShare(a, startingWith('/'), unmetered)).toBe(true)
    expect(mayShare(a, b, { of: 'operation', left: 0 })).toBe(true)
  })

  it('passes on every other error', () => {
    const broken = new Proxy<Values>(absent, {
      get: () => {
        throw new TypeError('broken')
      },
    })

    expect(() => mayMeet(new Map([['x', broken]]), new Map([['x', absent]]), unmetered)).toThrow(TypeError)
  })
})
