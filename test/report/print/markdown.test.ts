import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { visible } from '../../../src/domain/words/visible.ts'
import { code, fenced, fold, html, table, text } from '../../../src/report/print/markdown.ts'
import { content, elements, type Node, proseOf, rendered } from '../rendered.ts'

function mentions(markdown: Node): boolean {
  return /@\w|#\d|https?:\/\/|\bGH-\d|\b[0-9a-f]{7,40}\b/.test(proseOf(markdown))
}

const attacks = [
  '@octocat',
  '#123',
  'GH-5',
  'owner/repo#5',
  '[x](https://evil.example)',
  '<img src=x onerror=alert(1)>',
  '![x](y)',
  'https://evil.example',
  'www.evil.example',
  'a@b.example',
  '`',
  '``',
  '```',
  '|',
  '\\|',
  '\\',
  '**b**',
  '_i_',
  '~~s~~',
  '\n',
  '\r\n',
  '\u202e',
  '\u200b',
  '\u0000',
  '\u001b[31m',
  '&lt;',
  '&#64;octocat',
  '<!--',
  '-->',
  '</details>',
  '</code>',
  '# h',
  '- l',
  '1. l',
  '> q',
  ':tada:',
  '$x$',
  '[^1]',
  '[ ]',
  '---',
  '===',
  '    code',
  'deadbeefcafe',
  '\ud800',
  '<https://e.example>',
]
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'grapheme', maxLength: 6 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''))
const meaning = (value: string): string => visible(value).trim().replaceAll('\u200b', '')

describe('text of a manifest in Markdown', () => {
  test('a code span holds exactly the text and nothing else', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const tree = rendered(`before ${code(value)} after`)
        const shown = visible(value)
        const expected = shown === '' ? '\u00a0' : shown

        expect(elements(tree)).toEqual(['p', 'code'])
        if (shown.length < 160)
          expect(content(tree).replaceAll('\u200b', '').trim()).toBe(`before ${expected} after`)
      }),
    )
  })

  test('running text is no element, link or mention', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const tree = rendered(text(value))

        expect(elements(tree).filter((name) => name !== 'p')).toEqual([])
        expect(content(tree).replaceAll('\u200b', '').trim()).toBe(meaning(value))
        expect(mentions(tree)).toBe(false)
      }),
    )
  })

  test('a table has the cells that were put in, whatever they hold', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const tree = rendered(table(['One', 'Two'], [[code(a), text(b)]]))
        const cells = elements(tree).filter((name) => name === 'td' || name === 'th')

        expect(cells).toHaveLength(4)
        expect(elements(tree).filter((name) => !/^(table|thead|tbody|tr|th|td|code)$/.test(name))).toEqual([])
      }),
    )
  })

  test('nothing in a fence closes it', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 5 }), (lines) => {
        const tree = rendered(fenced('diff', lines))

        expect(elements(tree)).toEqual(['pre', 'code'])
        expect(content(tree).trim()).toBe(lines.map(visible).join('\n').trim())
      }),
    )
  })

  test('the summary of a fold holds text and code alone', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const tree = rendered(fold(html(value), 'body'))

        expect(elements(tree)).toEqual(['details', 'summary', 'p'])
        expect(mentions(tree)).toBe(false)
      }),
    )
  })

  test('controls, bidi marks and odd spaces are written out', () => {
    expect(visible('a\u202eb\nc\td\u00a0e\u001b[1m')).toBe('a\\u{202e}b␤c␉d\\u{a0}e\\u{1b}[1m')
  })
})
