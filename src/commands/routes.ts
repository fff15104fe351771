import { type Command, Option } from 'commander'
import { visibleJson } from '../domain/words/visible.ts'
import { routesJson } from '../report/page/json/routes-json.ts'
import { terminalRoutes } from '../report/page/text/check-text.ts'
import { defaultsMeaning, defaultsOption } from './given/given-defaults.ts'
import { snapshotMeaning, snapshotOption } from './given/given-snapshots.ts'
import { type GivenOptions, readDirectory } from './given/read-directory.ts'
import type { End, Terminal } from './terminal.ts'

interface RoutesOptions extends GivenOptions {
  readonly format: 'text' | 'json'
}

/** `firebreak routes`: what each gateway and the mesh really evaluate, in order, and what was dropped. */
export function addRoutes(program: Command, terminal: Terminal, end: End): void {
  program
    .command('routes')
    .description('print the effective route tables, with the origin of each route and what was dropped')
    .argument('[dir]', 'a directory with manifests', '.')
    .option(snapshotOption, snapshotMeaning)
    .option(defaultsOption, defaultsMeaning)
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(async (directory: string, { format, ...given }: RoutesOptions) => {
      const { teams, shown } = await readDirectory(directory, terminal, given)
      const { tables, leftOut } = shown()
      terminal.write(
        format === 'json'
          ? `${visibleJson(routesJson(tables, leftOut), 2)}\n`
          : terminalRoutes(tables, terminal, { teams, leftOut }),
      )
      end(0)
    })
}
