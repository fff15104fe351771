import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles, teams } from '../../demo/bookinfo.ts'
import { firebreak } from '../commands/fake-terminal.ts'
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

/** The verdict of `firebreak check` on the two sides, with everybody's teams known. */
export async function checked({ setting = {}, by = 'carla', files }: Attempt): Promise<Outcome> {
  const root = mkdtempSync(join(tmpdir(), 'firebreak-attack-'))
  try {
    const base = baseOf(setting)
    writeTree(join(root, 'base'), base)
    writeTree(join(root, 'head'), { ...base, ...files })
    writeFileSync(join(root, 'members.yml'), membersFile)
    const args = ['check', '--base', 'base', '--head', 'head', '--author', by, '--members', 'members.yml']
    const [json, text] = [
      await firebreak(root, ...args, '--format', 'json'),
      await firebreak(root, ...args, '--format', 'text'),
    ]
    const { decision, findings, changes } = JSON.parse(json.out)
    holdsWhatItSays(decision.summary, { decision, findings, changes, by })
    return {
      conclusion: decision.conclusion,
      waitsFor: unmet(decision.requirements),
      title: decision.summary,
      said: plain(text.out),
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

const nothingHappens = /no mesh manifest touched|no request changes/
const nobodyElse = /no other team is affected/
const notJudged = new Set(['unmodelled-change', 'incomplete-analysis', 'contested-host', 'orphan-secondary'])

interface Said {
  readonly decision: {
    readonly conclusion: string
    readonly requirements: readonly { readonly team: string; readonly satisfiedBy?: object }[]
  }
  readonly findings: readonly { readonly rule: string; readonly status: string }[]
  readonly changes: readonly { readonly touched: readonly string[] }[]
  readonly by: string
}

/** No title says that nothing happens, or to nobody else, beside what is not judged, asked for, or does happen to somebody else. */
function holdsWhatItSays(title: string, { decision, findings, changes, by }: Said): void {
  if (!nothingHappens.test(title) && !nobodyElse.test(title)) return
  expect({ title, conclusion: decision.conclusion, waitsFor: unmet(decision.requirements) }).toEqual({
    title,
    conclusion: 'success',
    waitsFor: [],
  })
  const open = findings.filter(({ rule, status }) => status === 'introduced' && notJudged.has(rule))
  expect(open, title).toEqual([])
  if (nothingHappens.test(title)) expect(changes, title).toEqual([])
  const own = Object.entries(teams).filter(([, logins]) => (logins as readonly string[]).includes(by))
  const names = new Set(['unowned', ...own.map(([slug]) => `@bookinfo/${slug}`)])
  expect(
    changes.flatMap(({ touched }) => touched).filter((team) => !names.has(team)),
    title,
  ).toEqual([])
}

function baseOf({ files = {}, configuration, codeowners }: Setting): Files {
  return {
    ...bookinfoFiles(),
    ...(codeowners === undefined ? {} : { '.github/CODEOWNERS': codeowners }),
    ...(configuration === undefined ? {} : { '.github/firebreak.yml': configuration }),
    ...files,
  }
}

const membersFile = Object.entries(teams)
  .map(([slug, logins]) => `"@bookinfo/${slug}": [${logins.join(', ')}]\n`)
  .join('')

function writeTree(root: string, files: Files): void {
  mkdirSync(root, { recursive: true })
  for (const [path, file] of Object.entries(files)) {
    if (file === null) continue
    const at = join(root, path)
    mkdirSync(dirname(at), { recursive: true })
    if (typeof file === 'string' || file instanceof Uint8Array) writeFileSync(at, file)
    else if ('symlink' in file) symlinkSync(file.symlink, at)
    else writeFileSync(at, file.executable, { mode: 0o755 })
  }
}

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
