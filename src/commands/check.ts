import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Evaluated, evaluate, type PeopleSource } from '../app/evaluate.ts'
import type { PullRequest } from '../app/ports.ts'
import { assertNever } from '../domain/source/assert-never.ts'
import type { ToldTraffic } from '../domain/traffic/told-traffic.ts'
import { visibleJson } from '../domain/words/visible.ts'
import { ownPackage } from '../package-file.ts'
import { pageTools } from '../page-script.ts'
import { titledSummary } from '../report/github/check-summary.ts'
import { sarifLog } from '../report/github/sarif.ts'
import { trafficMarkdown } from '../report/github/traffic-markdown.ts'
import { workflowCommands } from '../report/github/workflow-commands.ts'
import { checkJson } from '../report/page/json/check-json.ts'
import { trafficJson } from '../report/page/json/traffic-json.ts'
import { terminalCheck } from '../report/page/text/check-text.ts'
import { viewOf } from '../report/sentences/view.ts'
import { defaultsMeaning, defaultsOption } from './given/given-defaults.ts'
import { snapshotMeaning, snapshotOption } from './given/given-snapshots.ts'
import { type Members, nobody, readMembers } from './given/members.ts'
import type { AskedPeople } from './given/people.ts'
import { type LocalProposal, type ProposalOptions, readLocalProposal } from './given/proposal.ts'
import { readGiven } from './given/read-directory.ts'
import { examplesAndExits } from './help.ts'
import type { End, ExitCode, Terminal } from './terminal.ts'
import { UserError } from './user-error.ts'

export const formats = ['text', 'json', 'markdown', 'sarif', 'html', 'github'] as const
export type Format = (typeof formats)[number]

interface CheckOptions {
  readonly base: string
  readonly head: string
  readonly author?: string
  readonly approvedBy: readonly string[]
  readonly members?: string
  readonly people?: 'github'
  readonly pull?: number
  readonly staged?: boolean
  readonly snapshot?: readonly string[]
  readonly defaults?: string
  readonly existing?: boolean
  readonly traffic?: string
  readonly format: Format
}

/** `firebreak check`: the same verdict as the App's, on two refs of a clone or on two directories. */
export function addCheck(program: Command, terminal: Terminal, end: End): void {
  program
    .command('check')
    .description('say which requests would be treated differently, and who must agree')
    .option('--base <ref|dir>', 'what it would be merged into', 'origin/HEAD')
    .option('--head <ref|dir>', 'what would be merged', 'HEAD')
    .option(
      '--author <login>',
      'who proposes it; without an author nobody has consented and findings alone decide',
    )
    .option('--approved-by <login...>', 'who has approved the head commit', [])
    .option('--members <file>', 'who is in which team, as YAML: "@org/team": [login, ...]')
    .addOption(
      new Option(
        '--people <forge>',
        'ask GitHub who is in which team, with GITHUB_TOKEN, about GITHUB_REPOSITORY',
      ).choices(['github']),
    )
    .addOption(
      new Option('--pull <number>', 'with --people: the pull request whose author, pushes and reviews count')
        .argParser(numberOf)
        .conflicts(['author', 'approvedBy']),
    )
    .addOption(
      new Option(
        '--staged',
        'what is staged, against the last commit, instead of --base and --head',
      ).conflicts(['base', 'head']),
    )
    .option(snapshotOption, snapshotMeaning)
    .option(
      '--traffic <file|dir>',
      'say what would become of the requests in access logs; it decides nothing',
    )
    .option(defaultsOption, defaultsMeaning)
    .option('--existing', 'look for what is wrong on both sides, too')
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('text'))
    .addHelpText(
      'after',
      examplesAndExits({
        'firebreak check': 'what is committed here, merged into origin/HEAD',
        'firebreak check --base main --head .': 'what lies in the working tree, merged into main',
        'firebreak check --author lina --members members.yml': 'who must agree if lina proposes it',
        'firebreak check --base before --head after --format json': 'two directories, for programs',
      }),
    )
    .action(async (options: CheckOptions) => end(await check(options, terminal)))
}

function numberOf(written: string): number {
  if (!/^[1-9]\d{0,8}$/.test(written)) throw new InvalidArgumentError('It is no number of a pull request.')
  return Number(written)
}

async function check(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const checked = await evaluateLocally({ ...options, whole: options.format === 'html' }, terminal)
  terminal.doing('Looking for ways out')
  terminal.write(await render(checked, options.format, terminal))
  return checked.assessment.decision.conclusion === 'success' ? 0 : 1
}

/** What `check` is asked for, and what only a workflow knows of it. */
type Given = Omit<CheckOptions, 'format'> &
  Pick<ProposalOptions, 'sides'> &
  Pick<AskedPeople, 'queued'> & { readonly whole?: boolean }

/** Judges what the options name, with the people whom they name; all of both sides is read where it is to be shown. */
export async function evaluateLocally(options: Given, terminal: Terminal): Promise<Checked> {
  if (options.pull !== undefined && options.people === undefined)
    throw new UserError('--pull needs --people github: nobody else knows of pull requests.')
  const members = options.members === undefined ? nobody : await readMembers(options.members, terminal)
  const { snapshots, defaults } = await readGiven(options, terminal)
  const { base, head, author, approvedBy } = options
  terminal.doing('Reading both sides')
  const { proposal, pull, source } = await readLocalProposal(
    {
      base,
      head,
      approvedBy,
      ...(author !== undefined && { author }),
      members,
      ...(options.sides && { sides: options.sides }),
      ...(options.staged === true && { staged: true }),
      ...(defaults && { defaults }),
    },
    terminal,
  )
  terminal.doing(`Comparing ${proposal.base.length} and ${proposal.merged.length} files`)
  const asked = await sourceOf(options, { members, pull, source }, terminal)
  const evaluated = await evaluate(
    {
      ...proposal,
      ...(snapshots && { snapshots }),
      today: terminal.today(),
      existing: options.existing === true,
      whole: options.whole === true,
    },
    asked,
    pull.head,
  )
  return { ...evaluated, pull, ...(await trafficOf(options, evaluated, terminal)) }
}

/** Whoever is asked about people: GitHub, which is loaded where it is, or what the options say. */
async function sourceOf(
  { members: file, ...named }: Given,
  { members, pull, source }: Pick<LocalProposal, 'pull' | 'source'> & { readonly members: Members },
  terminal: Terminal,
): Promise<PeopleSource> {
  if (named.people === undefined) return source
  const { askGitHub } = await import('./given/people.ts')
  return askGitHub({ ...named, ...(file !== undefined && { members }) }, pull, terminal)
}

/** What the logs say, if there are any. */
async function trafficOf(
  { traffic }: Pick<CheckOptions, 'traffic'>,
  { assessment }: Evaluated,
  terminal: Terminal,
): Promise<Pick<Checked, 'traffic'>> {
  if (traffic === undefined) return {}
  const { readTold } = await import('./given/read-told.ts')
  return { traffic: await readTold(traffic, assessment.comparison, terminal) }
}

/** What is printed; ways out only in a form that tells them. */
export interface Checked extends Evaluated {
  readonly pull: PullRequest
  readonly traffic?: ToldTraffic
}

export async function render(checked: Checked, format: Format, terminal: Terminal): Promise<string> {
  const { assessment, traffic } = checked
  switch (format) {
    case 'text':
      return terminalCheck(assessment, terminal, checked.ways(), traffic)
    case 'json':
      return `${visibleJson({ ...checkJson(assessment), ...(traffic && { traffic: trafficJson(traffic, assessment) }) }, 2)}\n`
    case 'markdown':
      return markdown(checked)
    case 'sarif':
      return `${visibleJson(sarifLog(assessment, ownPackage()), 2)}\n`
    case 'html':
      return page(checked)
    case 'github':
      return workflowCommands(assessment)
    default:
      return assertNever(format)
  }
}

/** Loaded where it is asked for: what lays a page out is needed by nothing else. */
async function page({ assessment, ways }: Checked): Promise<string> {
  const [{ htmlPage }, tools] = await Promise.all([import('../report/page/html.ts'), pageTools()])
  return htmlPage(assessment, ways(), tools)
}

/** The summary of the check run below its title, from here, where nobody's review is requested. Of two commits the last line names both. */
function markdown({ assessment, pull: { head, base }, ways, traffic }: Checked): string {
  const view = viewOf(assessment, ways())
  const hasCommits = head.sha !== head.branch
  const compared = { baseBranch: base.branch, baseTip: base.tip, headSha: head.sha }
  return titledSummary(view, {
    isRequested: () => false,
    ...(traffic && { notes: [trafficMarkdown(traffic, view)] }),
    ...(hasCommits && { compared }),
  })
}
