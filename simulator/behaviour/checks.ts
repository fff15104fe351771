import { ApiError, invalidField } from '../access/api-error.ts'
import { readCommit } from '../git/objects.ts'
import { resolveRevision } from '../git/references.ts'
import { presentCheckRun, presentCheckSuite } from '../present/checks.ts'
import { presentHeadCommit } from '../present/git.ts'
import type { Account } from '../state/accounts.ts'
import type { App } from '../state/app.ts'
import type { Annotation, CheckAction, CheckOutput, CheckRun, CheckSuite } from '../state/checks.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { emit } from './events.ts'

/** A new check run, or what changes in one. */
export interface CheckRunInput {
  readonly name?: string
  readonly externalId?: string
  readonly detailsUrl?: string
  readonly status?: string
  readonly conclusion?: string
  readonly startedAt?: string
  readonly completedAt?: string
  readonly output?: CheckOutput & { readonly annotations?: readonly Annotation[] }
  readonly actions?: readonly CheckAction[]
}

const longestText = 65_535
const longestMessage = 64 * 1024
/** GitHub deletes the oldest beyond this ("Checks" in the REST guides). */
const runsOfOneName = 1000

function refuse(field: string, message: string): never {
  throw invalidField('CheckRun', field, message)
}

function checkAnnotation(annotation: Annotation): void {
  const { start_line: start, end_line: end } = annotation
  if (start < 1 || end < start) refuse('annotations', 'start_line must be positive and not after end_line')
  const columns = annotation.start_column !== undefined || annotation.end_column !== undefined
  if (columns && start !== end)
    refuse('annotations', 'columns are allowed only where start_line equals end_line')
  if (Buffer.byteLength(annotation.message) > longestMessage) refuse('annotations', 'message is too long')
  if (Buffer.byteLength(annotation.raw_details ?? '') > longestMessage)
    refuse('annotations', 'raw_details is too long')
  if ([...(annotation.title ?? '')].length > 255) refuse('annotations', 'title is too long')
}

function checkOutput(output: CheckRunInput['output']): void {
  if (!output) return
  if (output.title === undefined) refuse('output', 'title is missing')
  if (output.summary === undefined) refuse('output', 'summary is missing')
  for (const field of ['summary', 'text'] as const) {
    if ([...(output[field] ?? '')].length > longestText)
      refuse(
        field,
        `Only ${longestText} characters are allowed; ${[...(output[field] ?? '')].length} were supplied.`,
      )
  }
  const annotations = output.annotations ?? []
  if (annotations.length > 50)
    refuse('annotations', `Only 50 annotations are allowed; ${annotations.length} were supplied.`)
  for (const annotation of annotations) checkAnnotation(annotation)
}

function checkActions(actions: readonly CheckAction[]): void {
  if (actions.length > 3) refuse('actions', 'Only 3 actions are allowed')
  for (const { label, description, identifier } of actions) {
    if (label.length > 20) refuse('actions', 'label is too long (maximum is 20 characters)')
    if (description.length > 40) refuse('actions', 'description is too long (maximum is 40 characters)')
    if (identifier.length > 20) refuse('actions', 'identifier is too long (maximum is 20 characters)')
  }
}

/** The rules that GitHub's description leaves out (REST reference, "Check runs"). */
function checkInput(input: CheckRunInput): void {
  checkOutput(input.output)
  checkActions(input.actions ?? [])
  if (input.conclusion === 'stale') refuse('conclusion', 'stale is set by GitHub alone')
  const completes = input.status === 'completed' || input.completedAt !== undefined
  if (completes && input.conclusion === undefined)
    refuse('conclusion', 'is required when the run is completed')
  if (['waiting', 'requested', 'pending'].includes(input.status ?? ''))
    refuse('status', 'is reserved for GitHub Actions')
}

/** The suite of an App on a commit; there is one. */
export function suiteFor(
  world: World,
  repository: Repository,
  of: { readonly app: App; readonly sha: string; readonly branch: string | null },
): CheckSuite {
  const known = repository.checkSuites.find((suite) => suite.app === of.app && suite.headSha === of.sha)
  if (known) return known
  const suite: CheckSuite = {
    id: world.nextId(),
    app: of.app,
    headSha: of.sha,
    headBranch: of.branch,
    createdAt: world.now(),
  }
  repository.checkSuites.push(suite)
  return suite
}

function apply(world: World, run: CheckRun, input: CheckRunInput): void {
  checkInput(input)
  const { annotations = [], ...output } = input.output ?? {}
  run.annotations.push(...annotations)
  run.output = { ...run.output, ...output }
  run.name = input.name ?? run.name
  run.externalId = input.externalId ?? run.externalId
  if (input.detailsUrl !== undefined) run.detailsUrl = input.detailsUrl
  run.actions = input.actions ?? run.actions
  run.startedAt = input.startedAt ?? run.startedAt
  if (input.conclusion !== undefined) {
    run.status = 'completed'
    run.conclusion = input.conclusion
    run.completedAt = input.completedAt ?? world.now()
  } else if (input.status === 'queued' || input.status === 'in_progress') {
    run.status = input.status
    delete run.conclusion
    delete run.completedAt
  }
}

/** Creates a check run on a commit that the repository knows. */
export async function createCheckRun(
  world: World,
  repository: Repository,
  given: { readonly app: App; readonly headSha: string; readonly input: CheckRunInput },
): Promise<CheckRun> {
  const sha = await resolveRevision(repository.directory, given.headSha)
  if (sha === undefined) throw new ApiError(422, `No commit found for SHA: ${given.headSha}`)
  const branch = repository.pulls.find(({ head }) => head.sha === sha && head.repository === repository)
  const suite = suiteFor(world, repository, { app: given.app, sha, branch: branch?.head.ref ?? null })
  const run: CheckRun = {
    id: world.nextId(),
    suite,
    repository,
    headSha: sha,
    annotations: [],
    name: '',
    externalId: '',
    status: 'queued',
    startedAt: world.now(),
    output: {},
    actions: [],
  }
  apply(world, run, given.input)
  repository.checkRuns.push(run)
  forgetOldest(repository, run)
  emitCheckRun(world, run, { action: 'created', sender: given.app.bot })
  if (run.status === 'completed') emitCheckRun(world, run, { action: 'completed', sender: given.app.bot })
  return run
}

function forgetOldest(repository: Repository, run: CheckRun): void {
  const same = repository.checkRuns.filter(({ suite, name }) => suite === run.suite && name === run.name)
  const [oldest] = same
  if (oldest && same.length > runsOfOneName)
    repository.checkRuns.splice(repository.checkRuns.indexOf(oldest), 1)
}

/** Changes a check run; annotations are added to those it has. */
export function updateCheckRun(world: World, run: CheckRun, input: CheckRunInput): void {
  const before = run.status
  apply(world, run, input)
  if (before !== 'completed' && run.status === 'completed')
    emitCheckRun(world, run, { action: 'completed', sender: run.suite.app.bot })
}

/** Tells the App about a run; re-runs and buttons concern the run's own App alone. */
export function emitCheckRun(
  world: World,
  run: CheckRun,
  what: { readonly action: string; readonly sender: Account; readonly identifier?: string },
): void {
  const own = what.action !== 'rerequested' && what.action !== 'requested_action'
  if (!own && run.suite.app !== world.app) return
  emit(world, {
    event: 'check_run',
    action: what.action,
    repository: run.repository,
    sender: what.sender,
    payload: {
      check_run: {
        ...presentCheckRun(world, run),
        check_suite: presentCheckSuite(world, run.repository, run.suite),
      },
      ...(what.identifier === undefined ? {} : { requested_action: { identifier: what.identifier } }),
    },
  })
}

/** Tells the App about a suite: asked for on a push, asked for again by a person. */
export async function emitCheckSuite(
  world: World,
  repository: Repository,
  what: {
    readonly suite: CheckSuite
    readonly action: 'requested' | 'rerequested'
    readonly sender: Account
  },
): Promise<void> {
  const { suite, action, sender } = what
  if (suite.app !== world.app) return
  const commit = await readCommit(repository.directory, suite.headSha)
  const shown = presentCheckSuite(world, repository, suite)
  const payload = { check_suite: { ...shown, head_commit: commit ? presentHeadCommit(commit) : null } }
  emit(world, { event: 'check_suite', action, repository, sender, payload })
}

/** Whether a run lets a required check pass: GitHub accepts success, neutral and skipped. */
export function isPassing(run: CheckRun | undefined): boolean {
  return run?.status === 'completed' && ['success', 'neutral', 'skipped'].includes(run.conclusion ?? '')
}
