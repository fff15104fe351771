import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { envsubst } from '../../../src/domain/deployment/envsubst.ts'

/** `«X»` stands for the variable of that name. */
const written = (text: string) => text.replaceAll('«', '$' + '{').replaceAll('»', '}')
const values = new Map([
  ['X', 'abc'],
  ['E', ''],
  ['U', 'Ab'],
])
const of = (text: string) => envsubst(written(text), (name) => ({ value: values.get(name) }))

describe('a text with variables', () => {
  it.each([
    ['a «X» b', 'a abc b'],
    ['«M»', ''],
    ['«M:-d»', 'd'],
    ['«M:=d»', 'd'],
    ['«M=d»', 'd'],
    ['«E:-d»', 'd'],
    ['«E:=d»', 'd'],
    ['«E=d»', ''],
    ['«X:-d»', 'abc'],
    ['«M:-»', ''],
    ['«M:-«X»»', 'abc'],
    ['«M:-«N:-d»»', 'd'],
    ['$$«X»', '$abc'],
    ['$«X»', written('«X»')],
    ['$$', '$'],
    ['$X $(X)', '$X $(X)'],
    ['«#X»', '3'],
    ['«X^^»', 'ABC'],
    ['«U,,»', 'ab'],
    ['«X:0:2»', 'ab'],
    ['«X:1»', 'bc'],
    ['«X/b/d»', 'adc'],
    ['«X//b/d»', 'adc'],
    ['«X#a»', 'bc'],
    ['«X%c»', 'ab'],
  ])('%s is %s', (text, expected) => {
    expect(of(text)).toBe(expected)
  })

  it.each(['«X-d»', '«a.b»', '«a-b»', '« X »', '«X »', '«', '«M:-d'])('%s fails as a whole', (text) => {
    expect(of(text)).toBeUndefined()
  })

  it.each(['«X:?e»', '«X:+y»', '«X#a*»'])('%s is not followed, and stays', (text) => {
    expect(of(text)).toBe(written(text))
  })

  it('what is not known stays as it is written, with its default', () => {
    expect(envsubst(written('a «X:-d» «Y»'), () => 'unknown')).toBe(written('a «X:-d» «Y»'))
  })

  it('stays as it is where it holds no dollar', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll('$', '')
        expect(of(plain)).toBe(plain)
      }),
    )
  })

  it('ends, and never throws, whatever it holds', () => {
    const piece = fc.constantFrom('$', '{', '}', 'X', 'M', ':-', '=', '/', '#', '%', '^^', ':0', ' ')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(() => of(pieces.join(''))).not.toThrow()
      }),
    )
    expect(() => of('«M:-'.repeat(100_000))).not.toThrow()
  })
})
