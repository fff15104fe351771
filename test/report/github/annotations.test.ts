import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../src/domain/rules/rule.ts'
import { annotationsOf, leftOutNote, remarksOf } from '../../../src/report/github/annotations.ts'
import { sentence } from '../../support/said.ts'

const file = { path: 'a.yaml', text: 'one\ntwo\nthree\nfour\n' }

function finding(change: Partial<Finding>): Finding {
  return {
    rule: 'dropped-entry',
    code: 'dropped-entry',
    severity: 'error',
    effect: 'block',
    status: 'introduced',
    ...sentence('With `this` match Istio drops the entry'),
    range: { file, start: 4, end: 7 },
    because: [],
    resource: 'ns1/vs-1',
    mesh: 'default',
    fingerprint: '',
    teams: [],
    ...change,
  }
}

describe('the annotations', () => {
  test('stand on the lines of the merged side, with columns only within one line', () => {
    const [one] = annotationsOf([finding({})])
    const [many] = annotationsOf([finding({ range: { file, start: 4, end: 13 } })])

    expect(one).toEqual({
      path: 'a.yaml',
      startLine: 2,
      endLine: 2,
      startColumn: 1,
      endColumn: 3,
      level: 'failure',
      title: 'dropped-entry',
      message: 'With this match Istio drops the entry.',
    })
    expect(many).toMatchObject({ startLine: 2, endLine: 3 })
    expect(many).not.toHaveProperty('startColumn')
  })

  test('say why, where else, and what to do, in plain text', () => {
    const [annotation] = annotationsOf([
      finding({
        because: [{ ...sentence('Given here'), range: { file, start: 8, end: 13 } }],
        todo: sentence('Take it \u202eout').clause,
      }),
    ])

    expect(annotation?.message).toBe(
      'With this match Istio drops the entry.\nGiven here (a.yaml, line 3)\nTo fix: Take it \\u{202e}out.',
    )
  })

  test('come worst first, one for each rule and line, for what is new and has a place', () => {
    const { range: _, ...placeless } = finding({})
    const annotations = annotationsOf([
      finding({ severity: 'info', effect: 'report', rule: 'open-prefix' }),
      finding({ severity: 'warning', effect: 'require-approval', rule: 'unmodelled-change' }),
      finding({}),
      finding(sentence('the same line again')),
      finding({ status: 'existing', rule: 'a' }),
      finding({ status: 'fixed', rule: 'b' }),
      finding({ effect: 'off', rule: 'c' }),
      placeless,
    ])

    expect(annotations.map(({ level, title }) => `${level} ${title}`)).toEqual([
      'failure dropped-entry',
      'warning unmodelled-change',
      'notice open-prefix',
    ])
  })

  test('are no more than a few requests hold, the worst of all, and the rest is counted', () => {
    const many = { path: 'many.yaml', text: 'a\n'.repeat(1_000) }
    const at = (line: number) => ({ file: many, start: 2 * line, end: 2 * line + 1 })
    const mild = Array.from({ length: 999 }, (_, line) => finding({ effect: 'report', range: at(line) }))
    const all = [...mild, finding({ range: at(999) })]

    expect(annotationsOf(all)).toHaveLength(250)
    expect(annotationsOf(all)[0]).toMatchObject({ level: 'failure', startLine: 1_000 })
    expect(leftOutNote(all).join()).toContain('750 more do not')
    expect(remarksOf(all)).toHaveLength(1_000)
    expect(leftOutNote(all.slice(0, 250))).toEqual([])
  })
})
