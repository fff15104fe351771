import { type Command, Option } from 'commander'
import { budgets } from '../domain/budgets.ts'
import { decidingRule, findCodeowners, parseCodeowners } from '../domain/ownership/codeowners.ts'
import { isJudgeFile } from '../domain/policy/touched.ts'
import { plainSentence } from '../domain/words/sentence.ts'
import { visible, visibleJson } from '../domain/words/visible.ts'
import { readFiles } from '../git/read-files.ts'
import type { OwnersAnswer } from '../report/page/json/contract.ts'
import { placeText } from '../report/sentences/place.ts'
import { directoryStore, sideOf } from './given/side.ts'
import type { End, Terminal } from './terminal.ts'
import { UserError } from './user-error.ts'

interface OwnersOptions {
  readonly dir: string
  readonly format: 'json' | 'text'
}

/** `firebreak owners`: the CODEOWNERS line that decides each path, whether or not there is such a file. */
export function addOwners(program: Command, terminal: Terminal, end: End): void {
  program
    .command('owners')
    .description('print the CODEOWNERS line that decides each path, as JSON Lines')
    .argument('<path...>', 'paths relative to the root of the repository')
    .option('--dir <dir>', 'the root of the repository', '.')
    .addOption(new Option('--format <format>', 'how to print').choices(['json', 'text']).default('json'))
    .action(async (paths: readonly string[], options: OwnersOptions) => {
      for (const decided of await decide(paths, options, terminal)) {
        terminal.write(`${options.format === 'json' ? visibleJson(decided) : textOf(decided)}\n`)
      }
      end(0)
    })
}

async function decide(
  paths: readonly string[],
  { dir }: OwnersOptions,
  terminal: Terminal,
): Promise<readonly OwnersAnswer[]> {
  const side = await sideOf(dir, terminal)
  if (side.kind !== 'directory') throw new UserError(`--dir ${dir} is not a directory.`)
  const store = directoryStore({ path: side.path, naming: 'path' })
  const judge = await readFiles({
    listing: await store.listing(),
    wanted: isJudgeFile,
    blob: store.blob,
    most: budgets.localFiles.size,
  })
  for (const { path, kind } of judge.problems) terminal.warn(visible(`${path} cannot be read: ${kind}`))
  const file = findCodeowners(judge.files)
  const codeowners = file && parseCodeowners(file)
  for (const diagnostic of codeowners?.diagnostics ?? []) {
    terminal.warn(`${visible(placeText(diagnostic.range))} ${plainSentence(diagnostic)}`)
  }
  return paths.map((path) => {
    const rule = codeowners && decidingRule(codeowners, path.replace(/^(?:\.\/)+/, ''))
    return {
      path,
      owners: rule?.owners ?? [],
      line: rule?.line ?? null,
      pattern: rule?.pattern ?? null,
    }
  })
}

function textOf({ path, owners, line, pattern }: OwnersAnswer): string {
  const who = owners.length === 0 ? 'nobody' : owners.join(' ')
  const why = line === null ? 'no line decides' : `line ${line}: ${pattern}`
  return visible(`${path}  ${who}  (${why})`)
}
