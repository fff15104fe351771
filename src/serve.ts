import type { Command } from 'commander'
import type { End, Terminal } from './commands/terminal.ts'
import { SettingsError } from './settings.ts'

/** `firebreak server`: the GitHub App. Its parts are loaded where it is really started. */
export function addServer(program: Command, terminal: Terminal, end: End): void {
  program
    .command('server')
    .description('run the GitHub App, as the environment says (docs/operations.md)')
    .action(async () => {
      const { serve } = await import('./server.ts')
      await serve().catch((error: unknown) => {
        if (!(error instanceof SettingsError)) throw error
        terminal.warn(error.message)
        end(2)
      })
    })
}
