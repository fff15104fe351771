import type { Annotation, CheckRun, CheckSuite } from '../state/checks.ts'
import type { Json } from '../state/json.ts'
import { nodeId } from '../state/names.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { presentApp } from './accounts.ts'
import { repositoryPage, repositoryUrl } from './repository.ts'

function side(world: World, repository: Repository, at: { ref: string; sha: string }): Json {
  return {
    ref: at.ref,
    sha: at.sha,
    repo: { id: repository.id, url: repositoryUrl(world, repository), name: repository.name },
  }
}

function presentMinimalPull(world: World, pull: PullRequest): Json {
  return {
    id: pull.id,
    number: pull.number,
    url: `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`,
    head: side(world, pull.head.repository, pull.head),
    base: side(world, pull.repository, pull.base),
  }
}

/** The open pull requests whose head a check run is on; GitHub never names those from forks. */
function pullsOfCommit(repository: Repository, sha: string): PullRequest[] {
  return repository.pulls.filter(
    (pull) => pull.state === 'open' && pull.head.sha === sha && pull.head.repository === repository,
  )
}

/** A check run as the REST API shows it. */
export function presentCheckRun(world: World, run: CheckRun): Json {
  const url = `${repositoryUrl(world, run.repository)}/check-runs/${run.id}`
  return {
    id: run.id,
    node_id: nodeId('CheckRun', run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${repositoryPage(world, run.repository)}/runs/${run.id}`,
    details_url: run.detailsUrl ?? world.origin,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt,
    completed_at: run.completedAt ?? null,
    output: {
      title: run.output.title ?? null,
      summary: run.output.summary ?? null,
      text: run.output.text ?? null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: presentApp(world, run.suite.app),
    pull_requests: pullsOfCommit(run.repository, run.headSha).map((pull) => presentMinimalPull(world, pull)),
  }
}

/** An annotation as the REST API lists it. */
export function presentAnnotation(world: World, run: CheckRun, annotation: Annotation): Json {
  return {
    path: annotation.path,
    blob_href: `${repositoryPage(world, run.repository)}/blob/${run.headSha}/${annotation.path.split('/').map(encodeURIComponent).join('/')}`,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  }
}

/** A check suite as webhooks carry it. */
export function presentCheckSuite(world: World, repository: Repository, suite: CheckSuite): Json {
  const runs = repository.checkRuns.filter((run) => run.suite === suite)
  const done = runs.length > 0 && runs.every(({ status }) => status === 'completed')
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: done ? 'completed' : 'queued',
    conclusion: done
      ? (runs.find(({ conclusion }) => conclusion !== 'success')?.conclusion ?? 'success')
      : null,
    url: `${repositoryUrl(world, repository)}/check-suites/${suite.id}`,
    before: null,
    after: suite.headSha,
    pull_requests: pullsOfCommit(repository, suite.headSha).map((pull) => presentMinimalPull(world, pull)),
    app: presentApp(world, suite.app),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
    latest_check_runs_count: runs.length,
    check_runs_url: `${repositoryUrl(world, repository)}/check-suites/${suite.id}/check-runs`,
  }
}
