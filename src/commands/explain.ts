import { createInterface } from 'node:readline'
import { type Command, Option } from 'commander'
import { headersByName } from '../domain/match/headers-by-name.ts'
import {
  type AskedRequest,
  createExplainer,
  type Explainer,
} from '../domain/routing/explain/explain-request.ts'
import { explainLine } from '../report/page/json/explain-json.ts'
import { explainText } from '../report/page/text/explain-text.ts'
import { defaultsMeaning, defaultsOption } from './given/given-defaults.ts'
import { openGiven } from './given/given-file.ts'
import { snapshotMeaning, snapshotOption } from './given/given-snapshots.ts'
import { type GivenOptions, readDirectory } from './given/read-directory.ts'
import type { LoneSide } from './given/read-snapshot.ts'
import { examples } from './help.ts'
import { askedRequests } from './requests/asked-requests.ts'
import { fewHosts, moreHosts } from './requests/few-hosts.ts'
import { type PlaceAndRequest, placeAndRequest } from './requests/place-and-request.ts'
import { exampleRequest, readRequestArgument } from './requests/request-argument.ts'
import { readRequestLine } from './requests/request-line.ts'
import { checkGateway, type RequestOptions, withRequest } from './requests/request-options.ts'
import type { End, Terminal } from './terminal.ts'
import { causeOf, UserError } from './user-error.ts'

interface ExplainOptions extends GivenOptions, RequestOptions {
  readonly requests?: string
  readonly format: 'text' | 'json'
}

/** `firebreak explain`: who serves a request, and why not the others. */
export function addExplain(program: Command, terminal: Terminal, end: End): void {
  withRequest(
    program
      .command('explain')
      .description('say who serves a request, and why the earlier routes do not')
      .argument('[dir]', 'a directory with manifests (default: the working directory)'),
  )
    .option('--requests <file>', 'answer a file of requests, one JSON object a line')
    .option(snapshotOption, snapshotMeaning)
    .option(defaultsOption, defaultsMeaning)
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      examples({
        'firebreak explain /cart': 'a path at every host that is served here',
        "firebreak explain . 'POST https://shop.example/cart' -H 'x-beta: 1'": 'one request with a header',
        'firebreak explain . http://reviews/ --gateway mesh': 'a call inside the mesh',
      }),
    )
    .action(async (first: string | undefined, second: string | undefined, options: ExplainOptions) => {
      await explain(placeIn(first, second, options), options, terminal)
      end(0)
    })
}

/** Beside a file of requests what begins with a slash is a directory. */
function placeIn(
  first: string | undefined,
  second: string | undefined,
  { requests }: ExplainOptions,
): PlaceAndRequest {
  const isPlace = requests !== undefined && second === undefined && first?.startsWith('/') === true
  return isPlace ? { place: first } : placeAndRequest(first, second)
}

async function explain(
  { place = '.', request }: PlaceAndRequest,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<void> {
  refuseOtherThanOne(request, options)
  const side = await readDirectory(place, terminal, options)
  const explainer = createExplainer(side.snapshot.meshes, side.policy.istio)
  checkGateway(options.gateway, side.snapshot)
  if (options.requests !== undefined) await explainFile(options.requests, explainer, options, terminal)
  else if (request !== undefined) explainOne(request, { side, explainer }, options, terminal)
}

/** Either a request is asked for, or a file of them. */
function refuseOtherThanOne(request: string | undefined, { requests }: ExplainOptions): void {
  if (requests !== undefined && request !== undefined)
    throw new UserError('Either a request or --requests FILE can be asked for, not both.')
  if (requests === undefined && request === undefined)
    throw new UserError(
      `No request is named: write method and URL, such as ${exampleRequest}, a path, or --requests FILE.`,
    )
}

interface Asking {
  readonly side: LoneSide
  readonly explainer: Explainer
}

function explainOne(
  text: string,
  { side, explainer }: Asking,
  { gateway, header, format }: ExplainOptions,
  terminal: Terminal,
): void {
  const written = { ...readRequestArgument(text, header), ...(gateway !== undefined && { gateway }) }
  const all = askedRequests(written, side.snapshot)
  if (format === 'json') {
    const lines = all.flatMap((asked) => explainer.explain(asked).map((each) => explainLine(asked, each)))
    terminal.write(lines.map((line) => `${line}\n`).join(''))
    return
  }
  const few = fewHosts(all)
  const said = few.shown.map((asked) => explainText(asked, explainer.explain(asked), terminal, side.teams))
  const left = moreHosts(few.more, exampleRequest).map((line) => `${line}\n`)
  terminal.write([...said, ...left].join('\n'))
}

/** So much is written at a time: a line each would cost a system call each. */
const chunk = 1 << 16

async function explainFile(
  path: string,
  explainer: Explainer,
  { gateway }: ExplainOptions,
  terminal: Terminal,
): Promise<void> {
  const requests = await readRequests(path, terminal)
  let output = ''
  for (const asked of requests) {
    const at = asked.gateway ?? gateway ?? explainer.gatewayFor(asked)
    for (const answer of explainer.explain({
      ...asked,
      headers: headersByName(asked.headers),
      gateway: at,
    })) {
      output += `${explainLine(asked, answer)}\n`
    }
    if (output.length < chunk) continue
    terminal.write(output)
    output = ''
  }
  terminal.write(output)
}

/** All of them before the first answer: a mistake in the last line must not be found after half of the output. */
async function readRequests(path: string, terminal: Terminal): Promise<readonly AskedRequest[]> {
  const requests: AskedRequest[] = []
  let number = 0
  try {
    const input = await openGiven(path, terminal)
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1
      if (line.trim() === '') continue
      const read = readRequestLine(number === 1 ? line.replace(/^\uFEFF/, '') : line)
      if ('mistake' in read) throw new UserError(`--requests ${path}, line ${number}: ${read.mistake}.`)
      requests.push(read)
    }
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`--requests ${path} cannot be read: ${causeOf(error)}.`)
  }
  return requests
}
