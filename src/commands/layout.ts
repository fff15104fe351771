import { type Command, Option } from 'commander'
import { visibleJson } from '../domain/words/visible.ts'
import { layoutJson } from '../report/page/json/layout-json.ts'
import { terminalLayout } from '../report/page/text/layout-text.ts'
import { defaultsMeaning, defaultsOption } from './given/given-defaults.ts'
import { layoutOfSide } from './given/layout-of-side.ts'
import { type GivenOptions, readGiven, storeOfDirectory } from './given/read-directory.ts'
import { loneSideOf, readSide } from './given/read-snapshot.ts'
import type { End, Terminal } from './terminal.ts'

interface LayoutOptions extends Pick<GivenOptions, 'defaults'> {
  readonly format: 'text' | 'json'
}

/** `firebreak layout`: what is deployed together, into which mesh, and what each file is to that. */
export function addLayout(program: Command, terminal: Terminal, end: End): void {
  program
    .command('layout')
    .description(
      'print what is deployed together, into which mesh, what each file is, and what is left out and why',
    )
    .argument('[dir]', 'a directory with manifests', '.')
    .option(defaultsOption, defaultsMeaning)
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(async (directory: string, { format, ...named }: LayoutOptions) => {
      const given = await readGiven(named, terminal)
      const side = await readSide(await storeOfDirectory(directory, terminal), terminal, given)
      const layout = layoutOfSide(side)
      const { leftOut } = loneSideOf(side, terminal).shown()
      terminal.write(
        format === 'json'
          ? `${visibleJson(layoutJson(layout, leftOut), 2)}\n`
          : terminalLayout(layout, terminal, leftOut),
      )
      end(0)
    })
}
