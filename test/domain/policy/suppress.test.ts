import { describe, expect, it } from 'vitest'
import { effectOf } from '../../../src/domain/policy/configuration/effect.ts'
import { expiredSuppressions, suppress } from '../../../src/domain/policy/suppress.ts'
import { said } from '../../support/said.ts'
import { finding, policyWith } from './fixtures.ts'

const suppression = {
  rule: 'shadowed-route',
  resource: 'ns1/vs-1',
  reason: 'the move takes a week',
  until: '2026-11-30',
}
const policy = policyWith({ suppress: [suppression] })
const rule = { id: 'expired-suppression', severity: 'error', effect: 'block', configurable: true } as const

describe('a suppression', () => {
  it('keeps the finding in sight, but it no longer blocks', () => {
    const [found] = suppress([finding('shadowed-route')], policy, '2026-11-30')

    expect(found).toMatchObject({
      effect: 'report',
      severity: 'info',
    })
    expect(found?.because.map(said)).toEqual(['Suppressed until 2026-11-30: the move takes a week'])
  })

  it('leaves other rules, other resources and mere reports alone', () => {
    const findings = [
      finding('dropped-entry'),
      finding('shadowed-route', { resource: 'ns1/vs-2' }),
      finding('shadowed-route', { effect: 'report' }),
    ]

    expect(suppress(findings, policy, '2026-11-30')).toEqual(findings)
  })

  it('is for a VirtualService unless it names a kind, and covers no other', () => {
    const [rule, filter] = ['DestinationRule', 'EnvoyFilter'].map((each) => `networking.istio.io/${each}`)
    const findings = [rule, filter].map((kind) => finding('shadowed-route', { ...(kind && { kind }) }))
    const named = policyWith({ suppress: [{ ...suppression, ...(rule && { kind: rule }) }] })
    const effects = (by: typeof policy) =>
      suppress(findings, by, '2026-11-30').map(({ effect, because }) => [effect, because.length])

    expect(effects(named)).toEqual([
      ['report', 1],
      [findings[1]?.effect, 1],
    ])
    expect(effects(policy)).toEqual(findings.map(({ effect }) => [effect, 1]))
  })

  it('is over after its last day', () => {
    const findings = [finding('shadowed-route')]

    expect(suppress(findings, policy, '2026-12-01')).toEqual(findings)
  })
})

describe('an expired suppression', () => {
  const none = policyWith()

  it('that has been there is existing, so that time alone blocks nobody', () => {
    const found = expiredSuppressions({ base: policy, merged: policy }, rule, '2026-12-01')

    expect(found).toMatchObject([
      {
        rule: 'expired-suppression',
        code: 'expired',
        status: 'existing',
        effect: 'block',
        resource: 'ns1/vs-1',
      },
    ])
    expect(said(found[0])).toBe('The suppression of shadowed-route for ns1/vs-1 ended on 2026-11-30')
  })

  it('that is proposed is introduced, and one that is taken out is fixed', () => {
    const at = (sides: Parameters<typeof expiredSuppressions>[0]) =>
      expiredSuppressions(sides, rule, '2026-12-01').map((each) => each.status)

    expect(at({ base: none, merged: policy })).toEqual(['introduced'])
    expect(at({ base: policy, merged: none })).toEqual(['fixed'])
  })

  it('is none while it is in force, nor where the rule is off', () => {
    const off = policyWith({ suppress: [suppression], rules: { 'expired-suppression': 'off' } })

    expect(expiredSuppressions({ base: policy, merged: policy }, rule, '2026-11-30')).toEqual([])
    expect(expiredSuppressions({ base: off, merged: off }, rule, '2026-12-01')).toEqual([])
  })
})

describe('the effect of a rule', () => {
  it('is its own, the configured one, or its own again where it cannot be configured', () => {
    const configured = policyWith({ rules: { 'expired-suppression': 'report' } })

    expect(effectOf(rule, none)).toBe('block')
    expect(effectOf(rule, configured)).toBe('report')
    expect(effectOf({ ...rule, configurable: false }, configured)).toBe('block')
    expect(effectOf({ ...rule, id: 'toString' }, none)).toBe('block')
  })

  const none = policyWith()
})
