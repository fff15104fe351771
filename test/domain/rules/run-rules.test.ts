import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../../src/domain/diff/comparison.ts'
import type { Effect, Fault, Rule } from '../../../src/domain/rules/rule.ts'
import { runRules } from '../../../src/domain/rules/run-rules.ts'
import { sentence } from '../../support/said.ts'
import { comparisonOf } from './read-case.ts'

const nothing = comparisonOf([], [])

/** A rule that finds these faults on the base side and those on the merged side. */
function ruleWith(
  base: readonly Partial<Fault>[],
  merged: readonly Partial<Fault>[],
  id = 'odd-thing',
): Rule {
  const fault: Fault = {
    code: 'dropped-entry',
    ...sentence('odd'),
    resource: 'ns/a',
    mesh: 'default',
    fingerprint: 'x',
  }
  return {
    id,
    severity: 'error',
    effect: 'block',
    configurable: true,
    summary: '',
    check: (side, comparison) =>
      (side === comparison.merged ? merged : base).map((each) => ({ ...fault, ...each })),
  }
}

function run(rule: Rule, effect: Effect = 'block', comparison: Comparison = nothing) {
  return runRules([rule], comparison, () => effect)
}

describe('runRules', () => {
  it('tells what is introduced, what exists and what is fixed', () => {
    const found = run(
      ruleWith(
        [{ fingerprint: 'old' }, { fingerprint: 'both' }],
        [{ fingerprint: 'both' }, { fingerprint: 'new' }],
      ),
    )

    expect(found.map(({ fingerprint, status }) => [fingerprint, status])).toEqual([
      ['both', 'existing'],
      ['new', 'introduced'],
      ['old', 'fixed'],
    ])
  })

  it('compares multisets: one more of the same is introduced, one less is fixed', () => {
    const one = [{}]
    const two = [{}, {}]

    expect(run(ruleWith(one, two)).map(({ status }) => status)).toEqual(['existing', 'introduced'])
    expect(run(ruleWith(two, one)).map(({ status }) => status)).toEqual(['existing', 'fixed'])
  })

  it('puts nothing right while its matter stands', () => {
    const statuses = (grown?: boolean) =>
      run(
        ruleWith(
          [{ fingerprint: 'old', matter: 'm' }],
          [{ fingerprint: 'new', matter: 'm', ...(grown !== undefined && { grown }) }],
        ),
      ).map(({ fingerprint, status }) => [fingerprint, status])

    expect(statuses()).toEqual([['new', 'introduced']])
    expect(statuses(true)).toEqual([['new', 'introduced']])
    expect(statuses(false)).toEqual([['new', 'existing']])
  })

  it('pairs what is equal before what is of one matter, each once', () => {
    const found = run(
      ruleWith(
        [
          { fingerprint: 'same', matter: 'm' },
          { fingerprint: 'old', matter: 'm' },
          { fingerprint: 'older', matter: 'm' },
        ],
        [
          { fingerprint: 'new', matter: 'm', grown: false },
          { fingerprint: 'same', matter: 'm' },
        ],
      ),
    )

    expect(found.map(({ fingerprint, status }) => [fingerprint, status])).toEqual([
      ['new', 'existing'],
      ['older', 'fixed'],
      ['same', 'existing'],
    ])
  })

  it('takes a matter for no fingerprint, and tells a finding without either being said', () => {
    const found = run(ruleWith([{ fingerprint: 'm' }], [{ fingerprint: 'x', matter: 'm', grown: false }]))

    expect(found.map(({ status }) => status)).toEqual(['fixed', 'introduced'])
    expect(Object.keys(found[1] ?? {})).not.toEqual(expect.arrayContaining(['matter', 'grown']))
  })

  it('keeps faults of different meshes and resources apart', () => {
    const found = run(ruleWith([{ mesh: 'prod' }, { resource: 'ns/b' }], [{ mesh: 'staging' }]))

    expect(found.map(({ status }) => status).sort()).toEqual(['fixed', 'fixed', 'introduced'])
  })

  it('counts a fault that only reported before as another one', () => {
    const found = run(ruleWith([{ effect: 'report' }], [{}]))

    expect(found.map(({ status, effect }) => [status, effect])).toEqual([
      ['fixed', 'report'],
      ['introduced', 'block'],
    ])
  })

  it('lets a fault ask for less than was configured, never for more', () => {
    const rule = ruleWith([], [{ effect: 'require-approval' }])

    expect(run(rule, 'block').map(({ effect }) => effect)).toEqual(['require-approval'])
    expect(run(rule, 'report').map(({ effect }) => effect)).toEqual(['report'])
  })

  it('does not run a rule that is off', () => {
    const rule: Rule = {
      ...ruleWith([], [{}]),
      check: () => {
        throw new Error('It was run')
      },
    }

    expect(run(rule, 'off')).toEqual([])
  })

  it('sorts what stands in one place by code and what it is about, whatever it is called', () => {
    const faults: readonly Partial<Fault>[] = [
      { code: 'empty-primary', fingerprint: 'a', ...sentence('A') },
      { code: 'dropped-entry', fingerprint: 'c', ...sentence('B') },
      { code: 'dropped-entry', fingerprint: 'b', ...sentence('C') },
    ]

    const found = run(ruleWith([], faults))

    expect(found.map(({ code, fingerprint }) => [code, fingerprint])).toEqual([
      ['dropped-entry', 'b'],
      ['dropped-entry', 'c'],
      ['empty-primary', 'a'],
    ])
  })

  it('sorts by file, offset and rule, whatever the order of the rules', () => {
    const at = (path: string, start: number) => ({ file: { path, text: '' }, start, end: start })
    const faults = [{ range: at('b.yaml', 1) }, { range: at('a.yaml', 20) }, { range: at('a.yaml', 3) }]
    const rules = [ruleWith([], faults, 'second'), ruleWith([], faults, 'first')]

    const found = runRules(rules, nothing, () => 'block')

    expect(found.map(({ range, rule }) => `${range?.file.path}:${range?.start} ${rule}`)).toEqual([
      'a.yaml:3 first',
      'a.yaml:3 second',
      'a.yaml:20 first',
      'a.yaml:20 second',
      'b.yaml:1 first',
      'b.yaml:1 second',
    ])
    expect(runRules(rules.toReversed(), nothing, () => 'block')).toEqual(found)
  })
})
