import { queuedOn } from '../github/checks/queue-branch.ts'
import { type Format, formats } from './print-check.ts'
import { UserError } from './user-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** From which conclusion on the step fails. */
const failing = ['action_required', 'failure', 'never'] as const

/** What a workflow says under `with:`; '' where it says nothing. */
export interface ActionInputs {
  readonly base: string
  readonly head: string
  readonly author: string
  /** A file with the members of teams. */
  readonly members: string
  readonly token: string
  readonly format: Format
  readonly failOn: (typeof failing)[number]
}

/** What the runner hands on of the event that began the workflow. */
export interface ActionEvent {
  readonly name: string
  readonly payload: unknown
}

/** One side by its name. What the event names is a ref, whatever directory of that name lies in the proposal. */
interface Named {
  readonly name: string
  readonly isRef: boolean
}

/** What the event says of it. */
interface Said {
  readonly base?: string
  readonly head?: string
  readonly pull?: number
}

/** What is to be judged, and who took part as far as the event says. */
export interface Asked {
  readonly base: Named
  readonly head: Named
  readonly author?: string
  readonly pull?: number
  /** The head is what a merge queue has made of the pull request. */
  readonly queued?: boolean
}

/** The runner gives inputs as variables, in capitals and with their hyphens. */
export function readInputs(environment: Environment): ActionInputs {
  const text = (name: string) => (environment[`INPUT_${name.toUpperCase()}`] ?? '').trim()
  return {
    ...{ base: text('base'), head: text('head'), author: text('author') },
    ...{ members: text('members'), token: text('token') },
    format: oneOf('format', text('format') || 'html', formats),
    failOn: oneOf('fail-on', text('fail-on') || 'action_required', failing),
  }
}

function oneOf<T extends string>(name: string, written: string, choices: readonly T[]): T {
  const chosen = choices.find((each) => each === written)
  if (chosen === undefined) throw new UserError(`The input ${name} must be one of ${choices.join(', ')}.`)
  return chosen
}

/** Nobody can have this account: whoever is not known has not consented, and those who must are waited for. */
const nobodyKnown = 'ghost'

const noCommit = /^0+$/

/**
 * Inputs stand before what the event says. Who opened a pull request need not have pushed all of it: that GitHub tells, or nobody is
 * taken for its author.
 */
export function askedBy(inputs: ActionInputs, event: ActionEvent): Asked {
  const said = saidBy(event)
  const base = named(inputs.base, said?.base)
  const head = named(inputs.head, said?.head)
  if (base === undefined || head === undefined)
    throw new UserError(`An event ${event.name} does not say what to compare: give the inputs base and head.`)
  if (inputs.author !== '') return { base, head, author: inputs.author }
  const pull = inputs.token === '' ? undefined : said?.pull
  return {
    base,
    head,
    ...(pull === undefined ? { author: nobodyKnown } : { pull, queued: event.name === 'merge_group' }),
  }
}

function named(input: string, said: string | undefined): Named | undefined {
  if (input !== '') return { name: input, isRef: false }
  return said === undefined ? undefined : { name: said, isRef: true }
}

function saidBy({ name, payload }: ActionEvent): Said | undefined {
  switch (name) {
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
      return saidByPullRequest(payload)
    case 'merge_group':
      return saidByMergeGroup(payload)
    case 'push':
      return saidByPush(payload)
    default:
      return undefined
  }
}

/** The tip of the base branch as it was fetched: the commit of the event is older. */
function saidByPullRequest(payload: unknown): Said {
  const branch = textAt(payload, 'pull_request', 'base', 'ref')
  const head = textAt(payload, 'pull_request', 'head', 'sha')
  const pull = at(payload, 'pull_request', 'number')
  return {
    ...(branch !== undefined && { base: `refs/remotes/origin/${branch}` }),
    ...(head !== undefined && { head }),
    ...(typeof pull === 'number' && { pull }),
  }
}

/** The commit that the queue has made against its parent. */
function saidByMergeGroup(payload: unknown): Said {
  const base = textAt(payload, 'merge_group', 'base_sha')
  const head = textAt(payload, 'merge_group', 'head_sha')
  const pull = queuedOn(textAt(payload, 'merge_group', 'head_ref') ?? '')
  return {
    ...(base !== undefined && { base }),
    ...(head !== undefined && { head }),
    ...(pull !== undefined && { pull }),
  }
}

/** Of a new branch there is nothing before: it is compared with the default one. Who pushed may only have pressed the button: nobody's consent is known here. */
function saidByPush(payload: unknown): Said {
  const before = textAt(payload, 'before') ?? ''
  const after = textAt(payload, 'after')
  const trunk = textAt(payload, 'repository', 'default_branch') ?? 'HEAD'
  return {
    base: noCommit.test(before) ? `refs/remotes/origin/${trunk}` : before,
    ...(after !== undefined && !noCommit.test(after) && { head: after }),
  }
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (each, key) =>
      typeof each === 'object' && each !== null ? (each as Record<string, unknown>)[key] : undefined,
    value,
  )
}

function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys)
  return typeof found === 'string' && found !== '' ? found : undefined
}
