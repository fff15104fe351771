import type { ChangedFile } from '../git/diff.ts'
import type { Commit, Signature } from '../git/objects.ts'
import type { Json } from '../state/json.ts'
import { nodeId } from '../state/names.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { presentUser } from './accounts.ts'
import { repositoryPage, repositoryUrl } from './repository.ts'

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null }

function account(world: World, signature: Signature): Json | null {
  const login = /^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(signature.email)?.[1]
  const known = login === undefined ? undefined : world.accounts.get(login.toLowerCase())
  return known ? presentUser(world, known) : null
}

/** A commit with GitHub's accounts beside Git's names. */
export function presentCommit(world: World, repository: Repository, commit: Commit): Json {
  const url = repositoryUrl(world, repository)
  const page = repositoryPage(world, repository)
  return {
    sha: commit.sha,
    node_id: Buffer.from(`Commit:${commit.sha}`).toString('base64'),
    url: `${url}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    commit: {
      url: `${url}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      verification: unsigned,
    },
    author: account(world, commit.author),
    committer: account(world, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
  }
}

/** A commit of the Git database: Git's own fields only. */
export function presentGitCommit(world: World, repository: Repository, commit: Commit): Json {
  const url = repositoryUrl(world, repository)
  const page = repositoryPage(world, repository)
  return {
    sha: commit.sha,
    node_id: Buffer.from(`Commit:${commit.sha}`).toString('base64'),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/git/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
    verification: unsigned,
  }
}

/** A commit as webhooks carry it beside a suite or a merge group. */
export function presentHeadCommit(commit: Commit): Json {
  const { name, email } = commit.author
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name, email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  }
}

/** A changed file of a pull request, a comparison or a commit. */
export function presentFile(
  world: World,
  at: { readonly repository: Repository; readonly commit: string },
  file: ChangedFile,
): Json {
  const page = repositoryPage(world, at.repository)
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${at.commit}/${path}`,
    raw_url: `${page}/raw/${at.commit}/${path}`,
    contents_url: `${repositoryUrl(world, at.repository)}/contents/${path}?ref=${at.commit}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  }
}

/** A branch, tag or pull request reference. */
export function presentReference(
  world: World,
  repository: Repository,
  reference: { readonly name: string; readonly sha: string },
): Json {
  const url = repositoryUrl(world, repository)
  return {
    ref: reference.name,
    node_id: nodeId(`Ref:${reference.name}`, repository.id),
    url: `${url}/git/${reference.name.split('/').map(encodeURIComponent).join('/')}`,
    object: { type: 'commit', sha: reference.sha, url: `${url}/git/commits/${reference.sha}` },
  }
}
