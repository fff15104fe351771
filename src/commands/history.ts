import { createHash } from 'node:crypto'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { visibleJson } from '../domain/words/visible.ts'
import type { GitClone } from '../git/clone.ts'
import { rememberingStores } from '../git/remembering-stores.ts'
import { ownVersion } from '../package-file.ts'
import { pastJson } from '../report/page/json/past-json.ts'
import type { Past } from '../report/page/past-change.ts'
import { pastHtml } from '../report/page/past-html.ts'
import { pastText } from '../report/page/text/past-text.ts'
import { defaultsMeaning, defaultsOption, readGivenDefaults } from './given/given-defaults.ts'
import { helmOf } from './given/helm-of.ts'
import { readMembers } from './given/members.ts'
import { addressFor } from './given/proposal.ts'
import { withCloneIn } from './given/side.ts'
import { examples } from './help.ts'
import { askedRange, type RangeOptions } from './past/asked-range.ts'
import { pastOf } from './past/past-of.ts'
import { type Keep, verdictsKeptFor } from './past/verdicts-kept-for.ts'
import type { End, Terminal } from './terminal.ts'

interface HistoryOptions extends RangeOptions {
  readonly dir: string
  readonly limit?: number
  readonly members?: string
  readonly defaults?: string
  readonly keep?: Keep
  readonly format: 'text' | 'json' | 'html'
}

/** `firebreak history`: what would have been said of what was merged. */
export function addHistory(program: Command, terminal: Terminal, end: End): void {
  program
    .command('history')
    .description('say what would have been said of every change that was merged')
    .option('--since <when>', 'a duration (90d, 12w, 6m, 1y), a day, a commit, or a range (v1..main)', '90d')
    .option('--until <when>', 'the last day, or a duration')
    .option('--limit <count>', 'judge no more changes than these, the newest first', countOf)
    .option('--dir <clone>', 'a clone', '.')
    .option('--branch <ref>', 'the branch that was merged into (default: origin/HEAD, else HEAD)')
    .option('--members <file>', 'who is in which team, as YAML: "@org/team": [login, ...]')
    .option(defaultsOption, defaultsMeaning)
    .option('--keep <file>', 'where verdicts are kept for the next run (default: in ~/.cache/firebreak)')
    .option('--no-keep', 'keep no verdicts, and use none')
    .addOption(
      new Option('--format <format>', 'how to print').choices(['text', 'json', 'html']).default('text'),
    )
    .addHelpText(
      'after',
      examples({
        'firebreak history': 'the last 90 days of the default branch',
        'firebreak history --since 1y --format html > history.html': 'a year, as a page to send',
        'firebreak history --since v1.2..v1.3': 'what came with one release',
      }),
    )
    .action(async (options: HistoryOptions) => {
      await history(options, terminal)
      end(0)
    })
}

function countOf(text: string): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && count > 0 && Number.isSafeInteger(count)) return count
  throw new InvalidArgumentError('It is no count.')
}

async function history(options: HistoryOptions, terminal: Terminal): Promise<void> {
  const past = await withCloneIn(options.dir, terminal, (clone) => pastIn(clone, options, terminal))
  terminal.write(render(past, options.format, terminal))
}

async function pastIn(clone: GitClone, options: HistoryOptions, terminal: Terminal): Promise<Past> {
  const { since, until, limit = Number.POSITIVE_INFINITY } = options
  terminal.doing('Reading the history')
  const asked = await askedRange(options, { clone, today: terminal.today() })
  const members = options.members === undefined ? undefined : await readMembers(options.members, terminal)
  const defaults = await readGivenDefaults(options.defaults, terminal)
  const address = addressFor({ name: asked.branch }, await clone.remotes()).address
  const found = await pastOf(asked, limit, {
    clone,
    storeOf: rememberingStores(clone),
    charts: helmOf(terminal),
    kept: await verdictsKeptFor(clone, options.keep, terminal),
    givens: {
      version: ownVersion(),
      address: address ?? '',
      members: digestOf(members?.written),
      defaults: defaults?.text ?? '',
    },
    doing: terminal.doing,
    ...(members && { members }),
    ...(defaults && { defaults }),
    ...(address !== undefined && { address }),
  })
  return {
    branch: asked.branch,
    tip: asked.range.tip,
    since,
    ...(until !== undefined && { until }),
    ...found,
  }
}

function render(past: Past, format: HistoryOptions['format'], terminal: Terminal): string {
  if (format === 'json') return `${visibleJson(pastJson(past), 2)}\n`
  return format === 'html' ? pastHtml(past) : pastText(past, terminal)
}

function digestOf(written: string | undefined): string {
  return written === undefined ? '' : createHash('sha256').update(written).digest('hex')
}
