import { describe, expect, it, onTestFinished } from 'vitest'
import type { Settings } from '../../src/settings.ts'
import { type Attempt, checked, meets, plain } from './attempt.ts'
import { openTheatre } from './stage.ts'

export type { Attempt } from './attempt.ts'

/** One class of attack that once ended green, closed by its cause. */
export interface AttackClass {
  readonly attack: Attempt
  /**
   * How the server runs on which the attack is played as well, from the webhook to the check run: once for all classes that come to the
   * engine the same way.
   */
  readonly onGitHub?: Partial<Settings>
  /** At least ten others of the same class. */
  readonly variants: readonly Attempt[]
  /** At least ten harmless neighbours: a gate that cries wolf is switched off. They stay green and ask nobody. */
  readonly neighbours: readonly Omit<Attempt, 'conclusion' | 'waitsFor'>[]
}

const green = { conclusion: 'success', waitsFor: [] } as const

/** Tests one class by the command line, and its attack by webhook and check run, which have the same engine, where it says so. */
export function testAttackClass(name: string, attackClass: AttackClass): void {
  const { attack, variants, neighbours, onGitHub } = attackClass
  describe(name, () => {
    if (onGitHub !== undefined)
      it(`from the webhook to the check run: ${attack.way}`, () => playOnGitHub(attack, onGitHub))

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

async function playOnGitHub(attack: Attempt, settings: Partial<Settings>): Promise<void> {
  const theatre = await openTheatre({}, settings)
  onTestFinished(() => theatre.close())
  const story = await theatre.story(attack.setting)
  const pull = await story.propose(attack.by ?? 'carla', attack.files)
  const { summary, ...verdict } = await pull.verdict()

  meets(attack, { ...verdict, said: plain(`${verdict.title}\n${summary}`) })
  expect(theatre.github.contractViolations()).toEqual([])
}
