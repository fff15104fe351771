import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Settings } from '../../src/settings.ts'
import { type Attempt, checked, meets, plain } from './attempt.ts'
import { openTheatre, type Theatre } from './stage.ts'

export type { Attempt } from './attempt.ts'

/** One class of attack that once ended green, closed by its cause. */
export interface AttackClass {
  /** Played from the webhook to the check run. */
  readonly attack: Attempt
  /** At least ten others of the same class. */
  readonly variants: readonly Attempt[]
  /** At least ten harmless neighbours: a gate that cries wolf is switched off. They stay green and ask nobody. */
  readonly neighbours: readonly Omit<Attempt, 'conclusion' | 'waitsFor'>[]
  /** How the server is to run. */
  readonly settings?: Partial<Settings>
}

const green = { conclusion: 'success', waitsFor: [] } as const

/** Tests one class: the attack by webhook and check run, everything by the command line, which has the same engine. */
export function testAttackClass(name: string, { attack, variants, neighbours, settings }: AttackClass): void {
  describe(name, () => {
    let theatre: Theatre

    beforeAll(async () => {
      theatre = await openTheatre({}, settings)
    })

    afterAll(() => theatre.close())

    it(`from the webhook to the check run: ${attack.way}`, async () => {
      const story = await theatre.story(attack.setting)
      const pull = await story.propose(attack.by ?? 'carla', attack.files)
      const { summary, ...verdict } = await pull.verdict()

      meets(attack, { ...verdict, said: plain(summary) })
      expect(theatre.github.contractViolations()).toEqual([])
    })

    it.each([attack, ...variants])('stopped: $way', async (attempt) => {
      meets(attempt, await checked(attempt))
    })

    it.each(neighbours)('harmless: $way', async (attempt) => {
      meets({ ...attempt, ...green }, await checked({ ...attempt, ...green }))
    })

    it('ten others are stopped, and ten harmless neighbours are not', () => {
      expect(variants.length).toBeGreaterThanOrEqual(10)
      expect(neighbours.length).toBeGreaterThanOrEqual(10)
      const ways = [attack, ...variants, ...neighbours].map(({ way }) => way)
      expect(new Set(ways).size).toBe(ways.length)
    })
  })
}
