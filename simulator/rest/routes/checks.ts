import { ApiError, notFound } from '../../access/api-error.ts'
import { type CheckRunInput, createCheckRun, emitCheckRun, updateCheckRun } from '../../behaviour/checks.ts'
import { settleQueues } from '../../behaviour/merge-queue.ts'
import { resolveRevision } from '../../git/references.ts'
import { presentAnnotation, presentCheckRun } from '../../present/checks.ts'
import type { App } from '../../state/app.ts'
import type { Annotation, CheckAction, CheckRun } from '../../state/checks.ts'
import { type Json, numberAt, objectAt, textAt } from '../../state/json.ts'
import {
  caller,
  callingInstallation,
  numberParameter,
  ok,
  onRepository,
  paginated,
  parameter,
  type Reply,
  type RepositoryCall,
  type Route,
} from '../call.ts'

/** Check runs are written by Apps only; users and their tokens may read them. */
function writingApp(call: RepositoryCall): App {
  const installation = callingInstallation(call)
  if (!installation) throw new ApiError(403, 'You must authenticate via a GitHub App.')
  return installation.app
}

function outputOf(body: Json): CheckRunInput['output'] {
  if (body['output'] === undefined) return undefined
  const output = objectAt(body, 'output')
  const title = textAt(output, 'title')
  const summary = textAt(output, 'summary')
  const text = textAt(output, 'text')
  return {
    ...(title === undefined ? {} : { title }),
    ...(summary === undefined ? {} : { summary }),
    ...(text === undefined ? {} : { text }),
    annotations: Array.isArray(output['annotations']) ? (output['annotations'] as Annotation[]) : [],
  }
}

function inputOf(body: Json): CheckRunInput {
  const fields = {
    name: textAt(body, 'name'),
    externalId: textAt(body, 'external_id'),
    detailsUrl: textAt(body, 'details_url'),
    status: textAt(body, 'status'),
    conclusion: textAt(body, 'conclusion'),
    startedAt: textAt(body, 'started_at'),
    completedAt: textAt(body, 'completed_at'),
    output: outputOf(body),
    actions: Array.isArray(body['actions']) ? (body['actions'] as CheckAction[]) : undefined,
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function calledRun(call: RepositoryCall): CheckRun {
  const id = numberParameter(call, 'check_run_id')
  const run = call.repository.checkRuns.find((candidate) => candidate.id === id)
  if (!run) throw notFound()
  return run
}

async function create(call: RepositoryCall): Promise<Reply> {
  const app = writingApp(call)
  const headSha = textAt(call.body, 'head_sha') ?? ''
  const run = await createCheckRun(call.world, call.repository, { app, headSha, input: inputOf(call.body) })
  await settleQueues(call.world, call.repository)
  return { status: 201, body: presentCheckRun(call.world, run) }
}

async function update(call: RepositoryCall): Promise<Reply> {
  const app = writingApp(call)
  const run = calledRun(call)
  if (run.suite.app !== app)
    throw new ApiError(
      403,
      `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`,
    )
  updateCheckRun(call.world, run, inputOf(call.body))
  await settleQueues(call.world, call.repository)
  return ok(presentCheckRun(call.world, run))
}

function latestOnly(runs: readonly CheckRun[]): CheckRun[] {
  return runs.filter(
    (run, at) =>
      !runs.some((later, place) => place > at && later.name === run.name && later.suite === run.suite),
  )
}

async function list(call: RepositoryCall): Promise<Reply> {
  const { world, repository, query } = call
  const sha = await resolveRevision(repository.directory, parameter(call, 'ref'))
  if (sha === undefined) throw new ApiError(422, `No commit found for SHA: ${parameter(call, 'ref')}`)
  const name = textAt(query, 'check_name')
  const status = textAt(query, 'status')
  const app = numberAt(query, 'app_id')
  const onCommit = repository.checkRuns.filter(({ headSha }) => headSha === sha)
  const wanted = (textAt(query, 'filter') === 'all' ? onCommit : latestOnly(onCommit)).filter(
    (run) =>
      (name === undefined || run.name === name) &&
      (status === undefined || run.status === status) &&
      (app === undefined || run.suite.app.id === app),
  )
  return paginated(call, wanted.toReversed(), {
    each: (run) => presentCheckRun(world, run),
    wrap: (page, total) => ({ total_count: total, check_runs: page }),
  })
}

function rerequest(call: RepositoryCall): Reply {
  const run = calledRun(call)
  if (run.status !== 'completed') throw new ApiError(422, 'This check run is not rerequestable')
  emitCheckRun(call.world, run, { action: 'rerequested', sender: caller(call) })
  return { status: 201, body: {} }
}

const reading = onRepository('checks', 'read')
const writing = onRepository('checks', 'write')

/** Check runs. */
export const checkRoutes: readonly Route[] = [
  writing('POST /repos/{owner}/{repo}/check-runs', create),
  writing('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', async (call) => update(call)),
  reading('GET /repos/{owner}/{repo}/check-runs/{check_run_id}', async (call) =>
    ok(presentCheckRun(call.world, calledRun(call))),
  ),
  reading('GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations', async (call) => {
    const run = calledRun(call)
    return paginated(call, run.annotations, { each: (item) => presentAnnotation(call.world, run, item) })
  }),
  writing('POST /repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest', async (call) => rerequest(call)),
  reading('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', list),
]
