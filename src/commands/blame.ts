import { type Command, Option } from 'commander'
import type { GitClone } from '../git/clone.ts'
import { rememberingStores } from '../git/remembering-stores.ts'
import type { Blame } from '../report/page/blame.ts'
import { blameLine } from '../report/page/json/blame-json.ts'
import { blameText } from '../report/page/text/blame-text.ts'
import { defaultsMeaning, defaultsOption, readGivenDefaults } from './given/given-defaults.ts'
import { withCloneIn } from './given/side.ts'
import { examples } from './help.ts'
import { branchTip } from './past/asked-range.ts'
import { type AskedSide, readAskedSide } from './past/asked-side.ts'
import { blameOf } from './past/blame-of.ts'
import { askedRequests } from './requests/asked-requests.ts'
import { fewHosts, moreHosts } from './requests/few-hosts.ts'
import { placeAndRequest } from './requests/place-and-request.ts'
import { exampleRequest, readRequestArgument } from './requests/request-argument.ts'
import { checkGateway, type RequestOptions, withRequest } from './requests/request-options.ts'
import type { End, ExitCode, Terminal } from './terminal.ts'
import { UserError } from './user-error.ts'

interface BlameOptions extends RequestOptions {
  readonly dir?: string
  readonly branch?: string
  readonly defaults?: string
  readonly all?: boolean
  readonly format: 'text' | 'json'
}

const exits = `
Exit codes:
  0  it is known since when each request is answered so
  1  the clone is shallow, and ends before that is known
  2  an option is wrong, or there is no clone
`

/** `firebreak blame`: which merge last changed who serves a request. */
export function addBlame(program: Command, terminal: Terminal, end: End): void {
  withRequest(
    program
      .command('blame')
      .description('say which merge last changed who serves a request, or what is done with it')
      .argument('[dir]', 'a clone (default: the one around the working directory)'),
  )
    .option('--dir <clone>', 'the clone, if it is not the first argument')
    .option('--branch <ref>', 'the branch that was merged into (default: origin/HEAD, else HEAD)')
    .option(defaultsOption, defaultsMeaning)
    .option('--all', 'every change, not the last one alone')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      examples({
        "firebreak blame 'GET https://shop.example/login'": 'the last merge that changed who serves it',
        'firebreak blame /login --all': 'all of them, at every host that is served here',
        'firebreak blame http://reviews/ --gateway mesh': 'a call inside the mesh',
      }) + exits,
    )
    .action(async (first: string | undefined, second: string | undefined, options: BlameOptions) => {
      const { dir, request } = argumentsOf(first, second, options)
      end(await withCloneIn(dir, terminal, (clone) => blame(request, clone, { ...options, terminal })))
    })
}

function argumentsOf(
  first: string | undefined,
  second: string | undefined,
  { dir }: BlameOptions,
): { readonly dir: string; readonly request: string } {
  const { place, request } = placeAndRequest(first, second)
  if (request === undefined)
    throw new UserError(`No request is named: write method and URL, such as ${exampleRequest}, or a path.`)
  if (place !== undefined && dir !== undefined)
    throw new UserError(`Either ${place} or --dir ${dir} can be the clone, not both.`)
  return { dir: dir ?? place ?? '.', request }
}

interface Blaming extends BlameOptions {
  readonly terminal: Terminal
}

async function blame(text: string, clone: GitClone, options: Blaming): Promise<ExitCode> {
  const { terminal, gateway, header } = options
  const { branch, commit } = await branchTip(options.branch, clone)
  const storeOf = rememberingStores(clone)
  terminal.doing(`Reading ${branch}`)
  const defaults = await readGivenDefaults(options.defaults, terminal)
  const given = { ...(defaults && { defaults }) }
  const newest = await readAskedSide(storeOf(commit), terminal, given)
  for (const each of newest.leftOut) terminal.warn(each)
  const written = { ...readRequestArgument(text, header), ...(gateway !== undefined && { gateway }) }
  const asked = askedRequests(written, newest.snapshot)
  const few = options.format === 'json' ? { shown: asked, more: 0 } : fewHosts(asked)
  const changes = options.all === true ? 'all' : 'last'
  const found = await blameOf(
    { branch, tip: commit, newest, requests: few.shown, changes },
    { clone, storeOf, given, terminal },
  )
  refuseUnknownGateway(found, newest, options)
  terminal.write(render(found, options))
  for (const line of moreHosts(few.more, exampleRequest)) terminal.write(`\n${line}\n`)
  return found.every(isKnown) ? 0 : 1
}

/** One that was there once is known, but a name with a typing error is answered by nobody at all times. */
function refuseUnknownGateway(
  found: readonly Blame[],
  { snapshot }: AskedSide,
  { gateway }: BlameOptions,
): void {
  if (found.every(({ changes }) => changes.length === 0)) checkGateway(gateway, snapshot)
}

function isKnown({ changes, beginning }: Blame): boolean {
  return changes.length > 0 || beginning?.why !== 'shallow'
}

function render(found: readonly Blame[], { format, terminal }: Blaming): string {
  return format === 'json'
    ? found.map((each) => `${blameLine(each)}\n`).join('')
    : found.map((each) => blameText(each, terminal)).join('\n')
}
