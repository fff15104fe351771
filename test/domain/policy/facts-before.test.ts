import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import { decide } from '../../../src/domain/policy/decide.ts'
import { factsOf, unlistedReasons } from '../../../src/domain/policy/facts.ts'
import recorded from './facts-before.json' with { type: 'json' }
import { approval, head, person } from './fixtures.ts'
import { recordedProposal, recordedProposals } from './recorded-proposals.ts'

function digestOf(fact: string): string {
  return createHash('sha256').update(fact).digest('base64url').slice(0, 12)
}

/** A check of the version before, by the digests that it kept. */
function checkOf(digests: Iterable<string>) {
  const kept = new Set(digests)
  return { at: '2026-01-01T00:00:00Z', digests: kept, covers: (fact: string) => kept.has(digestOf(fact)) }
}

const kept: Readonly<Record<string, readonly string[]>> = recorded

describe('what a check of the version before had kept', () => {
  it.each(Object.keys(recordedProposals))('covers every reason still: %s', (name) => {
    const { requirements } = assess(recordedProposal(name))
    const check = checkOf(kept[name] ?? [])

    expect(requirements.length).toBeGreaterThan(0)
    expect(requirements.flatMap((each) => unlistedReasons(each, [check]))).toEqual([])
  })

  it.each(Object.keys(recordedProposals))('covers nothing else: %s', (name) => {
    const { requirements } = assess(recordedProposal(name))
    const others = Object.entries(kept).flatMap(([other, digests]) => (other === name ? [] : digests))
    const own = new Set(kept[name] ?? [])
    const check = checkOf(others.filter((digest) => !own.has(digest)))

    expect(requirements.map((each) => unlistedReasons(each, [check]).length)).toEqual(
      requirements.map(({ because }) => because.length),
    )
  })

  it('makes an approval that was given after it count', () => {
    const judgement = assess(recordedProposal('a host is claimed'))
    const reviews = judgement.requirements.map(({ team }) => approval(`of ${team.key}`))
    const verdict = (digests: readonly string[]) =>
      decide(
        judgement,
        {
          author: person('stranger'),
          pushers: [person('stranger')],
          reviews,
          shown: [checkOf(digests)],
          membership: (owner, login) => (login === `of ${owner}` ? 'member' : 'no-member'),
        },
        head,
      ).decision

    const [first = '', ...others] = kept['a host is claimed'] ?? []
    expect(verdict([first, ...others]).conclusion).toBe('success')
    expect(verdict(others).conclusion).toBe('action_required')
    expect(verdict(others).requirements.map(({ since }) => since?.fresh.map(({ code }) => code))).toEqual([
      ['resource-added'],
      undefined,
      undefined,
    ])
  })

  it('is kept no more: a fact is a code and values', () => {
    const facts = Object.keys(recordedProposals).flatMap((name) =>
      assess(recordedProposal(name)).requirements.flatMap(factsOf),
    )
    const codes = new Set(facts.map((fact) => (JSON.parse(fact) as readonly string[])[2]))

    expect([...codes].sort()).toMatchInlineSnapshot(`
      [
        "beside-meshes",
        "filled-in",
        "gateway-host-claimed",
        "host-claimed",
        "judge-changed",
        "judge-replaced",
        "meshes-redivided",
        "name-taken",
        "namespace-entered",
        "resource-added",
        "resource-changed",
        "resource-moved-in",
        "resource-moved-out",
        "rule-unmodelled-change",
        "service-claimed",
        "traffic-changed",
        "traffic-moved",
        "traffic-opened",
        "traffic-reassigned",
      ]
    `)
    expect(facts.map(digestOf).filter((digest) => Object.values(kept).flat().includes(digest))).toEqual([])
  })
})
