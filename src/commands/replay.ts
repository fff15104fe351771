import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { budgets } from '../domain/budgets.ts'
import { type DecisionRecord, readDecision } from '../domain/policy/record/decision-record.ts'
import { visible } from '../domain/words/visible.ts'
import type { GitClone } from '../git/clone.ts'
import { ownVersion } from '../package-file.ts'
import { differencesOf } from './decision-differences.ts'
import { openGiven } from './given/given-file.ts'
import { helmOf } from './given/helm-of.ts'
import { withCloneIn } from './given/side.ts'
import { examples } from './help.ts'
import { judgedAgain } from './judged-again.ts'
import type { End, ExitCode, Terminal } from './terminal.ts'
import { causeOf, UserError } from './user-error.ts'

const longestLine = budgets.decision.size

const exits = `
Exit codes:
  0  every verdict is the same
  1  a verdict differs
  2  an option is wrong, a line is no record, or the clone lacks a commit; the other records are judged all the same
`

/** `firebreak replay`: whether recorded verdicts come out the same again. */
export function addReplay(program: Command, terminal: Terminal, end: End): void {
  program
    .command('replay')
    .description('judge once more what a record of decisions tells of, and say what differs')
    .argument('<record>', 'a file with a record a line, as DECISIONS keeps it')
    .option('--dir <clone>', 'a clone that has the commits', '.')
    .addHelpText(
      'after',
      examples({
        'firebreak replay decisions.jsonl --dir mesh': 'every verdict of the file, judged once more',
        'grep abc123 decisions.jsonl | firebreak replay /dev/stdin': 'those that are about one commit',
      }) + exits,
    )
    .action(async (path: string, { dir }: { readonly dir: string }) => {
      end(await withCloneIn(dir, terminal, (clone) => replayAll(path, clone, terminal)))
    })
}

async function replayAll(path: string, clone: GitClone, terminal: Terminal): Promise<ExitCode> {
  const ends = new Set<Outcome>()
  for await (const line of linesIn(path, terminal)) ends.add(await replayLine(line, clone, terminal))
  if (ends.size === 0) throw new UserError(`${path} holds no record.`)
  if (ends.has('not-judged')) return 2
  return ends.has('differs') ? 1 : 0
}

type Outcome = 'same' | 'differs' | 'not-judged'

interface Line {
  readonly text: string
  readonly where: string
}

async function* linesIn(path: string, terminal: Terminal): AsyncGenerator<Line> {
  const input = await openGiven(path, terminal).catch((error: unknown) => {
    throw new UserError(`${path} cannot be read: ${causeOf(error)}.`)
  })
  const lines = createInterface({ input })
  let number = 0
  try {
    for await (const text of lines) {
      number++
      if (text.trim() !== '') yield { text, where: `${path}, line ${number}` }
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new UserError(`${path} cannot be read: ${causeOf(error)}.`)
    throw error
  }
}

/** A record that was cut off, or whose commits are gone, keeps nobody from the others. */
async function replayLine({ text, where }: Line, clone: GitClone, terminal: Terminal): Promise<Outcome> {
  try {
    return await replay(recordOf(text, where), clone, terminal)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    terminal.warn(`error: ${visible(error.message)}`)
    return 'not-judged'
  }
}

function recordOf(line: string, where: string): DecisionRecord {
  if (line.length > longestLine) throw new UserError(`${where} is longer than any record.`)
  const read = readDecision(parsed(line))
  if ('record' in read) return read.record
  const place = read.wrongAt === '' ? '' : `: ${read.wrongAt} is not what is wanted`
  throw new UserError(`${where} is no record of a decision${place}.`)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

async function replay(
  record: DecisionRecord,
  clone: GitClone,
  terminal: Terminal,
): Promise<'same' | 'differs'> {
  const { owner, repo, number } = record.inputs.pull
  const again = await judgedAgain(record.inputs, clone, helmOf(terminal))
  const differences = differencesOf(record, again)
  const end = differences.length === 0 ? 'same' : 'differs'
  const version = record.version === ownVersion() ? '' : `, judged by ${record.version}`
  const name = `${owner}/${repo}#${number} ${record.on.slice(0, 12)} of ${record.at}${version}`
  const lines = [`${end}: ${name}: ${record.verdict.title}`, ...differences.map((line) => `  ${line}`)]
  terminal.write(lines.map((line) => `${visible(line)}\n`).join(''))
  return end
}
