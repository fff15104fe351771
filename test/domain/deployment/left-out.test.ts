import { expect, it } from 'vitest'
import { type LeftOut, leftOutFindings } from '../../../src/domain/deployment/left-out.ts'
import { unmodelledChange } from '../../../src/domain/rules/unmodelled/unmodelled-change.ts'
import { plainSentence } from '../../../src/domain/words/sentence.ts'

const unit = (key: string, more: Partial<LeftOut> = {}): LeftOut => ({
  key,
  why: 'no-room',
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

it('is one finding for each reason, known by what it is about alone', () => {
  expect(findings(unit('a'), unit('b', { why: 'too-large' }))).toHaveLength(2)
  const known = (...units: readonly LeftOut[]) => findings(...units).map(({ fingerprint }) => fingerprint)
  expect(known(unit('a'), unit('b'))).toEqual(known(unit('b'), unit('a')))
  expect(known(unit('a'))).not.toEqual(known(unit('a', { digest: 'e' })))
})

it('is nothing where all was compared, or the rule is off', () => {
  expect(findings()).toEqual([])
  expect(leftOutFindings([unit('a')], unmodelledChange, 'off')).toEqual([])
})
