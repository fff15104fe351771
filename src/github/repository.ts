import type { PullRequest, PullRequestRef, Repository, RepositoryRef } from '../app/ports.ts'
import type { GitObjects } from '../app/reading/git-objects.ts'
import type { GitMirror } from '../git/merge.ts'
import { contentsOfSide, filesOfSide } from '../git/side-files.ts'
import { checkName } from './checks/check-name.ts'
import { readImpostors } from './checks/impostors.ts'
import { readMergeGroups } from './checks/merge-groups.ts'
import { readStanding } from './checks/standing.ts'
import type { GitHubClient } from './client.ts'
import { readMembers, readPeople } from './people/people.ts'
import { personOf } from './people/person.ts'
import { readBranchAt } from './trees/branch-at.ts'
import { readCodeownersErrors } from './trees/codeowners-errors.ts'
import { readDefaultConfiguration } from './trees/default-configuration.ts'
import { diffLinesOf } from './trees/diff-lines.ts'
import { readMergedSide } from './trees/merged-side.ts'
import type { GitHubTrees } from './trees/trees.ts'
import { readIsUnmerged } from './trees/unmerged.ts'

export interface GitHubRepositoryOptions {
  readonly client: GitHubClient
  readonly at: RepositoryRef
  /** The App's own id: a check run by any other is not ours. */
  readonly appId: number
  readonly trees: GitHubTrees
  /** Trees of the forge, and of the mirror. */
  readonly objects: GitObjects
  readonly mirror?: GitMirror
  readonly pause: (milliseconds: number) => Promise<void>
  /** Is told where the owner has no default configuration, or none that may be seen. */
  readonly onNoDefaults: () => void
}

async function readTip(client: GitHubClient, at: RepositoryRef, branch: string): Promise<string> {
  const { data } = await client.rest.git.getRef({ owner: at.owner, repo: at.repo, ref: `heads/${branch}` })
  return data.object.sha
}

async function readPullRequest(client: GitHubClient, ref: PullRequestRef): Promise<PullRequest> {
  const where = { owner: ref.owner, repo: ref.repo }
  const { data } = await client.rest.pulls.get({ ...where, pull_number: ref.number })
  const { head, base } = data
  const open = data.state === 'open'
  // Closed because its base was deleted, it has no tip to be read.
  const tip = open ? await readTip(client, ref, base.ref) : base.sha
  // GitHub's description says that a head always has a repository; a deleted fork has none.
  const fork = head.repo as typeof head.repo | null
  return {
    ref,
    state: open ? 'open' : data.merged ? 'merged' : 'closed',
    draft: data.draft === true,
    author: personOf(data.user),
    head: { sha: head.sha, branch: head.ref, ...(fork === null ? {} : { repository: fork.full_name }) },
    base: { branch: base.ref, tip },
    defaultBranch: base.repo.default_branch,
    ...(base.repo.owner.type === 'Organization' ? { organization: base.repo.owner.login } : {}),
    mergeable: data.mergeable === null ? 'unknown' : data.mergeable ? 'yes' : 'no',
    requestedReviewers: [
      ...(data.requested_reviewers ?? []).map(({ login }) => `@${login}`),
      ...(data.requested_teams ?? []).map(({ slug }) => `@${base.repo.owner.login}/${slug}`),
    ],
  }
}

/** One repository on GitHub, read over REST. Nothing is remembered between calls but immutable Git objects. */
export function createGitHubRepository(options: GitHubRepositoryOptions): Repository {
  const { client, at, appId, trees, objects, mirror, pause, onNoDefaults } = options
  const where = { owner: at.owner, repo: at.repo }

  function pullRequest(number: number): Promise<PullRequest> {
    return readPullRequest(client, { ...at, number })
  }

  return {
    pullRequest,
    mergedSide: (pull) =>
      readMergedSide(
        {
          client,
          trees,
          pause,
          again: () => pullRequest(pull.ref.number),
          ...(mirror === undefined ? {} : { mirror }),
        },
        pull,
      ),
    files: (side, wanted) => filesOfSide(objects, side, wanted),
    contents: (side, wanted) => contentsOfSide(objects, side, wanted),
    async defaultConfiguration() {
      const defaults = await readDefaultConfiguration(client, at.owner)
      if (defaults.kind === 'none') onNoDefaults()
      return defaults
    },
    codeownersErrors: (sha) => readCodeownersErrors(client, at, sha),
    branchAt: (pull, sha) => readBranchAt({ client, trees }, pull, sha),
    isUnmerged: (pull, name) => readIsUnmerged(client, pull, name),
    people: (pull, owners) => readPeople({ client, appId }, pull, owners),
    members: (pull, owners) => readMembers({ client, appId }, pull, owners),
    async openPullRequests({ base, headSha } = {}) {
      const pulls = await client.paginate(client.rest.pulls.list, {
        ...where,
        state: 'open',
        per_page: 100,
        ...(base === undefined ? {} : { base }),
      })
      return pulls
        .filter(({ head }) => headSha === undefined || head.sha === headSha)
        .map(({ number }) => ({ ...at, number }))
    },
    mergeGroups: (number) => readMergeGroups({ client, appId }, { ...at, number }),
    standing: () => readStanding({ client, appId }, at),
    async diffLines(pull) {
      const changed = await client.paginate(client.rest.pulls.listFiles, {
        ...where,
        pull_number: pull.ref.number,
        per_page: 100,
      })
      return diffLinesOf(changed)
    },
    impostors: (pull) => readImpostors({ client, appId }, pull, checkName(pull)),
  }
}
