import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonOf } from '../../../src/domain/manifest/yaml-json.ts'
import type { SourceRange } from '../../../src/domain/source/source-file.ts'
import { parseYaml, type YamlNode, yamlLimits } from '../../../src/domain/source/yaml.ts'
import { said } from '../../support/said.ts'

function read(text: string) {
  return parseYaml({ path: 'a.yaml', text }, { id: 'invalid-manifest' })
}

function jsonIn(text: string): readonly unknown[] {
  return read(text).map(({ root }) => (root === undefined ? 'unreadable' : jsonOf(root)))
}

function textOf(range: SourceRange | undefined): string | undefined {
  return range?.file.text.slice(range.start, range.end)
}

function problemsIn(text: string): readonly (readonly [string, string | undefined])[] {
  return read(text).flatMap(({ diagnostics }) =>
    diagnostics.map((each) => [said(each), textOf(each.range)] as const),
  )
}

describe('values', () => {
  const table = join(import.meta.dirname, 'yaml-values.yaml')
  const rows = jsonIn(readFileSync(table, 'utf8'))[0] as { yaml: string; json: string }[]

  test.each(rows)('$yaml reads as $json', ({ yaml, json }) => {
    expect(JSON.stringify(jsonIn(`value: ${yaml}\n`)[0])).toBe(`{"value":${json}}`)
  })

  test('JSON reads as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'))
        expect(jsonIn(JSON.stringify({ value }, null, 2))).toEqual([JSON.parse(JSON.stringify({ value }))])
      }),
      { numRuns: 100 },
    )
  })

  test('a key __proto__ is only a key', () => {
    expect(Object.keys(jsonIn('__proto__: {a: 1}')[0] as object)).toEqual(['__proto__'])
  })
})

describe('documents', () => {
  test('a broken document does not hide its siblings', () => {
    expect(jsonIn('a: 1\n---\nb: [\n---\nc: 3\n')).toEqual([{ a: 1 }, 'unreadable', { c: 3 }])
  })

  test('empty documents and comments are no documents', () => {
    expect(jsonIn('---\na: 1\n---\n# nothing\n---\n---\n# more\n---\nb: 2\n...\n')).toEqual([
      { a: 1 },
      { b: 2 },
    ])
  })

  test.each([
    ['a directive', '%YAML 1.1\n---\na: 1\n', ['unreadable', { a: 1 }]],
    ['another directive behind a document', 'a: 1\n...\n%YAML 1.2\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['content behind a separator', 'a: 1\n--- {b: 1}\nc: 2\n', ['unreadable', { c: 2 }]],
    ['a separator with a text behind it', '---x\na: 1\n', ['unreadable', { a: 1 }]],
    ['four dashes', 'a: 1\n----\n', ['unreadable']],
    ['a separator within a block of text', 'a: |\n  x\n---\n  z: 1\n', [{ a: 'x\n' }, { z: 1 }]],
    ['what follows the end of a document', 'a: 1\n...\nb: 2\n', [{ a: 1 }]],
    ['what stands further out than the first line', ' a: 1\nb: 2\n', [{ a: 1 }]],
    ['braces that are no JSON', '{a: 1}\n', ['unreadable']],
    ['the same behind a separator', '---\n{a: 1}\n', [{ a: 1 }]],
    ['JSON after JSON', '{"a": "\\/"}\n{"b": "\\ud83d\\ude00"}', [{ a: '/' }, { b: '😀' }]],
  ])('%s is read as Kubernetes reads it', (_, text, expected) => {
    expect(jsonIn(text)).toEqual(expected)
  })

  test('a byte order mark and CRLF change nothing but offsets', () => {
    const text = '\uFEFFa: b\r\n---\r\nc: |\r\n  x\r\n  y\r\n'

    expect(jsonIn(text)).toEqual([{ a: 'b' }, { c: 'x\ny\n' }])
    expect(read(text)[0]?.root?.range.start).toBe(1)
  })

  test('documents that are not wanted are not even parsed', () => {
    const file = { path: 'a.yaml', text: 'a: [\n---\nwanted: 1\n' }

    expect(parseYaml(file, { id: 'x', wanted: (text) => text.includes('wanted') })).toHaveLength(1)
  })
})

describe('the gate in front of every reader', () => {
  test.each([
    ['# a\rb: 1\n', 'line-break', '\r'],
    ['a: 1 # x\u0085b: 1\n', 'line-break', '\u0085'],
    ['# x\u2028a: 1\n', 'line-break', '\u2028'],
    ['# x\u2029a: 1\n', 'line-break', '\u2029'],
    ['\ufeff\ufeff# a: 1\n', 'byte-order-mark', '\ufeff'],
    ['a: x\ufeff\n', 'byte-order-mark', '\ufeff'],
    ['# \x07\na: 1\n', 'character', '\x07'],
    ['# \x7f\na: 1\n', 'character', '\x7f'],
    ['# \x9f\na: 1\n', 'character', '\x9f'],
    ['# \ufffe\na: 1\n', 'character', '\ufffe'],
    ['# \ud800\na: 1\n', 'character', '\ud800'],
  ])('%j makes the whole text unreadable', (text, code, place) => {
    const documents = read(`x: 1\n---\n${text}`.replace(/^x: 1\n---\n(?=\ufeff)/, ''))

    expect(documents).toHaveLength(1)
    expect(documents[0]?.root).toBeUndefined()
    expect(documents[0]?.diagnostics).toMatchObject([{ code, severity: 'error' }])
    expect(documents[0]?.diagnostics[0]?.todo).toBeDefined()
    expect(textOf(documents[0]?.diagnostics[0]?.range)).toBe(place)
  })

  test.each(['\u00a0', '\u3000', '\u2003', '\u00ad', '\u200b'])('%j is part of a value', (char) => {
    expect(jsonIn(`a: x${char}\nb: ${char}y\nc: [z${char}, ${char}]\n`)).toEqual([
      { a: `x${char}`, b: `${char}y`, c: [`z${char}`, char] },
    ])
  })
})

describe('places', () => {
  test('a node spans its text, without the comments and blank lines after it', () => {
    const text = 'a:\n  b: "x" # note\n  c:\n    - 1\n    - {d: e}\n\n  # end\nf: |\n  y\n\ng: z\n'
    const spans = new Map<string, string | undefined>()
    const visit = (node: YamlNode, path: string): void => {
      spans.set(path, textOf(node.range))
      if (node.kind === 'map') for (const { key, value } of node.entries) visit(value, `${path}.${key}`)
      if (node.kind === 'sequence')
        for (const [index, item] of node.items.entries()) visit(item, `${path}.${index}`)
    }

    const root = read(text)[0]?.root
    if (root) visit(root, '')

    expect(spans.get('.a')).toBe('b: "x" # note\n  c:\n    - 1\n    - {d: e}')
    expect(spans.get('.a.b')).toBe('"x"')
    expect(spans.get('.a.c')).toBe('- 1\n    - {d: e}')
    expect(spans.get('.a.c.1.d')).toBe('e')
    expect(spans.get('.f')).toBe('|\n  y')
    expect(spans.get('.g')).toBe('z')
  })

  test('an alias stands where it is written, its content where that is written', () => {
    const root = read('a: &x\n  b: c\nd: *x\n')[0]?.root
    const aliased = root?.kind === 'map' ? root.entries[1]?.value : undefined

    expect(textOf(aliased?.range)).toBe('*x')
    expect(aliased?.kind === 'map' && textOf(aliased.entries[0]?.keyRange)).toBe('b')
  })
})

describe('mistakes', () => {
  test.each([
    ['a: 1\na: 2\n', 'a', 'The key `a` is written twice in one mapping'],
    ['a: *x\n', '*x', 'The alias `*x` names no anchor before it'],
    ['a: &x [*x]\n', '*x', 'The alias `*x` names no anchor before it'],
    ['a: {{ .Values.x }}\n', '{ .Values.x }', 'A mapping key must be a string, a number or a boolean'],
    ['~: 1\n', '~', 'A mapping key must be a string, a number or a boolean'],
    ['a: !!int x\n', 'x', '`x` cannot be read as !!int'],
    ['a: !!binary "?"\n', '"?"', '`?` cannot be read as !!binary'],
    ['a: .nan\n', '.nan', '`.nan` is no number that JSON can hold'],
    ['<<: 3\n', '3', '`<<` takes a mapping or a list of mappings'],
  ])('%j', (text, place, message) => {
    expect(problemsIn(text)).toEqual([[message, place]])
  })

  test('of keys written twice the last one counts', () => {
    expect(jsonIn('a: 1\nb: 2\na: 3\n')).toEqual([{ a: 3, b: 2 }])
  })

  test('a merge key after a key that it holds is ambiguous', () => {
    expect(problemsIn('x: &x {a: 1}\ny:\n  a: 2\n  <<: *x\n')).toEqual([
      ['`<<` is written after `a` and holds another one; readers disagree on which counts', '<<'],
    ])
  })

  test('a tab as indentation is one mistake with a place', () => {
    const [problem, ...others] = problemsIn('a:\n\tb: 1\n')

    expect(problem?.[0]).toBe('YAML does not parse: a tab where indentation is expected')
    expect(others).toEqual([])
  })

  test('nothing that can be typed makes the reader throw', () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
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
      '"',
      "'",
      '#',
      '? ',
      '!!int ',
      '---\n',
      '%',
      ',',
      '<<',
      '\t',
      '\uFEFF',
      '\\',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(() => read(pieces.join(''))).not.toThrow()
      }),
      { numRuns: 1000 },
    )
  })
})

describe('limits', () => {
  test.each(['[', '- ', '? ', '[{a: '])('a hundred thousand open %j are too deep, soon', (open) => {
    const [document] = read(open.repeat(100_000))

    expect(document?.overLimit).toBe(true)
    expect(said(document?.diagnostics[0])).toContain(`more than ${yamlLimits.depth} deep`)
  })

  test('aliases of aliases are too many, soon', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `- &a${level + 1} [${Array(10).fill(`*a${level}`)}]`,
    )
    const [document] = read(['- &a0 [x]', ...levels].join('\n'))

    expect(document?.overLimit).toBe(true)
    expect(document?.root).toBeUndefined()
  })

  test('aliases cannot nest deeper than text may', () => {
    const open = '['.repeat(90)
    const close = ']'.repeat(90)
    const text = `- &a ${open}x${close}\n- &b ${open}*a${close}\n- &c ${open}*b${close}\n`

    expect(problemsIn(text)).toEqual([['Aliases nest collections more than 200 deep', '*b']])
  })

  test('a file over 5 MB is not read, and says so', () => {
    const [document] = read('a'.repeat(yamlLimits.fileLength + 1))

    expect(said(document?.diagnostics[0])).toBe('The file is over 5 MB and was not read')
  })

  test('a file has at most ten thousand documents', () => {
    const documents = read('---\na: 1\n'.repeat(yamlLimits.documents + 5))

    expect(documents).toHaveLength(yamlLimits.documents + 1)
    expect(documents.at(-1)?.overLimit).toBe(true)
  })
})

describe('a text that ends within something open, without a line feed', () => {
  test.each(['{', '[', '{a: b', '[a', '- [', '{"name": "x",', '{"a": 1', '? [', '{a: [b', '- {a: '])(
    '%j is a fault to both readers, soon',
    (text) => {
      for (const reader of ['plain', 'kustomize'] as const) {
        const [document] = parseYaml({ path: 'a.yaml', text }, { id: 'invalid-manifest', reader })
        expect(document?.root).toBeUndefined()
        expect(document?.diagnostics).toHaveLength(1)
      }
    },
  )
})
