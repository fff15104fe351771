import { describe, expect, it } from 'vitest'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import type { CodeownersError } from '../../../src/domain/ownership/codeowners-errors.ts'
import { judgeCodeowners } from '../../../src/domain/policy/judge-codeowners.ts'
import type { Sentence } from '../../../src/domain/words/sentence.ts'
import { said } from '../../support/said.ts'

const path = '.github/CODEOWNERS'
const base = parseCodeowners({ path, text: '* @ghost\n' })
const merged = { path, text: '* @ghost\n/a/ @phantom\n' }
const edit = { path, base: base.file, merged }

function unknown(line: number, owner: string): CodeownersError {
  const message = `Unknown owner on line ${line}: make sure ${owner} exists`
  return { line, column: 1, kind: 'Unknown owner', path, message }
}

const mistakes = (codeowners?: { readonly diagnostics: readonly Sentence[] }) =>
  codeowners?.diagnostics.map((each) => /`(.*)`/.exec(said(each))?.[1])

describe('the CODEOWNERS that judges', () => {
  it('is the one of the base side as GitHub takes it, and both sides are compared as GitHub sees them', () => {
    const readings = { base: [unknown(1, '@ghost')], merged: [unknown(1, '@ghost'), unknown(2, '@phantom')] }

    const judged = judgeCodeowners({ codeowners: base, changed: [edit], readings })

    expect([...(judged.inForce?.unknownOwners ?? [])]).toEqual(['@ghost'])
    expect(mistakes(judged.base)).toEqual(['@ghost'])
    expect(mistakes(judged.merged)).toEqual(['@ghost', '@phantom'])
  })

  it('is in force as GitHub takes it, too, where GitHub could not be asked about the other side', () => {
    const readings = { base: [unknown(1, '@ghost')], merged: 'no-answer' } as const

    const judged = judgeCodeowners({ codeowners: base, changed: [edit], readings })

    expect([...(judged.inForce?.unknownOwners ?? [])]).toEqual(['@ghost'])
    // Or the ghost would look like one that this pull request has driven away.
    expect([mistakes(judged.base), mistakes(judged.merged)]).toEqual([[], []])
  })

  it('keeps its mistakes where the pull request leaves it alone', () => {
    const readings = { base: [unknown(1, '@ghost')], merged: 'not-asked' } as const

    const judged = judgeCodeowners({ codeowners: base, changed: [], readings })

    expect(judged.merged).toBe(judged.inForce)
    expect(judged.base).toBe(judged.inForce)
  })

  it('may be a new one, whose mistakes are all new', () => {
    const readings = { base: 'no-answer', merged: [unknown(1, '@ghost')] } as const

    const judged = judgeCodeowners({ changed: [{ path, merged: base.file }], readings })

    expect(judged.inForce).toBeUndefined()
    expect(mistakes(judged.merged)).toEqual(['@ghost'])
  })

  it('may be gone, moved, or stand behind another', () => {
    const other = { path: 'CODEOWNERS', text: '* @ann\n' }
    const decides = (changed: Parameters<typeof judgeCodeowners>[0]['changed']) =>
      judgeCodeowners({ codeowners: base, changed }).merged?.file.path

    expect(decides([{ path, base: base.file }])).toBeUndefined()
    expect(
      decides([
        { path: 'docs/CODEOWNERS', previousPath: path, merged: { ...other, path: 'docs/CODEOWNERS' } },
      ]),
    ).toBe('docs/CODEOWNERS')
    expect(decides([{ path: 'CODEOWNERS', merged: other }])).toBe(path)
  })
})
