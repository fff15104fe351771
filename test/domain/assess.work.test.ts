import { expect, it } from 'vitest'
import { filesOf, type LargeMesh } from '../../bench/large-mesh.ts'
import { assess } from '../../src/domain/assess.ts'
import { budgets } from '../../src/domain/budgets.ts'
import { type Work, within } from '../../src/domain/language/string-set.ts'

const today = '2026-01-01'

function proposalOf(mesh: LargeMesh, existing = false) {
  const side = (isChanged: boolean) =>
    [...filesOf(mesh, isChanged)]
      .filter(([path]) => path.endsWith('.yaml'))
      .map(([path, text]) => ({ path, text }))
  const [base, merged] = [side(false), side(true)]
  const changed = merged.flatMap((file, at) =>
    file.text === base[at]?.text
      ? []
      : [{ path: file.path, ...(base[at] && { base: base[at] }), merged: file }],
  )
  return { base, merged, changed, obstructions: [], draft: false, today, existing }
}

/** A judgement that is part of a whole of this size, and what it took of it. */
function judged(mesh: LargeMesh, left: number, existing?: boolean) {
  const whole: Work = { of: 'judgement', left }
  const judgement = within(whole, () => assess(proposalOf(mesh, existing)))
  return { judgement, spent: left - whole.left }
}

const plenty = budgets.judgement.size
const small = { primaries: 4, secondaries: 8, routes: 5 }

it('one change takes no more work in a mesh five times as large, and next to nothing of what a judgement may take', () => {
  const [one, five] = [small, { ...small, primaries: 20 }].map((mesh) => judged(mesh, plenty).spent)

  expect(five).toBeLessThanOrEqual(one ?? 0)
  expect(one).toBeGreaterThan(0)
  expect(one).toBeLessThan(plenty / 100)
})

it('a judgement that uses up its work is none: it passes nothing, and says why', () => {
  const { judgement } = judged(small, 10)

  expect(judgement.obstructions).toContainEqual(
    expect.objectContaining({ kind: 'limit', code: 'too-much-work' }),
  )
  expect(judgement.findings).toContainEqual(
    expect.objectContaining({ rule: 'incomplete-analysis', code: 'too-much-work', status: 'introduced' }),
  )
  expect(judgement.comparison.changes.filter(({ certain }) => certain)).toEqual([])
  expect(judged(small, plenty).judgement.obstructions).toEqual([])
})

it('what is used up before rules have finished is told, whatever they found', () => {
  const { spent } = judged(small, plenty)
  const { spent: all } = judged(small, plenty, true)
  const { judgement } = judged(small, (spent + all) / 2, true)

  expect(all).toBeGreaterThan(spent)
  expect(judgement.obstructions.map(({ code }) => code)).toEqual(['too-much-work'])
})

it('whoever asks for all that is wrong gets more work, the more there is to read', () => {
  const { spent } = judged(small, plenty, true)
  const { base, merged } = proposalOf(small)
  const characters = [...base, ...merged].reduce((sum, { text }) => sum + text.length, 0)

  expect(spent).toBeLessThan(characters * budgets.judgementOfAll.size)
  expect(assess(proposalOf(small, true)).obstructions).toEqual([])
})

it('no rule works out expressions once all is used up, be they ever so many', () => {
  const vs = (name: string, spec: string) =>
    `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: shop }\nspec:\n${spec}`
  const letter = (at: number) => String.fromCharCode(97 + (at % 26))
  const delegate = (at: number, own: number) =>
    `  - { match: [{ uri: { regex: '/d${at}/.*${letter(own)}.{6}${letter(own + at)}.*' } }], route: [{ destination: { host: a } }] }\n`
  const ids = Array.from({ length: 20 }, (_, at) => at)
  const text = [
    vs(
      'primary',
      `  hosts: [h.example]\n  http:\n${ids.map((at) => `  - { match: [{ uri: { prefix: /d${at}/ } }], delegate: { name: d${at} } }\n`).join('')}`,
    ),
    ...ids.map((at) => vs(`d${at}`, `  http:\n${ids.map((own) => delegate(at, own)).join('')}`)),
  ].join('---\n')
  const file = { path: 'mesh.yaml', text }
  const proposal = {
    ...{ base: [], merged: [file], changed: [{ path: file.path, merged: file }] },
    ...{ obstructions: [], draft: false, today },
  }
  const left = 1_000_000
  const whole: Work = { of: 'judgement', left }
  const judgement = within(whole, () => assess(proposal))

  expect(judgement.findings.filter(({ rule }) => rule === 'dropped-entry').length).toBeGreaterThan(0)
  expect(judgement.obstructions.map(({ code }) => code)).toContain('too-much-work')
  expect(whole.left).toBeGreaterThan(-left / 2)
})
