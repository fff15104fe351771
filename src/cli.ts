#!/usr/bin/env node
import { styleText } from 'node:util'
import { Command, CommanderError } from 'commander'
import { createProgress } from './commands/progress.ts'
import type { End, ExitCode, Terminal } from './commands/terminal.ts'
import { UserError } from './commands/user-error.ts'
import { visible } from './domain/words/visible.ts'
import { isStarted } from './main-module.ts'
import { ownVersion } from './package-file.ts'

/** Adds a command to the program. */
type Add = (program: Command, terminal: Terminal, end: End) => void

/** Each command is loaded when it is asked for: loading all of them takes longer than most of them do. */
const commands: Readonly<Record<string, () => Promise<Add>>> = {
  blame: async () => (await import('./commands/blame.ts')).addBlame,
  check: async () => (await import('./commands/check.ts')).addCheck,
  routes: async () => (await import('./commands/routes.ts')).addRoutes,
  explain: async () => (await import('./commands/explain.ts')).addExplain,
  graph: async () => (await import('./commands/graph.ts')).addGraph,
  layout: async () => (await import('./commands/layout.ts')).addLayout,
  history: async () => (await import('./commands/history.ts')).addHistory,
  owners: async () => (await import('./commands/owners.ts')).addOwners,
  replay: async () => (await import('./commands/replay.ts')).addReplay,
  rules: async () => (await import('./commands/rules.ts')).addRules,
  setup: async () => (await import('./commands/setup.ts')).addSetup,
  server: async () => (await import('./serve.ts')).addServer,
  test: async () => (await import('./commands/test.ts')).addTest,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctor,
}

/** The command that is named first; all of them where it is another word, so that help and mistakes know every one. */
async function loaded([first = '']: readonly string[]): Promise<readonly Add[]> {
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined
  return Promise.all((named ? [named] : Object.values(commands)).map((load) => load()))
}

/**
 * Runs one command line. Whatever the user got wrong is one line on standard error and exit code 2; a fault of ours is
 * thrown.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = createProgram(terminal)
  const end: End = (given) => {
    code = given
  }
  for (const add of await loaded(args)) add(program, terminal, end)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof UserError)) throw error
    terminal.warn(`error: ${visible(error.message)}`)
    return 2
  }
}

function createProgram(terminal: Terminal): Command {
  return new Command('firebreak')
    .description(
      'The blast radius of a change to Istio VirtualServices: whose requests would be treated differently.',
    )
    .version(ownVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.warn(text.trimEnd()),
    })
}

/** Where nobody knows how wide it will be read. */
const widthOfFiles = 100

/** The process we run in. `styleText` asks the stream and NO_COLOR whether colours are wanted. */
function processTerminal(): Terminal {
  const progress = createProgress(process.stderr.isTTY)
  return {
    directory: process.cwd(),
    environment: process.env,
    paint: (style, text) => styleText(style, text, { stream: process.stdout }),
    width: process.stdout.columns ?? widthOfFiles,
    write: (text) => {
      progress.clear()
      process.stdout.write(text)
    },
    warn: (text) => {
      progress.clear()
      process.stderr.write(`${text}\n`)
    },
    doing: progress.doing,
    today: () => new Date().toISOString().slice(0, 10),
  }
}

if (isStarted(import.meta.url)) {
  // Whoever reads us may have seen enough, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
  process.exitCode = await run(process.argv.slice(2), processTerminal())
}
