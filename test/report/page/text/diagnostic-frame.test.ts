import { styleText } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../../../src/domain/source/diagnostic.ts'
import { diagnosticFrame } from '../../../../src/report/page/text/diagnostic-frame.ts'
import { endless } from '../../../../src/report/print/screen.ts'
import { sentence } from '../../../support/said.ts'

const file = {
  path: 'teams/login/vs-1.yaml',
  text: ['http:', '  - match:', '      - uri:', '          exact: /account', ''].join('\n'),
}
const start = file.text.indexOf('exact')

const diagnostic: Diagnostic = {
  code: 'x',
  id: 'dropped-entry',
  severity: 'error',
  ...sentence('With this match Istio drops the whole entry: `/login` would return 404'),
  range: { file, start, end: start + 'exact: /account'.length },
  because: [
    { ...sentence('`vs-1` is given only paths that start with `/log`'), range: { file, start: 0, end: 4 } },
  ],
  todo: sentence('Take it out').clause,
}

describe('a diagnostic on the terminal', () => {
  test('shows the line with its neighbours, why, and what to do', () => {
    expect(diagnosticFrame(diagnostic, endless)).toBe(
      [
        'teams/login/vs-1.yaml:4:11  error  dropped-entry',
        '  With this match Istio drops the whole entry: /login would return 404.',
        '',
        '    3 │       - uri:',
        '  > 4 │           exact: /account',
        '      │           ^^^^^^^^^^^^^^^',
        '    5 │',
        '  because        vs-1 is given only paths that start with /log (teams/login/vs-1.yaml:1)',
        '  to fix         Take it out.',
        '  help           firebreak rules dropped-entry',
      ].join('\n'),
    )
  })

  test('needs no place', () => {
    const { range: _, ...placeless } = diagnostic

    expect(diagnosticFrame(placeless, endless).split('\n')[0]).toBe('error  dropped-entry')
  })

  test('makes visible what the file hides, and does not point into such a line', () => {
    const hostile = { path: 'a\u001b[2J.yaml', text: 'host: "\u202e\u001b[31m"\n' }
    const frame = diagnosticFrame(
      { ...diagnostic, range: { file: hostile, start: 6, end: 9 }, because: [] },
      endless,
    )

    expect(frame).not.toMatch(/[^\P{C}\n]/u)
    expect(frame).toContain('> 1 │ host: "\\u{202e}\\u{1b}[31m"')
    expect(frame).not.toContain('^')
  })

  test('has colours where the terminal wants them', () => {
    expect(
      diagnosticFrame(diagnostic, {
        ...endless,
        paint: (style, text) => styleText(style, text, { validateStream: false }),
      }),
    ).toContain('\u001b[31merror\u001b[39m')
  })
})
