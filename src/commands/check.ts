import { type Command, Option } from 'commander'
import { type Evaluated, evaluate } from '../app/evaluate.ts'
import type { PullRequest } from '../app/ports.ts'
import { assertNever } from '../domain/source/assert-never.ts'
import { visibleJson } from '../domain/words/visible.ts'
import { pageTools } from '../page-script.ts'
import { checkSummary } from '../report/github/check-summary.ts'
import { sarifLog } from '../report/github/sarif.ts'
import { workflowCommands } from '../report/github/workflow-commands.ts'
import { checkJson } from '../report/page/json.ts'
import { terminalCheck } from '../report/page/terminal.ts'
import { viewOf } from '../report/sentences/view.ts'
import { defaultsMeaning, defaultsOption } from './given-defaults.ts'
import { snapshotMeaning, snapshotOption } from './given-snapshots.ts'
import { examplesAndExits } from './help.ts'
import { nobody, readMembers } from './members.ts'
import { readLocalProposal } from './proposal.ts'
import { readGiven } from './read-directory.ts'
import type { End, ExitCode, Terminal } from './terminal.ts'

const formats = ['text', 'json', 'markdown', 'sarif', 'html', 'github'] as const
type Format = (typeof formats)[number]

interface CheckOptions {
  readonly base: string
  readonly head: string
  readonly author?: string
  readonly approvedBy: readonly string[]
  readonly members?: string
  readonly snapshot?: readonly string[]
  readonly defaults?: string
  readonly existing?: boolean
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
    .option(snapshotOption, snapshotMeaning)
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

async function check(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const members = options.members === undefined ? nobody : await readMembers(options.members, terminal)
  const { snapshots, defaults } = await readGiven(options, terminal)
  const { base, head, author, approvedBy } = options
  terminal.doing('Reading both sides')
  const { proposal, pull, people } = await readLocalProposal(
    {
      base,
      head,
      approvedBy,
      ...(author !== undefined && { author }),
      members,
      ...(defaults && { defaults }),
    },
    terminal,
  )
  terminal.doing(`Comparing ${proposal.base.length} and ${proposal.merged.length} files`)
  const source = {
    people: async (_: unknown, owners: readonly string[]) => people(owners),
    members: async () => members.of,
  }
  const evaluated = await evaluate(
    {
      ...proposal,
      ...(snapshots && { snapshots }),
      today: terminal.today(),
      existing: options.existing === true,
    },
    source,
    pull.head,
  )
  terminal.doing('Looking for ways out')
  terminal.write(await render({ ...evaluated, pull }, options.format, terminal))
  return evaluated.assessment.decision.conclusion === 'success' ? 0 : 1
}

/** What is printed; ways out only in a form that tells them. */
interface Checked extends Evaluated {
  readonly pull: PullRequest
}

async function render(checked: Checked, format: Format, terminal: Terminal): Promise<string> {
  const { assessment } = checked
  switch (format) {
    case 'text':
      return terminalCheck(assessment, terminal, checked.ways())
    case 'json':
      return `${visibleJson(checkJson(assessment), 2)}\n`
    case 'markdown':
      return markdown(checked)
    case 'sarif':
      return `${visibleJson(sarifLog(assessment), 2)}\n`
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

/** The summary of the check run, from here, where nobody's review is requested. Of two commits the last line names both. */
function markdown({ assessment, pull: { head, base }, ways }: Checked): string {
  const hasCommits = head.sha !== head.branch
  const compared = { baseBranch: base.branch, baseTip: base.tip, headSha: head.sha }
  return checkSummary(viewOf(assessment, ways()), {
    isRequested: () => false,
    ...(hasCommits && { compared }),
  })
}
