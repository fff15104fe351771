import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import {
  type Codeowners,
  codeownersPlaces,
  decidingRule,
  findCodeowners,
  parseCodeowners,
} from '../../../src/domain/ownership/codeowners.ts'
import { compilePattern, matchesPath } from '../../../src/domain/ownership/codeowners-pattern.ts'
import { compareDiagnostics, type Diagnostic } from '../../../src/domain/source/diagnostic.ts'
import { positionOf, textOfLine } from '../../../src/domain/source/source-file.ts'
import { said, written } from '../../support/said.ts'

interface FileCase {
  readonly follows: string
  readonly file: string
  readonly owns: Readonly<Record<string, string>>
  readonly reports?: readonly string[]
}

const cases: readonly FileCase[] = parse(
  readFileSync(new URL('codeowners.files.yaml', import.meta.url), 'utf8'),
)
const page = readFileSync(new URL('../../../docs/codeowners.md', import.meta.url), 'utf8')

function read(text: string): Codeowners {
  return parseCodeowners({ path: 'CODEOWNERS', text })
}

function ownership(codeowners: Codeowners, path: string): string {
  const rule = decidingRule(codeowners, path)
  return rule === undefined ? 'none' : [`${rule.line}:`, ...rule.owners].join(' ')
}

function place(diagnostic: Diagnostic): string {
  if (diagnostic.range === undefined) return `nowhere ${diagnostic.severity}`
  const { line, column } = positionOf(diagnostic.range)
  return `${line}:${column} ${diagnostic.severity}`
}

describe('whole files', () => {
  for (const { follows, file, owns, reports = [] } of cases) {
    test(follows, () => {
      const codeowners = read(file)

      expect(page).toContain(`**${follows.split(' ')[0]}**`)
      const decided = Object.keys(owns).map((path) => [path, ownership(codeowners, path)])
      expect(Object.fromEntries(decided)).toEqual(owns)
      expect(codeowners.diagnostics.map(place)).toEqual(
        reports.map((report) => report.split(' ', 2).join(' ')),
      )
      for (const [at, report] of reports.entries()) {
        expect(`${said(codeowners.diagnostics[at])}.`).toContain(report.split(' ').slice(2).join(' '))
      }
    })
  }

  test('at least 40 files, and every sentence about lines has one', () => {
    const sentences = [...page.matchAll(/\*\*(L\d+)\*\*/g)].map((found) => found[1])
    const cited = new Set(cases.map((one) => one.follows.split(' ')[0]))

    expect(cases.length).toBeGreaterThanOrEqual(40)
    expect(sentences.filter((sentence) => !cited.has(sentence))).toEqual([])
  })

  test('an error says that the line is skipped and what to write', () => {
    const [diagnostic] = read('***/*.rb @ruby\n').diagnostics

    expect(diagnostic).toMatchObject({ id: 'invalid-codeowners' })
    expect(said(diagnostic)).toBe('The pattern `***/*.rb` has more than two `*` in a row')
    expect(written(diagnostic?.todo)).toBe('Did you mean `**/*.rb`?')
    expect(said(diagnostic?.because?.[0])).toContain('skips the whole line')
  })

  test('a line with very many wrong owners is reported in full', () => {
    expect(read(`a${' b'.repeat(200_000)}\n`).diagnostics).toHaveLength(200_000)
  })

  test('a pattern of any length makes a short message', () => {
    const { diagnostics } = read(`${'a'.repeat(10_000)}[ @a\n`)

    expect(said(diagnostics[0]).length).toBeLessThan(300)
  })
})

describe('which file', () => {
  const at = (path: string) => ({ path, text: `* @${path.length}` })

  test('F1 the first of the three places wins, in any order of the files', () => {
    const [first, second, third] = codeownersPlaces

    expect(findCodeowners([at(third), at(second), at(first)])?.path).toBe('.github/CODEOWNERS')
    expect(findCodeowners([at(third), at(second)])?.path).toBe('CODEOWNERS')
    expect(findCodeowners([at(third)])?.path).toBe('docs/CODEOWNERS')
  })

  test('F1 no other place counts, nor another case', () => {
    const others = [
      '.github/codeowners',
      'CODEOWNERS.md',
      'a/CODEOWNERS',
      '.gitlab/CODEOWNERS',
      'Docs/CODEOWNERS',
    ]

    expect(findCodeowners(others.map(at))).toBeUndefined()
  })

  test('F3 a file of 3 MB is not loaded, one byte less is', () => {
    const limit = 3 * 1024 * 1024
    const padded = (size: number) => `* @all\n#${'x'.repeat(size - 8)}`

    expect(ownership(read(padded(limit - 1)), 'a')).toBe('1: @all')
    expect(read(padded(limit))).toMatchObject({ rules: [], diagnostics: [{ severity: 'error' }] })
    expect(ownership(read(padded(limit)), 'a')).toBe('none')
  })

  test('F3 the size is in bytes, not in characters', () => {
    const codeowners = read(`* @all\n#${'é'.repeat(1.6 * 1024 * 1024)}`)

    expect(codeowners.rules).toEqual([])
    expect(codeowners.diagnostics).toHaveLength(1)
  })
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom(
      ' ',
      '\t',
      '\n',
      '\r\n',
      '\r',
      '#',
      '\\',
      '/',
      '*',
      '?',
      '[',
      '!',
      'a',
      '@a',
      ' @a/b',
      'é',
      '\uFEFF',
    ),
    maxLength: 60,
  }),
)

describe('laws', () => {
  test('every line that is neither blank nor a comment is a rule or a diagnostic, and no other line is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const codeowners = read(text)
        const told = new Set(codeowners.rules.map((rule) => rule.line))
        for (const { range } of codeowners.diagnostics)
          if (range !== undefined) told.add(positionOf(range).line)

        const lines = text.replace(/^\uFEFF/, '').split('\n')
        const said = lines.flatMap((line, at) => (/^[ \t]*(?:#|\r?$)/.test(line) ? [] : [at + 1]))
        expect([...told].sort((a, b) => a - b)).toEqual(said)
      }),
      { numRuns: 1000 },
    )
  })

  test('an error and a rule never stand on one line, and diagnostics come in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { rules, diagnostics } = read(text)
        const skipped = diagnostics.filter((one) => one.severity === 'error').map(place)

        for (const rule of rules) expect(skipped.filter((at) => at.startsWith(`${rule.line}:`))).toEqual([])
        expect(diagnostics.map(place)).toEqual([...diagnostics].sort(compareDiagnostics).map(place))
      }),
      { numRuns: 1000 },
    )
  })

  test('a rule stands where its range says', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { pattern, owners, line, range } of read(text).rules) {
          const written = text.slice(range.start, range.end)

          expect(positionOf(range).line).toBe(line)
          expect(textOfLine(range.file, line)).toContain(written)
          expect(written.startsWith(pattern)).toBe(true)
          expect(written.endsWith(owners.at(-1) ?? pattern)).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('carriage returns, comments and blanks around lines change no rule', () => {
    const line = fc.constantFrom('* @a', '/a/ @b', 'a/b', '*.yaml @c @d', '!x', '[', '/a/* x', '# c', '')
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const rules = (text: string) => read(text).rules.map(({ range: _, ...rule }) => rule)
        const plain = rules(lines.join('\n'))

        expect(rules(lines.join('\r\n'))).toEqual(plain)
        expect(rules(lines.map((one) => `\t ${one} \t# @e`).join('\n'))).toEqual(plain)
        expect(rules(`\uFEFF${lines.join('\n')}\n`)).toEqual(plain)
      }),
    )
  })

  test('the deciding rule is the last one that matches', () => {
    const part = fc.constantFrom('a', 'b', '*', '**', '*.x', 'a*', '?', '*.y.x', 'c.x', '*x')
    const pattern = fc
      .tuple(
        fc.constantFrom('', '/'),
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', '/'),
      )
      .map(([start, parts, end]) => start + parts.join('/') + end)
    const name = fc.constantFrom('a', 'b', 'ab', 'c.x', 'a.y.x', '.x', 'x')
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
    fc.assert(
      fc.property(
        fc.array(pattern, { maxLength: 12 }),
        fc.array(path, { minLength: 1, maxLength: 10 }),
        (patterns, paths) => {
          const codeowners = read(patterns.join('\n'))
          for (const one of paths) {
            const last = codeowners.rules.findLast((rule) =>
              matchesPath(compilePattern(rule.pattern), one.split('/')),
            )
            expect(decidingRule(codeowners, one)).toBe(last)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})
