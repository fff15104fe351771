import { describe, expect, it } from 'vitest'
import type * as Readings from './reading.ts'
import { inOtherWords, shuffleWords } from './shuffle-words.ts'

type Module = typeof Readings

async function readings(query = ''): Promise<Module> {
  return (await import(`./reading.ts${query}`)) as Module
}

shuffleWords()

const [usual, other] = await Promise.all([readings(), readings('?wording=other')])
const [expected, found] = [usual.readAll(), other.readAll()]

describe('in other words of the same lengths', () => {
  it('no word of ours is the same', () => {
    const [title, shuffled] = [usual.oneTitle(), other.oneTitle()]

    expect(shuffled).toHaveLength(title.length)
    expect(shuffled).not.toContain('Waiting for')
  })

  it.each(Object.keys(expected))('%s: verdict, facts, title, places and codes are the same', (name) => {
    expect(found[name]).toEqual(expected[name])
  })
})

describe('the other wording', () => {
  /** Angle brackets stand for what is put into a template. */
  const written = (code: string) => code.replaceAll('<', '${').replaceAll('>', '}')
  const changed = (code: string) => inOtherWords(written(code), '/src/x.ts', 'a')

  it.each([
    ['a template', 'const a = say`Waiting for <who> at \\u{2026}`'],
    ['words', "const a = words('again')"],
    ['words by a condition', "const a = words(kind === 'go' ? 'goes' : `<count> go`)"],
    ['what is put into a template', "const a = say`<kind === 'go' ? ' too' : ''>`"],
    ['a table', "const a: Words = { dropped: 'no route any more' }"],
  ])('changes the letters of %s', (_, code) => {
    expect(changed(code)).not.toBe(written(code))
    expect(changed(code)).toHaveLength(written(code).length)
  })

  it.each([
    ['a code', "const a = kind === 'dropped-entry' ? { kind: 'waiting' } : quoted('uri')"],
    ['a condition', "const a = words(kind === 'waiting' ? by : to)"],
    ['an error of ours', "throw new Error('A row needs a change')"],
    ['a type', "type A = 'at the gateway'"],
    ['an import', "import { a } from './b.ts'"],
  ])('leaves %s', (_, code) => {
    expect(changed(code)).toBe(written(code))
  })

  it('changes what is said and not what it is compared with, so that whoever reads it back is seen', () => {
    const code = 'const a = plainOf(say`Waiting for <who>`).startsWith("Waiting")'

    expect(changed(code)).toContain('.startsWith("Waiting")')
    expect(changed(code)).not.toContain('say`Waiting')
  })
})
