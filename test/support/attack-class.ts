import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles, teams } from '../../demo/bookinfo.ts'
import { checkProposal } from '../../src/commands/check-proposal.ts'
import { type Members, membersFrom } from '../../src/commands/members.ts'
import { proposalOf } from '../../src/commands/proposal.ts'
import { checkJson } from '../../src/report/json.ts'
import { plain as unpainted } from '../../src/report/paint.ts'
import { terminalCheck } from '../../src/report/terminal.ts'
import { visibleJson } from '../../src/report/visible.ts'
import { memoryStore } from './memory-store.ts'
import { type Files, openTheatre, type Setting, type Theatre } from './stage.ts'

/** Somebody edits the Bookinfo mesh; what has to come out of it. */
export interface Attempt {
  /** A sentence that says what is tried. */
  readonly way: string
  /** How the base differs from Bookinfo. */
  readonly setting?: Setting
  /** `carla` of catalog, where nobody else is named. */
  readonly by?: string
  /** What the pull request writes; null removes. */
  readonly files: Files
  readonly conclusion: 'success' | 'action_required' | 'failure'
  /** The slugs of the teams whose consent is missing; `an admin` for whoever administers the repository. */
  readonly waitsFor: readonly string[]
  /** Some words of the text report (the check run's summary, where it is played through a webhook), without markup. */
  readonly says?: string | RegExp
  /** What neither the title nor the report may say. */
  readonly silentOn?: RegExp
  readonly title?: string | RegExp
}

/** One class of attack that once ended green, closed by its cause. */
export interface AttackClass {
  /** Played from the webhook to the check run. */
  readonly attack: Attempt
  /** At least ten others of the same class. */
  readonly variants: readonly Attempt[]
  /** At least ten harmless neighbours: a gate that cries wolf is switched off. They stay green and ask nobody. */
  readonly neighbours: readonly Omit<Attempt, 'conclusion' | 'waitsFor'>[]
}

const green = { conclusion: 'success', waitsFor: [] } as const

/** What one way of asking has answered. */
interface Outcome {
  readonly conclusion: string
  readonly waitsFor: readonly string[]
  readonly title: string
  readonly said: string
}

/** Tests one class: the attack by webhook and check run, everything by the command line, which has the same engine. */
export function testAttackClass(name: string, { attack, variants, neighbours }: AttackClass): void {
  describe(name, () => {
    let theatre: Theatre

    beforeAll(async () => {
      theatre = await openTheatre()
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

function meets(attempt: Attempt, outcome: Outcome): void {
  const { conclusion, waitsFor, says = '', silentOn, title = '' } = attempt
  expect(outcome, outcome.said).toMatchObject({ conclusion, waitsFor })
  expect(outcome.title).toMatch(title)
  expect(outcome.said).toMatch(says)
  if (silentOn !== undefined) expect(`${outcome.title}\n${outcome.said}`).not.toMatch(silentOn)
}

/**
 * The verdict of `firebreak check` on the two sides, with everybody's teams known. What lies between the command line and
 * its engine, folders and the members file, is tested once (`test/commands`), and not once more for each case.
 */
async function checked({ setting = {}, by = 'carla', files }: Attempt): Promise<Outcome> {
  const base = baseOf(setting)
  const local = await proposalOf(
    { base: 'base', head: 'head', author: by, approvedBy: [], members: everybody },
    {
      base: memoryStore(base),
      merged: { kind: 'files', store: memoryStore({ ...base, ...files }) },
    },
  )
  const { assessment, ways } = checkProposal(local, everybody, '2026-01-02')
  const { decision } = JSON.parse(visibleJson(checkJson(assessment)))
  return {
    conclusion: decision.conclusion,
    waitsFor: unmet(decision.requirements),
    title: decision.summary,
    said: plain(terminalCheck(assessment, unpainted, ways())),
  }
}

function baseOf({ files = {}, configuration, codeowners }: Setting): Files {
  return {
    ...bookinfoFiles(),
    ...(codeowners === undefined ? {} : { '.github/CODEOWNERS': codeowners }),
    ...(configuration === undefined ? {} : { '.github/firebreak.yml': configuration }),
    ...files,
  }
}

const everybody: Members = membersFrom(
  new Map(
    Object.entries(teams).map(([slug, logins]) => [`bookinfo/${slug}`, new Set<string>(logins)] as const),
  ),
)

function unmet(
  requirements: readonly { readonly team: string; readonly satisfiedBy?: object }[],
): readonly string[] {
  return requirements
    .filter(({ satisfiedBy }) => satisfiedBy === undefined)
    .map(({ team }) => (team === 'the repository admins' ? 'an admin' : team.replaceAll('@bookinfo/', '')))
    .sort()
}

/** Without the marks of Markdown and HTML. */
function plain(report: string): string {
  return report.replaceAll(/`|\\(?=.)/g, '')
}
