import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { jsonOf } from '../../../../src/domain/manifest/yaml-json.ts'
import { readSettings } from '../../../../src/domain/source/settings/settings-yaml.ts'
import type { SourceRange } from '../../../../src/domain/source/source-file.ts'
import type { YamlNode } from '../../../../src/domain/source/yaml-node.ts'
import { said } from '../../../support/said.ts'

function read(text: string) {
  return readSettings({ path: 'settings.yml', text })
}

function json(text: string): unknown {
  const { root } = read(text)
  return root && jsonOf(root)
}

function written({ file, start, end }: SourceRange): string {
  return file.text.slice(start, end)
}

function mistakesIn(text: string): readonly (readonly [string, string])[] {
  return read(text).mistakes.map(({ code, range }) => [code, written(range)] as const)
}

function rangesIn(node: YamlNode): readonly SourceRange[] {
  if (node.kind === 'scalar') return [node.range]
  const inside =
    node.kind === 'map'
      ? node.entries.flatMap(({ keyRange, value }) => [keyRange, ...rangesIn(value)])
      : node.items.flatMap(rangesIn)
  return [node.range, ...inside]
}

describe('values are those of the core schema of YAML 1.2', () => {
  test.each([
    ['off', 'off'],
    ['on', 'on'],
    ['yes', 'yes'],
    ['y', 'y'],
    ['no', 'no'],
    ['true', true],
    ['FALSE', false],
    ['0o17', 15],
    ['017', 17],
    ['0x1f', 31],
    ['0b11', '0b11'],
    ['1_000', '1_000'],
    ['1:30', '1:30'],
    ['1.30', 1.3],
    ['2026-12-31', '2026-12-31'],
    ['=', '='],
    ['~', null],
    ['"0o17"', '0o17'],
    ['!!str 017', '017'],
  ])('%s', (text, value) => {
    expect(json(`a: ${text}\n`)).toEqual({ a: value })
  })

  test('keys are texts as they are written', () => {
    expect(json('on: 1\n1.0: 2\n0x1f: 3\nnull: 4\n__proto__: 5\n')).toEqual(
      Object.fromEntries([
        ['on', 1],
        ['1.0', 2],
        ['0x1f', 3],
        ['null', 4],
        ['__proto__', 5],
      ]),
    )
  })

  test('a merge key is a key like any other', () => {
    expect(json('a: &a { b: 1 }\nc: { <<: *a, d: 2 }\n')).toEqual({
      a: { b: 1 },
      c: { '<<': { b: 1 }, d: 2 },
    })
  })

  test('anchors may stand before keys, and stand for what they stood for when they were named', () => {
    expect(json('&a x: &b [1]\ny: *a\nz: [*b, *b]\nb: &b 2\nc: *b\n')).toEqual({
      x: [1],
      y: 'x',
      z: [[1], [1]],
      b: 2,
      c: 2,
    })
  })

  test('what begins with a brace is YAML', () => {
    expect(json('{ a: off }\n')).toEqual({ a: 'off' })
  })

  test('whatever the library writes reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom('PLAIN', 'QUOTE_DOUBLE'), (value, style) => {
        const text = stringify({ value }, { defaultStringType: style })
        fc.pre(read(text).mistakes.every(({ code }) => !/^[a-z]/.test(code)))
        // JSON knows no negative zero.
        expect(JSON.stringify(json(text))).toEqual(JSON.stringify({ value }))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a file holds one document', () => {
  test.each(['', '# nothing\n', '---\n', '---\n# nothing\n...\n'])('or none: %j', (text) => {
    expect(read(text)).toEqual({ mistakes: [] })
  })

  test.each(['---\na: 1\n', 'a: 1\n---\n', 'a: 1\n...\n# end\n', '\ufeffa: 1\r\n'])(
    'empty ones beside it are none: %j',
    (text) => {
      expect(json(text)).toEqual({ a: 1 })
      expect(mistakesIn(text)).toEqual([])
    },
  )

  test.each(['a: 1\n---\nb: 2', 'a: 1\n...\nb: 2', '---\na: 1\n---\n---\n[b]\n---\nc: 3'])(
    'a second one is a mistake: %j',
    (text) => {
      expect(mistakesIn(text)).toEqual([['MULTIPLE_DOCS', text.includes('[b]') ? '[b]' : 'b: 2']])
    },
  )
})

describe('places', () => {
  test('a node spans its text, without the comments and blank lines after it', () => {
    const { root } = read(
      '\ufeffa:\n  b: &b "x" # note\n  c:\n    - 1\n    - {d: *b}\n\n  # end\nf: |\n  y\n\ng: z\n',
    )

    expect(root && rangesIn(root).map(written)).toEqual([
      'a:\n  b: &b "x" # note\n  c:\n    - 1\n    - {d: *b}\n\n  # end\nf: |\n  y\n\ng: z',
      'a',
      'b: &b "x" # note\n  c:\n    - 1\n    - {d: *b}',
      ...['b', '"x"', 'c', '- 1\n    - {d: *b}', '1', '{d: *b}', 'd', '*b', 'f', '|\n  y', 'g', 'z'],
    ])
  })
})

describe('mistakes', () => {
  test.each([
    [
      'a: 1\nb: { c: 1, "c": 2 }\na: 2\n',
      [
        ['DUPLICATE_KEY', '"c"'],
        ['DUPLICATE_KEY', 'a'],
      ],
    ],
    ['1: a\n"1": b\n', [['DUPLICATE_KEY', '"1"']]],
    ['a:\n\tb: 1\n', [['TAB_AS_INDENT', '\t']]],
    ['a: *x\n', [['BAD_ALIAS', '*x']]],
    ['a: &x [*x]\n', [['BAD_ALIAS', '*x']]],
    ['? [a]\n: b\n', [['NON_STRING_KEY', '[']]],
    ['a: &x b\n*x : c\n', [['NON_STRING_KEY', '*x']]],
    ['a: @b\n', [['BAD_SCALAR_START', '@']]],
    ['a: "\\q"\n', [['BAD_DQ_ESCAPE', '\\']]],
    ['%YAML 1.1\n---\na: yes\n', [['BAD_DIRECTIVE', '%']]],
    ['a: !!bool yes\n', [['TAG_RESOLVE_FAILED', '!!bool']]],
    ['a: !!set { b }\n', [['TAG_RESOLVE_FAILED', '!!set']]],
    ['a: !mine b\n', [['TAG_RESOLVE_FAILED', '!mine']]],
    ['# a\u2028b: 1\n', [['line-break', '\u2028']]],
    ['# a\rb: 1\n', [['line-break', '\r']]],
    ['a: \ufeff1\n', [['byte-order-mark', '\ufeff']]],
    ['a: "\u0007"\n', [['character', '\u0007']]],
  ])('%j', (text, expected) => {
    expect(mistakesIn(text)).toEqual(expected)
  })

  test('every one has a place within the text and a sentence, and nothing makes the reader throw', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b: ',
        '- ',
        '\n',
        '  ',
        '{',
        '}',
        '[',
        ']',
        '&x ',
        '*x',
        '|',
        '>-',
        '"',
        "'",
        ' #c',
        '? ',
        ',',
      ],
      ...[
        '\t',
        '!!str ',
        '!!omap ',
        '!!binary ',
        '%YAML 1.1\n',
        '---',
        '...',
        '\r\n',
        '<<: ',
        '~',
        '.nan',
        '\\u',
      ],
      ...['@', '\ufeff', '\u2028', '\ud83d\ude00', '\ud83d', '__proto__: ', '*x : ', '!e!x ', '1e400'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('')
        const { root, mistakes } = read(text)
        for (const mistake of mistakes) expect(said(mistake)).not.toBe('')
        for (const { start, end } of [...(root ? rangesIn(root) : []), ...mistakes.map(({ range }) => range)])
          expect(0 <= start && start <= end && end <= text.length).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('limits', () => {
  const bomb = Array.from(
    { length: 12 },
    (_, at) => `a${at}: &a${at} [${`*a${at - 1}, `.repeat(at && 9)}x]\n`,
  )
  const chain = Array.from(
    { length: 300 },
    (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}`}]\n`,
  )

  test.each([
    ['aliases of aliases', bomb.join(''), 'Aliases stand for more than 100000 values'],
    ['aliases that nest', chain.join(''), 'Aliases nest collections more than 200 deep'],
    ['brackets', '['.repeat(60_000), 'Collections are nested more than 200 deep'],
    ['braces', '{a: '.repeat(30_000), 'Collections are nested more than 200 deep'],
    ['items', '- '.repeat(60_000), 'Collections are nested more than 200 deep'],
    ['keys', '? '.repeat(60_000), 'Collections are nested more than 200 deep'],
    ['size', '#'.repeat(128 * 1024 + 1), 'The file is over 128 KB and was not read'],
  ])('%s', (_, text, message) => {
    const { mistakes } = read(text)

    expect(mistakes).toHaveLength(1)
    expect(said(mistakes[0])).toBe(message)
    expect(read(text).root).toBeUndefined()
  })

  test('what people nest and repeat is within them', () => {
    expect(json(`a: ${'['.repeat(100)}${']'.repeat(100)}\n`)).toBeDefined()
    expect(
      json(`a: &a [x]\n${Array.from({ length: 1_000 }, (_, at) => `k${at}: *a\n`).join('')}`),
    ).toBeDefined()
  })
})
