import { type Command, Option } from 'commander'
import { compare } from '../domain/diff/compare.ts'
import { createOwnership } from '../domain/ownership/ownership.ts'
import { beyondGit } from '../domain/policy/beyond-git.ts'
import { externalNames } from '../domain/policy/configuration/external-names.ts'
import { meshesUnder } from '../domain/policy/configuration/path-rules.ts'
import { assertNever } from '../domain/source/assert-never.ts'
import { visibleJson } from '../domain/words/visible.ts'
import { graphDot, graphJson, graphMermaid } from '../report/page/graph.ts'
import type { GraphInput } from '../report/page/graph-model.ts'
import { graphHtml, graphSvg } from '../report/page/graph-svg.ts'
import { examples } from './help.ts'
import { readDirectory } from './read-directory.ts'
import { type ReadSide, readSide } from './read-snapshot.ts'
import { commitOf, directoryStore, sideOf, withClone } from './side.ts'
import type { End, Terminal } from './terminal.ts'
import { UserError } from './user-error.ts'

const formats = ['mermaid', 'dot', 'svg', 'html', 'json'] as const

interface GraphOptions {
  readonly base?: string
  readonly format: (typeof formats)[number]
}

/** `firebreak graph`: who delegates to whom; with a base, what of it changes. */
export function addGraph(program: Command, terminal: Terminal, end: End): void {
  program
    .command('graph')
    .description('draw the delegation graph; with --base, mark what is new, changed or removed')
    .argument('[dir]', 'a directory with manifests', '.')
    .option('--base <ref|dir>', 'what to compare with')
    .addOption(new Option('--format <format>', 'how to draw').choices(formats).default('mermaid'))
    .addHelpText(
      'after',
      examples({
        'firebreak graph --format html > graph.html': 'a page to open',
        'firebreak graph --base main --format svg': 'what the working directory changes',
      }),
    )
    .action(async (directory: string, { base, format }: GraphOptions) => {
      const input =
        base === undefined
          ? { merged: (await readDirectory(directory, terminal)).snapshot }
          : await compared(base, directory, terminal)
      terminal.write(draw(input, format))
      end(0)
    })
}

/** Configuration and meshes are the base side's, as everywhere. */
async function compared(base: string, directory: string, terminal: Terminal): Promise<GraphInput> {
  const [before, after] = [await readNamed(base, terminal), await readNamed(directory, terminal, 'directory')]
  const known = beyondGit({
    base: before.manifests,
    merged: after.manifests,
    meshOf: meshesUnder(before.policy, before.manifests).meshOf,
    policy: before.policy,
    snapshots: { base: before.snapshots, merged: after.snapshots },
  })
  return compare(known.base, known.merged, {
    settings: before.policy.istio,
    complete: before.policy.complete,
    isExternal: externalNames(before.policy),
    ownership: createOwnership(undefined),
    meshOf: known.meshOf,
  })
}

async function readNamed(argument: string, terminal: Terminal, only?: 'directory'): Promise<ReadSide> {
  const side = await sideOf(argument, terminal)
  if (side.kind === 'directory') {
    return readSide(directoryStore({ path: side.path, naming: 'path' }), terminal)
  }
  if (only === 'directory') {
    throw new UserError(`${argument || 'An empty name'} is not a directory: name one that holds manifests.`)
  }
  return withClone(terminal, [side], async (clone) =>
    readSide(clone.store(await commitOf(clone, side.name)), terminal),
  )
}

function draw(input: GraphInput, format: GraphOptions['format']): string {
  switch (format) {
    case 'mermaid':
      return mermaid(input)
    case 'dot':
      return graphDot(input)
    case 'svg':
      return graphSvg(input)
    case 'html':
      return graphHtml(input)
    case 'json':
      return `${visibleJson(graphJson(input), 2)}\n`
    default:
      return assertNever(format)
  }
}

/** A graph without nodes is still a graph. */
function mermaid(input: GraphInput): string {
  const { lines } = graphMermaid(input, 'all')
  return `${(lines.length === 0 ? ['graph LR'] : lines).join('\n')}\n`
}
