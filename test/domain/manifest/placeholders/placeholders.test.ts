import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exampleOf,
  indexOfLiteral,
  isUnknown,
  isWhollyUnknown,
  mayBe,
  patternOf,
  placeholderIn,
  withDefaults,
} from '../../../../src/domain/manifest/placeholders/placeholders.ts'

/** `«X»` stands for the placeholder of Flux: a dollar sign and braces. */
function flux(text: string): string {
  return text.replaceAll('«', '$' + '{').replaceAll('»', '}')
}

describe('the default of a placeholder is its value', () => {
  it.each([
    ['«X:=vs-1»', 'vs-1'],
    ['«X:-vs-1»', 'vs-1'],
    ['«X=vs-1»', 'vs-1'],
    ['a-«X:=b»-«Y:=c»', 'a-b-c'],
    ['«X:=«Y:-vs»-1»', 'vs-1'],
    ['«X:=»', ''],
    ['«X:=«Y»»', '«Y»'],
    ['«X:=a»«Y»', 'a«Y»'],
    ['«X:-80»', '80'],
    ['$«X:=vs-1»', '$«X:=vs-1»'],
    ['«X-d»', '«X-d»'],
    ['«a.b:=c»', '«a.b:=c»'],
    ['$(X)', '$(X)'],
    ['{{ .Values.x | default "y" }}', '{{ .Values.x | default "y" }}'],
    ['plain', 'plain'],
  ])('%s is %s', (text, value) => {
    expect(withDefaults(flux(text))).toBe(flux(value))
  })
})

describe('what is known of a text', () => {
  it.each([
    ['prefix-«X»', ['prefix-', '']],
    ['«X».«Y».example', ['', '.', '.example']],
    ['$(HOST)', ['', '']],
    ['$HOST', ['', '']],
    ['$host.example', ['', '.example']],
    ['{{ .Values.host }}.example', ['', '.example']],
    ['{{- include "a/b" . -}}', ['', '']],
    ['%{ if x }y', ['', 'y']],
    ['«a.b»', ['', '']],
    ['« X »', ['', '']],
    ['$«{ github.ref }»', ['$«{ github.ref }»'.slice(1)]],
    ['«X', ['«X']],
    ['$«X»', ['«X»']],
    ['$$(X)', ['$(X)']],
    ['100%', ['100%']],
    ['a$', ['a$']],
    ['plain', ['plain']],
  ])('%s', (text, pattern) => {
    expect(patternOf(flux(text))).toEqual(pattern.map(flux))
  })

  it('is nothing where it is longer than any name', () => {
    expect(patternOf(`${flux('«X»')}${'a'.repeat(3000)}`)).toEqual(['', ''])
  })

  it('tells whether anything is known of it that others have not', () => {
    expect(['«X»', '«X».«Y»', '*.«Y»', 'a«X»', '1.«X»', 'plain'].map(flux).map(isWhollyUnknown)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('finds a character outside of placeholders', () => {
    expect(indexOfLiteral('{{ "a/b" }}/c', '/')).toBe('{{ "a/b" }}'.length)
    expect(indexOfLiteral(flux('«a/b»'), '/')).toBe(-1)
    expect(indexOfLiteral('a/b', '/')).toBe(1)
  })
})

describe('whether two texts may come out the same', () => {
  it.each([
    ['vs-1', 'vs-1', true],
    ['vs-1', 'vs-2', false],
    ['«X»', 'vs-1', true],
    ['vs-«X»', 'vs-1', true],
    ['vs-«X»', 'vw-1', false],
    ['«X»-1', 'vs-1', true],
    ['«X»-2', 'vs-1', false],
    ['a«X»c', '«Y»b«Z»', true],
    ['a«X»', 'b«Y»', false],
    ['a«X»b', 'a', false],
    ['a«X»a', 'a', false],
    ['«X»', '{{ .Values.y }}', true],
    ['$«X»', 'anything', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(mayBe(flux(a), flux(b))).toBe(expected)
    expect(mayBe(flux(b), flux(a))).toBe(expected)
  })

  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 4 })

  it('holds for whatever the placeholders become', () => {
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 4 }), fc.array(letters), (literals, fills) => {
        const written = literals.join(flux('«X»'))
        const value = literals.reduce((before, literal, index) => before + (fills[index - 1] ?? '') + literal)
        expect(mayBe(written, value)).toBe(true)
      }),
    )
  })

  it('is what a regular expression says of a text without placeholders', () => {
    fc.assert(
      fc.property(fc.array(letters, { minLength: 2, maxLength: 4 }), letters, (literals, value) => {
        const pattern = new RegExp(`^${literals.map((each) => each.replaceAll('.', '\\.')).join('.*')}$`)
        expect(mayBe(literals.join(flux('«X»')), value)).toBe(pattern.test(value))
      }),
    )
  })

  it('takes hostile texts in its stride', () => {
    const hostile = flux('«X»a').repeat(400)

    expect(isUnknown(hostile)).toBe(true)
    expect(mayBe(hostile, flux('«Y»b').repeat(400))).toBe(false)
    expect(withDefaults('${'.repeat(900))).toBe('${'.repeat(900))
    expect(withDefaults('${A:='.repeat(300) + '}'.repeat(300))).toContain('$')
  })
})

describe('an example of a host', () => {
  it.each([
    ['«HOST»', 'example.com'],
    ['shop.«DOMAIN»', 'shop.example.com'],
    ['«APP».«DOMAIN»', 'any.example.com'],
    ['«APP».shop.example', 'any.shop.example'],
    ['shop-«ENV»', 'shop-any'],
    ['shop.example', 'shop.example'],
  ])('%s may be %s', (host, example) => {
    expect(exampleOf(flux(host))).toBe(example)
  })

  it('is one that the text may become', () => {
    expect(mayBe(flux('«A».b.«C»'), exampleOf(flux('«A».b.«C»')))).toBe(true)
  })
})

it('a placeholder says in which directory it stands, whatever that is called', () => {
  expect(placeholderIn(flux('*.«HOST»'), 'teams/a')).toBe(flux('*.«HOST in teams/a»'))
  expect(placeholderIn('{{ .Values.host }}', 'x{}y')).toBe(flux('«.Values.host in xy»'))
  expect(placeholderIn('$(HOST)', '.')).toBe(flux('«HOST) in .»'.replace(')', '')))
  expect(patternOf(placeholderIn('$HOST', 'x}y'))).toEqual(['', ''])
})
