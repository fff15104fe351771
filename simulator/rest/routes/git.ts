import { ApiError, notFound } from '../../access/api-error.ts'
import { diffFiles } from '../../git/diff.ts'
import { commitsBetween, mergeBase } from '../../git/history.ts'
import { type Commit, readBlob, readCommit, readTree, type TreeEntry } from '../../git/objects.ts'
import { listReferences, resolveRevision } from '../../git/references.ts'
import { presentCommit, presentFile, presentGitCommit, presentReference } from '../../present/git.ts'
import { presentPullRequest } from '../../present/pull-request.ts'
import { repositoryPage, repositoryUrl } from '../../present/repository.ts'
import { type Json, numberAt } from '../../state/json.ts'
import {
  ok,
  onRepository,
  paginated,
  parameter,
  type Reply,
  type RepositoryCall,
  type Route,
} from '../call.ts'

function presentEntry(call: RepositoryCall, entry: TreeEntry): Json {
  const kind = entry.type === 'tree' ? 'trees' : 'blobs'
  const url = `${repositoryUrl(call.world, call.repository)}/git/${kind}/${entry.sha}`
  return { ...entry, ...(entry.type === 'commit' ? {} : { url }) }
}

/** Any value of `recursive`, even 0, turns it on; beyond the limit the list is cut and says so. */
async function readTreeOf(call: RepositoryCall): Promise<Json> {
  const { world, repository } = call
  const tree = await resolveRevision(repository.directory, parameter(call, 'tree_sha'), 'tree')
  if (tree === undefined) throw notFound()
  const recursive = call.url.searchParams.has('recursive')
  const entries = await readTree(repository.directory, tree, recursive ? 'recursive' : 'flat')
  const limit = recursive ? world.limits.treeEntries : entries.length
  return {
    sha: tree,
    url: `${repositoryUrl(world, repository)}/git/trees/${tree}`,
    truncated: entries.length > limit,
    tree: entries.slice(0, limit).map((entry) => presentEntry(call, entry)),
  }
}

async function readBlobOf(call: RepositoryCall): Promise<Reply> {
  const sha = parameter(call, 'file_sha')
  const bytes = /^[0-9a-f]{40}$/.test(sha) ? await readBlob(call.repository.directory, sha) : undefined
  if (bytes === undefined) throw notFound()
  if (call.accept.includes('raw')) return { status: 200, raw: { type: 'application/vnd.github.raw', bytes } }
  return ok({
    sha,
    node_id: Buffer.from(`Blob:${sha}`).toString('base64'),
    size: bytes.length,
    url: `${repositoryUrl(call.world, call.repository)}/git/blobs/${sha}`,
    content: bytes.toString('base64').replace(/(.{60})/g, '$1\n'),
    encoding: 'base64',
  })
}

async function existingCommit(call: RepositoryCall, revision: string): Promise<Commit> {
  const commit = await readCommit(call.repository.directory, revision)
  if (!commit) throw new ApiError(422, `No commit found for SHA: ${revision}`)
  return commit
}

async function readReference(call: RepositoryCall): Promise<Json> {
  const name = `refs/${parameter(call, 'ref').replace(/^refs\//, '')}`
  const sha = await resolveRevision(call.repository.directory, name)
  if (sha === undefined) throw notFound()
  return presentReference(call.world, call.repository, { name, sha })
}

async function readCommitWithFiles(call: RepositoryCall): Promise<Json> {
  const { world, repository } = call
  const commit = await existingCommit(call, parameter(call, 'ref'))
  const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
  const files = await diffFiles(
    repository.directory,
    { from: commit.parents[0] ?? emptyTree, to: commit.sha },
    world.limits,
  )
  const sum = (field: 'additions' | 'deletions') => files.reduce((total, file) => total + file[field], 0)
  const stats = { additions: sum('additions'), deletions: sum('deletions') }
  return {
    ...presentCommit(world, repository, commit),
    stats: { ...stats, total: stats.additions + stats.deletions },
    files: files
      .slice(0, world.limits.pullRequestFiles)
      .map((file) => presentFile(world, { repository, commit: commit.sha }, file)),
  }
}

async function compareEnds(call: RepositoryCall): Promise<{ base: Commit; head: Commit; fork: Commit }> {
  const [from = '', to = ''] = parameter(call, 'basehead').split('...')
  const strip = (name: string) => name.replace(/^[^:/]+:/, '')
  const [base, head] = await Promise.all([
    readCommit(call.repository.directory, strip(from)),
    readCommit(call.repository.directory, strip(to)),
  ])
  if (!base || !head) throw notFound()
  const sha = await mergeBase(call.repository.directory, base.sha, head.sha)
  const fork = sha && (await readCommit(call.repository.directory, sha))
  if (!fork) throw new ApiError(404, `No common ancestor between ${from} and ${to}.`)
  return { base, head, fork }
}

function comparisonStatus(ahead: number, behind: number): string {
  if (ahead === 0) return behind === 0 ? 'identical' : 'behind'
  return behind === 0 ? 'ahead' : 'diverged'
}

async function compare(call: RepositoryCall): Promise<Reply> {
  const { world, repository } = call
  const { base, head, fork } = await compareEnds(call)
  const [commits, behind] = await Promise.all([
    commitsBetween(repository.directory, base.sha, head.sha),
    commitsBetween(repository.directory, head.sha, base.sha),
  ])
  const page = numberAt(call.query, 'page') ?? 1
  const size =
    call.query['per_page'] === undefined && call.query['page'] === undefined
      ? 250
      : Math.min(100, numberAt(call.query, 'per_page') ?? 30)
  const files =
    page > 1 ? [] : await diffFiles(repository.directory, { from: fork.sha, to: head.sha }, world.limits)
  const url = `${repositoryUrl(world, repository)}/compare/${base.sha}...${head.sha}`
  const html = `${repositoryPage(world, repository)}/compare/${base.sha}...${head.sha}`
  return ok({
    url,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: presentCommit(world, repository, base),
    merge_base_commit: presentCommit(world, repository, fork),
    status: comparisonStatus(commits.length, behind.length),
    ahead_by: commits.length,
    behind_by: behind.length,
    total_commits: commits.length,
    commits: commits
      .slice((page - 1) * size, page * size)
      .map((commit) => presentCommit(world, repository, commit)),
    ...(page > 1
      ? {}
      : {
          files: files
            .slice(0, world.limits.compareFiles)
            .map((file) => presentFile(world, { repository, commit: head.sha }, file)),
        }),
  })
}

/** The open pull requests whose head is a commit, and those that brought it into the base branch. */
function listPullsOfCommit(call: RepositoryCall): Reply {
  const sha = parameter(call, 'commit_sha')
  const queued = call.repository.queue.filter(({ head }) => head === sha).map(({ pull }) => pull)
  const pulls = call.repository.pulls.filter(({ head, merged }) => head.sha === sha || merged?.commit === sha)
  return paginated(call, [...new Set([...queued, ...pulls])], {
    each: (pull) => presentPullRequest(call.world, pull),
  })
}

const contents = onRepository('contents', 'read')

/** The Git database. */
export const gitRoutes: readonly Route[] = [
  contents('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', async (call) => ok(await readTreeOf(call))),
  contents('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', readBlobOf),
  contents('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', async (call) => {
    const commit = await readCommit(call.repository.directory, parameter(call, 'commit_sha'))
    if (!commit) throw notFound()
    return ok(presentGitCommit(call.world, call.repository, commit))
  }),
  contents('GET /repos/{owner}/{repo}/git/ref/{ref}', async (call) => ok(await readReference(call))),
  contents('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', async (call) => {
    const found = listReferences(call.repository.directory, `refs/${parameter(call, 'ref')}`)
    return paginated(call, found, {
      each: (reference) => presentReference(call.world, call.repository, reference),
    })
  }),
  contents('GET /repos/{owner}/{repo}/commits/{ref}', async (call) => ok(await readCommitWithFiles(call))),
  contents('GET /repos/{owner}/{repo}/compare/{basehead}', compare),
  onRepository('pull_requests', 'read')('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', (call) =>
    listPullsOfCommit(call),
  ),
]
