import { expect } from 'vitest'
import { bookinfoFiles, teams } from '../../demo/bookinfo.ts'
import { checkProposal } from '../../src/commands/check-proposal.ts'
import { type Members, membersFrom } from '../../src/commands/members.ts'
import { proposalOf } from '../../src/commands/proposal.ts'
import { checkJson } from '../../src/report/json.ts'
import { plain as unpainted } from '../../src/report/paint.ts'
import { terminalCheck } from '../../src/report/terminal.ts'
import { visibleJson } from '../../src/report/visible.ts'
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
export function plain(report: string): string {
  return report.replaceAll(/`|\\(?=.)/g, '')
}
