import { describe, expect, it } from 'vitest'
import { configurationObstruction, judgeFindings } from '../../../src/domain/policy/judge-findings.ts'
import type { Diagnostic } from '../../../src/domain/source/diagnostic.ts'
import { bareText } from '../../../src/domain/words/phrase.ts'
import { wholeOf } from '../../../src/domain/words/sentence.ts'
import { said, sentence } from '../../support/said.ts'

const file = { path: '.github/firebreak.yml', text: 'overide: true\n' }

function mistake(message: string, severity: Diagnostic['severity'] = 'error'): Diagnostic {
  const range = { file, start: 0, end: 7 }
  return { id: 'invalid-configuration', severity, code: message, ...sentence(message), range }
}

describe('mistakes in the judge`s own files', () => {
  it('are introduced, existing or fixed by what they say, each as often as it is said', () => {
    const base = [mistake('a'), mistake('a'), mistake('b')]
    const merged = [mistake('a'), mistake('c'), mistake('c')]

    expect(judgeFindings({ base, merged }, 'block').map((each) => `${said(each)} ${each.status}`)).toEqual([
      'a existing',
      'c introduced',
      'c introduced',
      'a fixed',
      'b fixed',
    ])
  })

  it('are the same mistake however they are worded, and another where their values differ', () => {
    const before = { ...mistake('a'), values: ['x'] }
    const merged = [
      { ...before, ...sentence('quite other words') },
      { ...before, values: ['y'] },
    ]
    const found = judgeFindings({ base: [before], merged }, 'block')

    expect(found.map(({ status, code }) => [code, status])).toEqual([
      ['a', 'existing'],
      ['a', 'introduced'],
    ])
    expect(found.map(({ fingerprint }) => fingerprint)).toEqual(['["a","x"]', '["a","y"]'])
  })

  it('have the effect of their rule, but a warning is only reported', () => {
    const found = judgeFindings({ base: [], merged: [mistake('a'), mistake('b', 'warning')] }, 'block')

    expect(found.map(({ effect }) => effect)).toEqual(['block', 'report'])
    expect(judgeFindings({ base: [], merged: [mistake('a')] }, 'off')).toEqual([])
  })
})

describe('an invalid configuration on the base branch', () => {
  const changed = (path: string, previousPath = path) => ({ path, previousPath })

  it('makes every verdict impossible, and says where and what to do', () => {
    const obstruction = configurationObstruction([mistake('Wrong')], [changed('x.yaml')])

    expect(obstruction).toMatchObject({ kind: 'configuration', path: '.github/firebreak.yml' })
    expect(obstruction && bareText(wholeOf(obstruction))).toBe(
      '.github/firebreak.yml:1 is invalid on the base branch, so the defaults apply and nothing can pass: Wrong. Repair it in a pull request that changes only that file',
    )
  })

  it('does not stand in the way of the pull request that repairs it', () => {
    expect(configurationObstruction([mistake('Wrong.')], [changed('.github/firebreak.yml')])).toBeUndefined()
  })

  it('stands in the way of one that changes something besides', () => {
    const both = [changed('.github/firebreak.yml'), changed('x.yaml')]

    expect(configurationObstruction([mistake('Wrong.')], both)).toBeDefined()
    expect(
      configurationObstruction([mistake('Wrong.')], [changed('.github/firebreak.yml', 'x.yaml')]),
    ).toBeDefined()
  })

  it('is no matter where there is none', () => {
    expect(configurationObstruction([], [changed('x.yaml')])).toBeUndefined()
  })
})
