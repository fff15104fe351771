import { type Command, Option } from 'commander'
import { budgets } from '../domain/budgets.ts'
import type { AskedRequest } from '../domain/routing/explain/explain-request.ts'
import type { GitClone } from '../git/clone.ts'
import type { FileStore } from '../git/file-store.ts'
import { rememberingStores } from '../git/remembering-stores.ts'
import {
  type AnswersThen,
  type Blame,
  type BlamedChange,
  blameLine,
  keyOfAnswers,
} from '../report/page/blame.ts'
import { blameText } from '../report/page/text/blame-text.ts'
import { defaultsMeaning, defaultsOption, readGivenDefaults } from './given/given-defaults.ts'
import type { Given } from './given/read-snapshot.ts'
import { withCloneIn } from './given/side.ts'
import { examples } from './help.ts'
import { type AskedSide, answersOf, readAskedSide } from './past/answers-at.ts'
import { branchTip } from './past/asked-range.ts'
import { beginningAt, dayOf, readPastCommit, timeOf } from './past/past-commit.ts'
import { createTouching } from './past/touching.ts'
import { type Beginning, type Turn, turnsOf } from './past/turns-of.ts'
import { askedRequests } from './requests/asked-requests.ts'
import { looksLikeRequest, readRequestArgument } from './requests/request-argument.ts'
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
      const { dir, request } = argumentsOf([first, second], options)
      end(await withCloneIn(dir, terminal, (clone) => blame(request, clone, { ...options, terminal })))
    })
}

function argumentsOf(
  [first, second]: readonly (string | undefined)[],
  { dir }: BlameOptions,
): { readonly dir: string; readonly request: string } {
  const request = second ?? (first !== undefined && looksLikeRequest(first) ? first : undefined)
  if (request === undefined)
    throw new UserError(
      "No request is named: write method and URL, such as 'GET https://shop.example/cart', or a path.",
    )
  if (second !== undefined && dir !== undefined)
    throw new UserError(`Either ${first} or --dir ${dir} can be the clone, not both.`)
  return { dir: dir ?? (second === undefined ? '.' : (first ?? '.')), request }
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
  const asked = askedRequests(written, newest.side.snapshot)
  const requests = options.format === 'json' ? asked : asked.slice(0, budgets.askedHosts.size)
  const found = await follow(
    { tip: { branch, commit }, requests, newest },
    { clone, storeOf, given, ...options },
  )
  refuseUnknownGateway(found, newest, options)
  terminal.write(render(found, options))
  const more = asked.length - requests.length
  if (more > 0) terminal.write(`\n${more} more hosts: name one, such as 'GET https://shop.example/cart'.\n`)
  return found.every(isKnown) ? 0 : 1
}

/** One that was there once is known, but a name with a typing error is answered by nobody at all times. */
function refuseUnknownGateway(found: readonly Blame[], { side }: AskedSide, { gateway }: BlameOptions): void {
  if (found.every(({ changes }) => changes.length === 0)) checkGateway(gateway, side.snapshot)
}

function isKnown({ changes, beginning }: Blame): boolean {
  return changes.length > 0 || beginning?.why !== 'shallow'
}

function render(found: readonly Blame[], { format, terminal }: Blaming): string {
  return format === 'json'
    ? found.map((each) => `${blameLine(each)}\n`).join('')
    : found.map((each) => blameText(each, terminal)).join('\n')
}

interface Followed {
  readonly tip: { readonly branch: string; readonly commit: string }
  readonly requests: readonly AskedRequest[]
  readonly newest: AskedSide
}

interface Following extends Blaming {
  readonly clone: GitClone
  readonly storeOf: (sha: string) => FileStore
  readonly given: Pick<Given, 'defaults'>
}

type Answers = readonly AnswersThen[]

/** Goes back until of each request the last change is known, or to the beginning where all are wanted. */
async function follow({ tip, requests, newest }: Followed, following: Following): Promise<readonly Blame[]> {
  const { clone, storeOf, given, terminal } = following
  const now = answersOf(newest, requests)
  const changes: BlamedChange[][] = requests.map(() => [])
  let beginning: Blame['beginning']
  const isDone = () => following.all !== true && changes.every(({ length }) => length > 0)
  const turns = turnsOf(now, {
    steps: toldSteps(clone, tip.commit, terminal),
    touching: createTouching(storeOf, { charts: true, ...given }),
    stateAt: async (sha) => answersOf(await readAskedSide(storeOf(sha), terminal, given), requests),
    isSame: (before, after) => before.every((each, at) => isSameAnswer(each, after[at])),
  })
  for await (const turn of turns) {
    if (turn.kind === 'beginning') beginning = await beginningOf(turn, clone)
    else await addTurn(turn, changes, following)
    if (isDone()) break
  }
  return requests.map((request, at) => ({
    request,
    branch: tip.branch,
    tip: tip.commit,
    now: now[at] ?? { answers: [], teams: () => undefined, leftOut: [] },
    changes: changes[at] ?? [],
    ...(beginning && { beginning }),
  }))
}

async function* toldSteps(clone: GitClone, tip: string, terminal: Terminal) {
  let count = 0
  for await (const step of clone.history.steps({ tip })) {
    terminal.doing(`Looking at ${step.sha.slice(0, 10)} of ${dayOf(step)}, ${count} steps back`)
    yield step
    count += 1
  }
}

function isSameAnswer(before: AnswersThen, after: AnswersThen | undefined): boolean {
  return after !== undefined && keyOfAnswers(before) === keyOfAnswers(after)
}

async function beginningOf({ step }: Beginning<Answers>, clone: GitClone): Promise<Blame['beginning']> {
  return { ...(await beginningAt(step, clone.history)), at: timeOf(step) }
}

async function addTurn(
  { step, base, before, after }: Turn<Answers>,
  changes: readonly BlamedChange[][],
  { clone, all }: Following,
): Promise<void> {
  const commit = await readPastCommit(step, base, clone.history)
  for (const [at, known] of changes.entries()) {
    const [was, is] = [before[at], after[at]]
    if (was === undefined || is === undefined || isSameAnswer(was, is)) continue
    if (all === true || known.length === 0) known.push({ commit, before: was, after: is })
  }
}
