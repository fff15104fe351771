import { type Command, InvalidArgumentError, Option } from 'commander'
import { evaluateLocally, type LocalOptions } from './evaluate-locally.ts'
import { defaultsMeaning, defaultsOption } from './given/given-defaults.ts'
import { snapshotMeaning, snapshotOption } from './given/given-snapshots.ts'
import { examplesAndExits } from './help.ts'
import { type Format, formats, printCheck } from './print-check.ts'
import type { End, ExitCode, Terminal } from './terminal.ts'
import { UserError } from './user-error.ts'

interface CheckOptions extends LocalOptions {
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

/** These list places in files, and traffic has none. */
const withoutTraffic: readonly Format[] = ['sarif', 'github']

async function check(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.traffic !== undefined && withoutTraffic.includes(options.format))
    throw new UserError(
      `--format ${options.format} has no place for --traffic: text, json, markdown and html have.`,
    )
  const checked = await evaluateLocally({ ...options, whole: options.format === 'html' }, terminal)
  terminal.doing('Looking for ways out')
  terminal.write(await printCheck(checked, options.format, terminal))
  return checked.assessment.decision.conclusion === 'success' ? 0 : 1
}
