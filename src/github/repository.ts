import type { Repository, RepositoryRef } from '../app/ports.ts'
import type { GitObjects } from '../app/reading/git-objects.ts'
import type { GitMirror } from '../git/merge.ts'
import { contentsOfSide, filesOfSide } from '../git/side-files.ts'
import { checkName } from './checks/check-name.ts'
import { readImpostors } from './checks/impostors.ts'
import { readMergeGroups } from './checks/merge-groups.ts'
import { readStanding } from './checks/standing.ts'
import type { GitHubClient } from './client.ts'
import { readMembers, readPeople } from './people/people.ts'
import { readKeysOfPeople } from './people/people-now.ts'
import { readOpenPullRequests } from './reading/open-pull-requests.ts'
import { type Readings, sameCommits } from './reading/readings.ts'
import { readBranchAt } from './trees/branch-at.ts'
import { readCodeownersErrors } from './trees/codeowners-errors.ts'
import { readDefaultConfiguration } from './trees/default-configuration.ts'
import { diffLinesOf } from './trees/diff-lines.ts'
import { localDiffLines } from './trees/local-diff.ts'
import { readMergedSide } from './trees/merged-side.ts'
import type { GitHubTrees } from './trees/trees.ts'
import { readIsUnmerged } from './trees/unmerged.ts'

export interface GitHubRepositoryOptions {
  readonly client: GitHubClient
  readonly at: RepositoryRef
  /** The App's own id: a check run by any other is not ours. */
  readonly appId: number
  readonly readings: Readings
  readonly trees: GitHubTrees
  /** Trees of the forge, and of the mirror. */
  readonly objects: GitObjects
  readonly mirror?: GitMirror
  readonly pause: (milliseconds: number) => Promise<void>
  /** Is told where the owner has no default configuration, or none that may be seen. */
  readonly onNoDefaults: () => void
}

/** One repository on GitHub. Nothing is remembered from one evaluation to the next but immutable Git objects. */
export function createGitHubRepository(options: GitHubRepositoryOptions): Repository {
  const { client, at, appId, readings, trees, objects, mirror, pause, onNoDefaults } = options
  const where = { owner: at.owner, repo: at.repo }
  const { pullRequest, take } = readings

  return {
    pullRequest,
    pullRequestAlone: readings.alone,
    mergedSide: (pull) =>
      readMergedSide(
        {
          client,
          trees,
          pause,
          tried: take(sameCommits(pull), 'testMerge'),
          again: () => pullRequest(pull.ref.number),
          ...(mirror === undefined ? {} : { mirror }),
        },
        pull,
      ),
    files: (side, wanted) => filesOfSide(objects, side, wanted),
    contents: (side, wanted) => contentsOfSide(objects, side, wanted),
    async defaultConfiguration() {
      const defaults = take(() => true, 'defaults') ?? (await readDefaultConfiguration(client, at.owner))
      if (defaults.kind === 'none') onNoDefaults()
      return defaults
    },
    codeownersErrors: async (sha) =>
      take(({ base }) => base.tip === sha, 'codeownersErrors') ?? readCodeownersErrors(client, at, sha),
    branchAt: (pull, sha) => readBranchAt({ client, trees }, pull, sha),
    isUnmerged: (pull, name) => readIsUnmerged(client, pull, name),
    people: (pull, owners) => readPeople({ client, appId }, pull, owners),
    members: (pull, owners) => readMembers({ client }, pull, owners),
    async openPullRequests({ base, headSha } = {}) {
      const known = take((pull) => pull.base.branch === base && pull.head.sha === headSha, 'siblings')
      if (known !== undefined)
        return known.filter(({ head }) => head === headSha).map(({ number }) => ({ ...at, number }))
      return readOpenPullRequests(client, at, {
        ...(base === undefined ? {} : { base }),
        ...(headSha === undefined ? {} : { headSha }),
      })
    },
    mergeGroups: (number) =>
      readMergeGroups(
        { client, appId },
        { ...at, number },
        take(({ ref }) => ref.number === number, 'queued'),
      ),
    standing: () => readStanding({ client, appId }, at),
    keysOfPeople: (verdicts) => readKeysOfPeople(client, at, verdicts),
    async diffLines(pull) {
      const here = await localDiffLines(trees, pull, take(sameCommits(pull), 'own'))
      if (here !== undefined) return here
      const changed = await client.paginate(client.rest.pulls.listFiles, {
        ...where,
        pull_number: pull.ref.number,
        per_page: 100,
      })
      return diffLinesOf(changed)
    },
    impostors: (pull) =>
      readImpostors({ client, appId }, pull, {
        name: checkName(pull),
        given: take(sameCommits(pull), 'named'),
      }),
  }
}
