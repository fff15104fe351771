import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { decidingRule, parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import { type CodeownersError, followGitHub } from '../../../src/domain/ownership/codeowners-errors.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { compareDiagnostics } from '../../../src/domain/source/diagnostic.ts'
import { positionOf } from '../../../src/domain/source/source-file.ts'
import { said } from '../../support/said.ts'

interface Case {
  readonly title: string
  readonly file: string
  /** Of which file GitHub speaks. */
  readonly path?: string
  /** `LINE COLUMN KIND: SUGGESTION`. */
  readonly errors: readonly string[]
  readonly owns: Readonly<Record<string, string>>
  readonly unknown?: readonly string[]
  /** `LINE:COLUMN SEVERITY PART OF THE MESSAGE`, in order. */
  readonly reports?: readonly string[]
}

const cases: readonly Case[] = parse(
  readFileSync(new URL('codeowners-errors.cases.yaml', import.meta.url), 'utf8'),
)

/** As GitHub writes it: its message quotes the line, with a mark below it. */
function errorIn(file: string, written: string, path: string): CodeownersError {
  const found = /^(?<line>\d+) (?<column>\d+) (?<kind>[^:]+)(?:: (?<suggestion>.*))?$/.exec(written)?.groups
  const { line = '', column = '', kind = '', suggestion } = found ?? {}
  const source = file.split('\n')[Number(line) - 1]
  const said = suggestion === undefined ? '' : `: ${suggestion}`
  return {
    line: Number(line),
    column: Number(column),
    kind,
    path,
    message: `${kind} on line ${line}${said}\n\n  ${source}\n  ^`,
    ...(suggestion !== undefined && { suggestion }),
  }
}

describe('CODEOWNERS as GitHub takes it', () => {
  test.each(cases)('$title', ({ file, path = 'CODEOWNERS', errors, owns, unknown = [], reports = [] }) => {
    const reading = errors.map((error) => errorIn(file, error, path))

    const followed = followGitHub(parseCodeowners({ path: 'CODEOWNERS', text: file }), reading)

    const decided = Object.keys(owns).map((each) => {
      const rule = decidingRule(followed, each)
      return [each, rule === undefined ? 'none' : [`${rule.line}:`, ...rule.owners].join(' ')]
    })
    expect(Object.fromEntries(decided)).toEqual(owns)
    expect([...followed.unknownOwners]).toEqual(unknown)
    const reported = followed.diagnostics.toSorted(compareDiagnostics).map((each) => {
      const { range, severity } = each
      const { line, column } = positionOf(range ?? { file: { path, text: '' }, start: 0, end: 0 })
      return `${line}:${column} ${severity} ${said(each)}.`
    })
    expect(reported).toHaveLength(reports.length)
    for (const [at, report] of reports.entries()) {
      const [place = '', severity = '', ...words] = report.split(' ')
      expect(reported[at]).toContain(`${place} ${severity} `)
      expect(reported[at]).toContain(words.join(' '))
    }
  })

  test.each(['not-asked', 'no-answer'] as const)(
    'is what is read here where GitHub says nothing (%s)',
    (reading) => {
      const codeowners = parseCodeowners({ path: 'CODEOWNERS', text: '* @ann\n/a[ @ben\n' })

      expect(followGitHub(codeowners, reading)).toBe(codeowners)
    },
  )

  test('knows its unknown owners in any case', () => {
    const text = '/a/ @Ann\n'
    const codeowners = parseCodeowners({ path: 'CODEOWNERS', text })
    const ownership = createOwnership(
      followGitHub(codeowners, [errorIn(text, '1 5 Unknown owner: make sure @Ann exists', 'CODEOWNERS')]),
    )

    expect(['@ann', '@ANN', '@ben'].map(ownership.isUnknown)).toEqual([true, true, false])
    expect(ownership.ownersOf('a/x').label).toBe('@Ann')
  })
})
