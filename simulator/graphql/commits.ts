import { type Commit, readCommit } from '../git/objects.ts'
import { branchTip } from '../git/references.ts'
import type { App } from '../state/app.ts'
import type { CheckRun, CheckSuite } from '../state/checks.ts'
import { nodeId } from '../state/names.ts'
import type { Repository } from '../state/repository.ts'
import { gitObject } from './git-objects.ts'
import { type Boundaries, connection, type GraphObject } from './nodes.ts'

/** Refuses with an error of the graph what a token was not granted. */
export type Permitted = (permission: string) => void

/** A branch, or null. */
export async function refObject(
  repository: Repository,
  name: string,
  permitted: Permitted,
): Promise<GraphObject | null> {
  permitted('contents')
  const sha = await branchTip(repository.directory, name)
  if (sha === undefined) return null
  const target = commitObject(repository, sha, permitted)
  return { __typename: 'Ref', id: `${nodeId('Ref', repository.id)}:${name}`, name, target }
}

interface SuitesAsked extends Boundaries {
  readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null
}

/** A commit by its id. */
export function commitObject(repository: Repository, sha: string, permitted: Permitted): GraphObject {
  const commit = async (): Promise<Commit> => {
    permitted('contents')
    const found = await readCommit(repository.directory, sha)
    if (found === undefined) throw new Error(`there is no commit ${sha}`)
    return found
  }
  const asCommit = (id: string) => commitObject(repository, id, permitted)
  return {
    __typename: 'Commit',
    id: `${nodeId('Commit', repository.id)}:${sha}`,
    oid: sha,
    tree: async () => gitObject(repository, { oid: (await commit()).tree }, asCommit),
    parents: async (asked: Boundaries) =>
      connection('parents', (await commit()).parents.map(asCommit), asked),
    checkSuites: (asked: SuitesAsked) => suitesOf(repository, sha, asked, permitted),
  }
}

function suitesOf(repository: Repository, sha: string, asked: SuitesAsked, permitted: Permitted): object {
  permitted('checks')
  const { appId, checkName } = asked.filterBy ?? {}
  const suites = repository.checkSuites
    .filter(({ headSha, app }) => headSha === sha && (appId ?? app.id) === app.id)
    .map((suite) => ({ suite, runs: repository.checkRuns.filter((run) => run.suite === suite) }))
    .filter(({ runs }) => runs.some(({ name }) => name === (checkName ?? name)))
  return connection(
    'checkSuites',
    suites.map(({ suite, runs }) => suiteObject(suite, runs)),
    asked,
  )
}

interface RunsAsked extends Boundaries {
  readonly filterBy?: {
    readonly appId?: number | null
    readonly checkName?: string | null
    readonly checkType?: 'ALL' | 'LATEST' | null
    readonly status?: string | null
  } | null
}

function suiteObject(suite: CheckSuite, all: readonly CheckRun[]): GraphObject {
  return {
    __typename: 'CheckSuite',
    id: nodeId('CheckSuite', suite.id),
    databaseId: suite.id,
    app: appObject(suite.app),
    checkRuns: (asked: RunsAsked) => runsOf(suite, all, asked),
  }
}

function appObject({ id, name }: App): GraphObject {
  return { __typename: 'App', id: nodeId('App', id), databaseId: id, name }
}

/** The most recent of each name, unless all are asked for. */
function runsOf({ app }: CheckSuite, all: readonly CheckRun[], asked: RunsAsked): object {
  const { appId, checkName, checkType, status } = asked.filterBy ?? {}
  const latest = new Map(all.map((run) => [run.name, run]))
  const runs = (checkType === 'ALL' ? all : [...latest.values()])
    .filter(({ name }) => name === (checkName ?? name) && (appId ?? app.id) === app.id)
    .filter((run) => run.status.toUpperCase() === (status ?? run.status.toUpperCase()))
  return connection('checkRuns', runs.map(runObject), asked)
}

function runObject({ id, name, status, conclusion, externalId, output }: CheckRun): GraphObject {
  return {
    __typename: 'CheckRun',
    id: nodeId('CheckRun', id),
    databaseId: id,
    name,
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    externalId,
    text: output.text,
  }
}
