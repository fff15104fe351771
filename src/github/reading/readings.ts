import type { PullRequest, PullRequestRef, RepositoryRef } from '../../app/ports.ts'
import type { AppClient } from '../client.ts'
import type { GitHubTrees } from '../trees/trees.ts'
import { readPullRequest } from './pull-request.ts'
import { type Besides, type Reading, readByGraph } from './reading.ts'

type Facts = Omit<Reading, 'pull' | 'trees'>

/** What was read of pull requests along with themselves, for whoever asks for it next. */
export interface Readings {
  /** Reads it afresh, with what will be asked about it. */
  pullRequest(number: number): Promise<PullRequest>
  /** Reads it afresh, for whoever asks nothing about it. */
  alone(number: number): Promise<PullRequest>
  /** All that were read, as they were the last time. */
  pulls(): readonly PullRequest[]
  /**
   * What the last reading of a pull request said besides. It is given once: whoever asks again, after a failure or a while, has
   * GitHub asked.
   */
  take<K extends keyof Facts>(isMeant: (pull: PullRequest) => boolean, what: K): Facts[K] | undefined
}

interface Kept {
  readonly pull: PullRequest
  facts: Facts
}

type Learning = Pick<GitHubTrees, 'learn' | 'mayComeAlong' | 'didNotComeAlong'>

/** Those of one repository, for the time of one evaluation. */
export function createReadings(app: AppClient, at: RepositoryRef, trees: Learning): Readings {
  const known = new Map<number, Kept>()

  /** A question that was too much with a tree may do without. */
  async function ask(ref: PullRequestRef, before: Besides['known']): Promise<Reading | undefined> {
    const tree = before === undefined && trees.mayComeAlong()
    const reading = await readByGraph(app, ref, { known: before, tree })
    if (reading !== undefined || !tree) return reading
    trees.didNotComeAlong()
    return readByGraph(app, ref, { known: before, tree: false })
  }

  return {
    async pullRequest(number) {
      const ref = { ...at, number }
      const { pull: before } = known.get(number) ?? {}
      const asked = before && { base: before.base.branch, defaultBranch: before.defaultBranch }
      const reading = await ask(ref, asked)
      const {
        pull,
        trees: given = [],
        ...facts
      } = reading ?? { pull: await readPullRequest(app.client, ref) }
      for (const { commit, tree, listing } of given) trees.learn(commit, tree, listing)
      known.set(number, { pull, facts })
      return pull
    },
    async alone(number) {
      const ref = { ...at, number }
      const reading = await readByGraph(app, ref, { known: undefined, tree: false })
      return reading?.pull ?? readPullRequest(app.client, ref)
    },
    pulls: () => [...known.values()].map(({ pull }) => pull),
    take(isMeant, what) {
      const kept = [...known.values()].find(({ pull }) => isMeant(pull))
      if (kept === undefined) return undefined
      const { [what]: given, ...rest } = kept.facts
      kept.facts = rest
      return given
    },
  }
}

/** Whether two readings of a pull request are of the same commits; in a merge queue it has others. */
export function sameCommits(one: PullRequest): (other: PullRequest) => boolean {
  return (other) =>
    one.group === undefined &&
    one.ref.number === other.ref.number &&
    one.head.sha === other.head.sha &&
    one.base.branch === other.base.branch &&
    one.base.tip === other.base.tip
}
