import { describe, expect, it } from 'vitest'
import { rewritings } from '../../../../../src/domain/manifest/layers/git/git-attributes.ts'

function found(files: Readonly<Record<string, string>>, ...paths: readonly string[]) {
  const all = Object.entries(files).map(([path, text]) => ({ path, text }))
  return rewritings(all, paths).map(({ attribute, pattern, paths: changed }) => [
    attribute,
    pattern,
    ...changed,
  ])
}

describe('what Git makes of texts', () => {
  it('is told by the line that counts', () => {
    const files = {
      '.gitattributes': '*.yaml filter=a\nx/*.yaml filter=b\n',
      'x/.gitattributes': 'c.yaml -filter\n',
    }

    expect(found(files, 'a.yaml', 'x/b.yaml', 'x/c.yaml', 'x/d.txt')).toEqual([
      ['filter=a', '*.yaml', 'a.yaml'],
      ['filter=b', 'x/*.yaml', 'x/b.yaml'],
    ])
  })

  it('is told once for all files of a line', () => {
    expect(found({ '.gitattributes': '* filter=a ident\n' }, 'b', 'a')).toEqual([['filter=a', '*', 'a', 'b']])
  })

  it('counts words to be filled in where there are some', () => {
    const files = { '.gitattributes': '* ident export-subst\n', a: '$Id$', b: '$Format:%h$', c: '' }

    expect(found(files, 'a', 'b', 'c')).toEqual([
      ['ident', '*', 'a'],
      ['export-subst', '*', 'b'],
    ])
  })

  it('reads macros of the root, one within the other, and none that goes in circles', () => {
    const macros = '[attr]one two\n[attr]two filter=x one\n'

    expect(found({ '.gitattributes': `${macros}a one\n` }, 'a')).toEqual([['filter=x', 'a', 'a']])
    expect(found({ 'x/.gitattributes': `${macros}a one\n` }, 'x/a')).toEqual([])
  })

  it('is anything where there are more lines than people write', () => {
    const lines = 'b.yaml filter=x\n'.repeat(1_001)

    expect(found({ '.gitattributes': lines }, 'a.yaml')).toEqual([[undefined, 'b.yaml', 'a.yaml']])
  })

  it('reads quoted patterns', () => {
    expect(found({ '.gitattributes': '"a b.yaml" filter=x\n' }, 'a b.yaml')).toEqual([
      ['filter=x', 'a b.yaml', 'a b.yaml'],
    ])
  })

  it.each([
    '* text=auto eol=crlf',
    '* -text',
    '* working-tree-encoding=utf8',
    '# * filter=x',
    '* !filter',
    '*',
  ])('is nothing by %s', (line) => {
    expect(found({ '.gitattributes': `${line}\n` }, 'a.yaml')).toEqual([])
  })
})
