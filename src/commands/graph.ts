import { type Command, Option } from 'commander'
import { compare } from '../domain/diff/compare.ts'
import { beyondGit } from '../domain/policy/beyond-git.ts'
import { externalNames } from '../domain/policy/configuration/external-names.ts'
import { meshesUnder } from '../domain/policy/configuration/path-rules.ts'
import { assertNever } from '../domain/source/assert-never.ts'
import { visibleJson } from '../domain/words/visible.ts'
import { pageTools } from '../page-script.ts'
import { graphDot, graphJson, graphMermaid } from '../report/page/graph.ts'
import type { GraphInput } from '../report/page/graph-model.ts'
import { graphSvg } from '../report/page/graph-svg.ts'
import type { Sides } from '../report/page/sides/written-sides.ts'
import { type TeamNames, teamNames } from '../report/sentences/requests/team-names.ts'
import { defaultsMeaning, defaultsOption } from './given/given-defaults.ts'
import { type GivenOptions, readDirectory, readGiven, storeOfDirectory } from './given/read-directory.ts'
import { type Given, type ReadSide, readSide } from './given/read-snapshot.ts'
import { commitOf, directoryStore, type Side, sideOf, withClone } from './given/side.ts'
import { examples } from './help.ts'
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
      const drawn =
        base === undefined
          ? await alone(directory, given, terminal)
          : await compared({ base, directory }, await readGiven(given, terminal), terminal)
      terminal.write(await draw(drawn, format))
      end(0)
    })
}

/** What is drawn, and how the teams in it are called. */
interface Drawn {
  readonly input: GraphInput & Sides
  readonly teams: TeamNames
}

async function alone(directory: string, given: GivenOptions, terminal: Terminal): Promise<Drawn> {
  const { snapshot, policy, teams } = await readDirectory(directory, terminal, given)
  const { istio, complete } = policy
  const input = { merged: snapshot, settings: istio, complete, isExternal: externalNames(policy) }
  return { input, teams }
}

/** Configuration, meshes and owners are the base side's, as everywhere. */
async function compared(sides: GraphSides, given: Given, terminal: Terminal): Promise<Drawn> {
  const before = await readNamed(await sideOf(sides.base, terminal), given, terminal)
  const after = await readSide(await storeOfDirectory(sides.directory, terminal), terminal, given)
  const known = beyondGit({
    base: before.manifests,
    merged: after.manifests,
    meshOf: meshesUnder(before.policy, before.manifests).meshOf,
    policy: before.policy,
    snapshots: { base: before.snapshots, merged: after.snapshots },
  })
  const { ownership } = before
  const input = compare(known.base, known.merged, {
    settings: before.policy.istio,
    complete: before.policy.complete,
    isExternal: externalNames(before.policy),
    ownership,
    meshOf: known.meshOf,
  })
  const objects = [...known.base.virtualServices, ...known.merged.virtualServices]
  return { input, teams: teamNames(ownership, objects) }
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

async function draw({ input: sides, teams }: Drawn, format: GraphOptions['format']): Promise<string> {
  const input = { ...sides, teams }
  switch (format) {
    case 'mermaid':
      return mermaid(input)
    case 'dot':
      return graphDot(input)
    case 'svg':
      return graphSvg(input)
    case 'html':
      return page({ input, teams })
    case 'json':
      return `${visibleJson(graphJson(input), 2)}\n`
    default:
      return assertNever(format)
  }
}

/** Loaded where it is asked for: what lays a page out is needed by nothing else. */
async function page({ input, teams }: Drawn): Promise<string> {
  const [{ graphHtml }, tools] = await Promise.all([
    import('../report/page/graph/graph-page.ts'),
    pageTools(),
  ])
  return graphHtml(input, teams, tools)
}

/** A graph without nodes is still a graph. */
function mermaid(input: GraphInput): string {
  const { lines } = graphMermaid(input, 'all')
  return `${(lines.length === 0 ? ['graph LR'] : lines).join('\n')}\n`
}
