#!/usr/bin/env node
import { styleText } from 'node:util'
import { Command, CommanderError } from 'commander'
import { addCheck } from './commands/check.ts'
import { addExplain } from './commands/explain.ts'
import { addGraph } from './commands/graph.ts'
import { addLayout } from './commands/layout.ts'
import { addOwners } from './commands/owners.ts'
import { addRoutes } from './commands/routes.ts'
import { addRules } from './commands/rules.ts'
import type { ExitCode, Terminal } from './commands/terminal.ts'
import { UserError } from './commands/user-error.ts'
import { visible } from './domain/words/visible.ts'
import { packageFile } from './package-file.ts'

/**
 * Runs one command line. Whatever the user got wrong is one line on standard error and exit code 2; a fault of ours is
 * thrown.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = createProgram(terminal, (end) => {
    code = end
  })
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

function createProgram(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const program = new Command('firebreak')
    .description(
      'The blast radius of a change to Istio VirtualServices: whose requests would be treated differently.',
    )
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.warn(text.trimEnd()),
    })
  for (const add of [addCheck, addRoutes, addExplain, addGraph, addLayout, addOwners, addRules])
    add(program, terminal, end)
  return program
}

function version(): string {
  return (JSON.parse(packageFile('package.json')) as { readonly version: string }).version
}

/** Where nobody knows how wide it will be read. */
const widthOfFiles = 100

/** The process we run in. `styleText` asks the stream and NO_COLOR whether colours are wanted. */
function processTerminal(): Terminal {
  return {
    directory: process.cwd(),
    environment: process.env,
    paint: (style, text) => styleText(style, text, { stream: process.stdout }),
    width: process.stdout.columns ?? widthOfFiles,
    write: (text) => {
      process.stdout.write(text)
    },
    warn: (text) => {
      process.stderr.write(`${text}\n`)
    },
    today: () => new Date().toISOString().slice(0, 10),
  }
}

if (import.meta.main) {
  // Whoever reads us may have seen enough, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
  process.exitCode = await run(process.argv.slice(2), processTerminal())
}
