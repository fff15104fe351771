import { expect } from 'vitest'
import { bookinfoFiles, teams } from '../../demo/bookinfo.ts'
import { evaluate } from '../../src/app/evaluate.ts'
import { type Members, membersFrom } from '../../src/commands/given/members.ts'
import { proposalOf } from '../../src/commands/given/proposal.ts'
import { visibleJson } from '../../src/domain/words/visible.ts'
import { checkJson } from '../../src/report/page/json/check-json.ts'
import { terminalCheck } from '../../src/report/page/text/check-text.ts'
import { endless } from '../../src/report/print/screen.ts'
import { charts } from './helm.ts'
import { memoryStore } from './memory-store.ts'
import type { Files, Setting } from './stage.ts'

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

/** What whoever owns all primaries has to agree to, and nobody else. */
export function asksAdministrators(way: string, files: Files, before: Files = {}): Attempt {
  return { way, setting: { files: before }, files, conclusion: 'action_required', waitsFor: ['mesh-admins'] }
}

/** What asks nobody. */
export function asksNobody(way: string, files: Files, before: Files = {}) {
  return { way, setting: { files: before }, files }
}

/** What stands beside an edit of one file. */
interface Beside {
  /** What the file holds before, if it is there. */
  readonly before?: string
  /** The administrators, where nobody else is named. */
  readonly waitsFor?: readonly string[]
  readonly more?: Files
}

/** Edits of one file among others: those that somebody has to agree to, and those that ask nobody. Null takes the file away. */
export function attemptsAt(path: string, around: Files) {
  const edit = (way: string, text: string | null, { before, more = {} }: Beside) => ({
    way,
    setting: { files: { ...around, ...more, ...(before !== undefined && { [path]: before }) } },
    files: { [path]: text },
  })
  return {
    stopped: (way: string, text: string | null, beside: Beside = {}): Attempt => ({
      ...edit(way, text, beside),
      conclusion: 'action_required',
      waitsFor: beside.waitsFor ?? ['mesh-admins'],
    }),
    harmless: (way: string, text: string | null, before?: string, more: Files = {}) =>
      edit(way, text, { ...(before !== undefined && { before }), more }),
  }
}

/** What one way of asking has answered. */
export interface Outcome {
  readonly conclusion: string
  readonly waitsFor: readonly string[]
  readonly title: string
  readonly said: string
}

/** Expects of an outcome what the attempt has to come to. */
export function meets(attempt: Attempt, outcome: Outcome): void {
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
export async function checked({ setting = {}, by = 'carla', files }: Attempt): Promise<Outcome> {
  const base = baseOf(setting)
  const local = await proposalOf(
    { base: 'base', head: 'head', author: by, approvedBy: [], members: everybody, charts },
    {
      base: memoryStore(base),
      merged: { kind: 'files', store: memoryStore({ ...base, ...files }) },
    },
  )
  const { proposal, pull, source } = local
  const { assessment, ways } = await evaluate({ ...proposal, today: '2026-01-02' }, source, pull.head)
  const { decision, findings, changes } = JSON.parse(visibleJson(checkJson(assessment)))
  holdsWhatItSays(decision.summary, { decision, findings, changes, by })
  return {
    conclusion: decision.conclusion,
    waitsFor: unmet(decision.requirements),
    title: decision.summary,
    said: plain(terminalCheck(assessment, endless, ways())),
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
  readonly changes: readonly { readonly touched: readonly string[]; readonly told: readonly string[] }[]
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
    changes.flatMap(({ touched, told }) => [...touched, ...told]).filter((team) => !names.has(team)),
    title,
  ).toEqual([])
}

const bookinfo = bookinfoFiles()

function baseOf({ files = {}, configuration, codeowners }: Setting): Files {
  return {
    ...bookinfo,
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
export function plain(report: string): string {
  return report.replaceAll(/`|\\(?=.)/g, '')
}
