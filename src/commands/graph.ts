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
import { defaultsMeaning, defaultsOption } from './given-defaults.ts'
import { examples } from './help.ts'
import { type GivenOptions, readDirectory, readGiven, storeOfDirectory } from './read-directory.ts'
import { type Given, type ReadSide, readSide } from './read-snapshot.ts'
import { commitOf, directoryStore, type Side, sideOf, withClone } from './side.ts'
import type { End, Terminal } from './terminal.ts'

const formats = ['mermaid', 'dot', 'svg', 'html', 'json'] as const

interface GraphOptions extends Pick<GivenOptions, 'defaults'> {
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
    .option(defaultsOption, defaultsMeaning)
    .addOption(new Option('--format <format>', 'how to draw').choices(formats).default('mermaid'))
    .addHelpText(
      'after',
      examples({
        'firebreak graph --format html > graph.html': 'a page to open',
        'firebreak graph --base main --format svg': 'what the working directory changes',
      }),
    )
    .action(async (directory: string, { base, format, ...given }: GraphOptions) => {
      const input =
        base === undefined
          ? { merged: (await readDirectory(directory, terminal, given)).snapshot }
          : await compared({ base, directory }, await readGiven(given, terminal), terminal)
      terminal.write(draw(input, format))
      end(0)
    })
}

/** Configuration and meshes are the base side's, as everywhere. */
async function compared(sides: GraphSides, given: Given, terminal: Terminal): Promise<GraphInput> {
  const before = await readNamed(await sideOf(sides.base, terminal), given, terminal)
  const after = await readSide(await storeOfDirectory(sides.directory, terminal), terminal, given)
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

interface GraphSides {
  readonly base: string
  readonly directory: string
}

async function readNamed(side: Side, given: Given, terminal: Terminal): Promise<ReadSide> {
  if (side.kind === 'directory')
    return readSide(directoryStore({ path: side.path, naming: 'path' }), terminal, given)
  return withClone(terminal, [side], async (clone) =>
    readSide(clone.store(await commitOf(clone, side.name)), terminal, given),
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
