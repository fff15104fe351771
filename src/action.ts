import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { type ActionInputs, type Asked, askedBy, readInputs } from './commands/action-inputs.ts'
import { type Checked, evaluateLocally } from './commands/evaluate-locally.ts'
import { membersOnBase } from './commands/given/members-on-base.ts'
import { sideIn } from './commands/given/side.ts'
import { type Format, printCheck } from './commands/print-check.ts'
import type { Terminal } from './commands/terminal.ts'
import { UserError } from './commands/user-error.ts'
import { budgets } from './domain/budgets.ts'
import type { Conclusion } from './domain/policy/decision.ts'
import { isStarted } from './main-module.ts'
import { workflowMessage } from './report/github/workflow-commands.ts'
import { endless, plain } from './report/print/screen.ts'
import { viewOf } from './report/sentences/view.ts'
import { titleOf } from './report/title/title.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The runner reads commands on both streams: whatever is said here is escaped, for a file may be called anything. */
function tell(command: 'error' | 'warning' | 'notice', text: string): void {
  process.stdout.write(`::${command} title=Firebreak::${workflowMessage(text)}\n`)
}

function terminalOf(environment: Environment, token: string): Terminal {
  return {
    ...{ ...endless, paint: plain },
    directory: environment['GITHUB_WORKSPACE'] ?? process.cwd(),
    environment: { ...environment, GITHUB_TOKEN: token },
    write: (text) => void process.stdout.write(text),
    warn: (text) => tell('warning', text),
    doing: () => {},
    today: () => new Date().toISOString().slice(0, 10),
  }
}

/** The runner keeps its files for us by these names; outside of one nothing is kept. */
function append(environment: Environment, name: string, text: string): void {
  const file = environment[name]
  if (file !== undefined && file !== '') appendFileSync(file, text)
}

/** Between two lines that no value can hold. */
function output(environment: Environment, name: string, value: string): void {
  const end = `end-${randomUUID()}`
  append(environment, 'GITHUB_OUTPUT', `${name}<<${end}\n${value}\n${end}\n`)
}

const extensions: Readonly<Record<Format, string>> = {
  ...{ text: 'txt', json: 'json', markdown: 'md', sarif: 'sarif', html: 'html', github: 'log' },
}

/** Where the step works: what it prints to, and the folder for what it leaves behind. */
interface Place {
  readonly terminal: Terminal
  readonly folder: string
}

/** Writes a form of the report, and returns its path. */
async function write(format: Format, checked: Checked, { terminal, folder }: Place): Promise<string> {
  const path = join(folder, `report.${extensions[format]}`)
  writeFileSync(path, await printCheck(checked, format, terminal))
  return path
}

/** One of its own: another step of the job may have left its reports. */
function folderFor({ RUNNER_TEMP: place }: Environment): string {
  return mkdtempSync(join(place || process.cwd(), 'firebreak-'))
}

/** Where a fault is ours; the runner takes nothing in it for a command, for its message may quote what somebody wrote. */
function tellFault(error: unknown): void {
  const resume = randomUUID()
  process.stdout.write(`::stop-commands::${resume}\n${inspect(error)}\n::${resume}::\n`)
}

interface Place {
  readonly terminal: Terminal
  /** Where files are written. */
  readonly folder: string
}

async function judge(
  { members: file, token }: ActionInputs,
  { base, head, author, pull, queued }: Asked,
  terminal: Terminal,
): Promise<Checked> {
  const sides = { base: await sideIn(base, terminal), head: await sideIn(head, terminal) }
  const members = file === '' ? undefined : await membersOnBase({ file, base: sides.base }, terminal)
  return evaluateLocally(
    {
      ...{ base: base.name, head: head.name, sides, approvedBy: [], whole: true },
      ...(members !== undefined && { members }),
      ...(token !== '' && { people: 'github' as const }),
      ...(pull !== undefined && { pull }),
      ...(queued !== undefined && { queued }),
      ...(author !== undefined && { author }),
    },
    terminal,
  )
}

/** What the check would say: who only observes is told the same, and stopped by nothing. */
function conclusionOf({ assessment }: Checked): Conclusion {
  return assessment.policy.mode === 'observe' ? 'success' : assessment.decision.conclusion
}

async function publish(
  checked: Checked,
  { format, failOn }: ActionInputs,
  { terminal, folder }: Place,
): Promise<void> {
  const { environment } = terminal
  const conclusion = conclusionOf(checked)
  const written = (form: Format) => write(form, checked, { terminal, folder })
  output(environment, 'conclusion', conclusion)
  output(environment, 'title', titleOf(viewOf(checked.assessment)))
  output(environment, 'sarif', await written('sarif'))
  output(environment, 'html', await written('html'))
  output(environment, 'report', await written(format))
  terminal.write(await printCheck(checked, 'github', terminal))
  append(environment, 'GITHUB_STEP_SUMMARY', `${await printCheck(checked, 'markdown', terminal)}\n`)
  const fails = conclusion === 'failure' || (conclusion === 'action_required' && failOn === conclusion)
  if (fails && failOn !== 'never') process.exitCode = 1
}

/** The event, as the runner has written it down. */
function payloadIn({ GITHUB_EVENT_PATH: path }: Environment): unknown {
  return path === undefined || path === '' ? {} : JSON.parse(readFileSync(path, 'utf8'))
}

/** One step of a workflow: reads what the runner hands on, judges, and leaves what later steps and people read. */
export async function act(environment: Environment): Promise<void> {
  try {
    const inputs = readInputs(environment)
    const event = { name: environment['GITHUB_EVENT_NAME'] ?? '', payload: payloadIn(environment) }
    const terminal = terminalOf(environment, inputs.token)
    const place = { terminal, folder: folderFor(environment) }
    await publish(await judge(inputs, askedBy(inputs, event), place.terminal), inputs, place)
  } catch (error) {
    // No verdict is no success, whatever may fail the step.
    process.exitCode = 1
    const why =
      error instanceof UserError
        ? error.message
        : 'Firebreak has a fault of its own; its stack is in the log.'
    tell('error', why)
    output(environment, 'conclusion', 'failure')
    output(environment, 'title', why.slice(0, budgets.checkTitle.size))
    if (!(error instanceof UserError)) tellFault(error)
  }
}

if (isStarted(import.meta.url)) await act(process.env)
