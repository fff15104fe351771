import { expect, it } from 'vitest'
import {
  type LeftOut,
  leftOutFindings,
  newlyHidden,
} from '../../../../src/domain/deployment/doubts/left-out.ts'
import { unmodelledChange } from '../../../../src/domain/rules/unmodelled/unmodelled-change.ts'
import { plainSentence } from '../../../../src/domain/words/sentence.ts'

const unit = (key: string, more: Partial<LeftOut> = {}): LeftOut => ({
  key,
  why: 'not-built',
  digest: 'd',
  ...more,
})
const findings = (...units: readonly LeftOut[]) =>
  leftOutFindings(units, unmodelledChange, 'require-approval')

it('what is not compared names no team, so that the administrators of every primary are asked', () => {
  const [finding] = findings(unit('a'), unit('b'))

  expect(finding).toMatchObject({
    rule: 'unmodelled-change',
    effect: 'require-approval',
    status: 'introduced',
    teams: [],
  })
  expect(plainSentence(finding!)).toMatch(/^What 2 units deliver is not compared: /)
})

it('stands where the first of them does, and each with its own place', () => {
  const at = (path: string, start: number) => ({ range: { file: { path, text: 'a\nb' }, start, end: start } })
  const [finding] = findings(unit('a'), unit('b', at('b.yaml', 2)), unit('c', at('c.yaml', 0)), unit('d'))

  expect(finding?.range).toMatchObject({ file: { path: 'b.yaml' }, start: 2 })
  expect(finding?.because.map(({ range }) => range?.file.path)).toEqual([
    undefined,
    'b.yaml',
    'c.yaml',
    undefined,
  ])
})

it('is one finding, known by what it is about alone', () => {
  expect(findings(unit('a'), unit('b'))).toHaveLength(1)
  const known = (...units: readonly LeftOut[]) => findings(...units).map(({ fingerprint }) => fingerprint)
  expect(known(unit('a'), unit('b'))).toEqual(known(unit('b'), unit('a')))
  expect(known(unit('a'))).not.toEqual(known(unit('a', { digest: 'e' })))
})

it('is nothing where all was compared, or the rule is off', () => {
  expect(findings()).toEqual([])
  expect(leftOutFindings([unit('a')], unmodelledChange, 'off')).toEqual([])
})

it('what is hidden is told apart', () => {
  const all = findings(unit('a'), unit('b', { why: 'hidden' }))

  expect(all.map((each) => plainSentence(each))).toEqual([
    expect.stringContaining('too large'),
    expect.stringContaining('not followed'),
  ])
})

it('hidden is what was not before, or says something else by now', () => {
  const file = { path: 'a.yaml', text: '' }
  const unknown = (of: string, hides?: string) => ({
    code: 'template' as const,
    of,
    range: { file, start: 0, end: 0 },
    detail: 'x',
    ...(hides !== undefined && { hides }),
  })
  const [base, merged] = [
    [unknown('same', '1'), unknown('changed', '1'), unknown('gone', '1')],
    [unknown('same', '1'), unknown('changed', '2'), unknown('new', '1'), unknown('shown')],
  ]

  expect(
    newlyHidden({ base: { unknown: base }, merged: { unknown: merged } }).map(({ key, why }) => [key, why]),
  ).toEqual([
    ['changed', 'hidden'],
    ['new', 'hidden'],
  ])
})
