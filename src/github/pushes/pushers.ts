import type { PullRequest } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import type { Person, Pusher } from '../../domain/policy/consent/people.ts'
import { type RestClient, unlessStatus } from '../client.ts'
import { personOf } from '../people/person.ts'
import { isFork } from './push-notes.ts'

/** Who pushed the commits of a pull request, as far as that can be established. */
export interface Pushers {
  readonly pushers: readonly Pusher[] | 'unknown'
  readonly lastPusher?: string
}

/** One change of a branch, as the forge recorded it. */
export interface PushEntry {
  readonly before: string
  readonly after: string
  readonly kind: string
  readonly by?: Person
}

const nobody = '0'.repeat(40)

/** Pages of 100 entries and of 100 commits; GitHub itself lists 250 commits at most. */
const pageLimit = budgets.pushPages.size

/**
 * Follows the branch from its head back to where the pull request's commits begin: the push that started from a commit
 * which is none of them, or the one that created the branch. A forced push may keep commits of any earlier one, so all
 * before it count too; and so does whoever pushed one of these commits to a branch that was deleted and restored since.
 * Whoever is counted in vain is asked for nothing more than an approval.
 */
export function pushersOf(
  head: string,
  commits: ReadonlySet<string>,
  newestFirst: readonly PushEntry[],
): Pushers {
  const start = newestFirst.findIndex(({ after }) => after === head)
  const entries = start === -1 ? [] : newestFirst.slice(start)
  const last = entries[0]?.by
  if (last === undefined) return { pushers: 'unknown' }
  const known = new Map<string, Pusher>()
  let expected = head
  let forced = false
  for (const [at, entry] of entries.entries()) {
    const { before, after, kind } = entry
    if (after !== expected || !remember(known, entry)) break
    forced ||= kind === 'force_push'
    if (before === nobody || (!forced && !commits.has(before))) {
      const earlier = entries.slice(at + 1).filter((each) => commits.has(each.after))
      const isKnown = earlier.every((each) => remember(known, each))
      return { pushers: isKnown ? [...known.values()] : 'unknown', lastPusher: last.login }
    }
    expected = before
  }
  return { pushers: 'unknown', lastPusher: last.login }
}

/** Several pushes in a row by one person are one. False where nobody knows whose it was. */
function remember(known: Map<string, Pusher>, { before, after, by }: PushEntry): boolean {
  if (by === undefined) return false
  const key = by.login.toLowerCase()
  const pushes = known.get(key)?.pushes ?? []
  const from = before === nobody ? {} : { before }
  const next = pushes.at(-1)
  known.set(key, {
    ...by,
    pushes:
      next?.before === after
        ? [...pushes.slice(0, -1), { ...from, after: next.after }]
        : [...pushes, { ...from, after }],
  })
  return true
}

/**
 * Reads the pushers from the activity of the head branch. GitHub records it for the repository's own branches alone,
 * so those of a fork are unknown, and so are those of a pull request with more commits than GitHub lists.
 */
export async function readPushers(
  client: RestClient,
  pull: PullRequest,
  given?: readonly string[],
): Promise<Pushers> {
  if (isFork(pull)) return { pushers: 'unknown' }
  const commits = given ?? (await readCommits(client, pull))
  if (commits.length >= 250) return { pushers: 'unknown' }
  const entries = await readActivity(client, pull)
  const shas = new Set(commits)
  return entries === undefined ? { pushers: 'unknown' } : pushersOf(pull.head.sha, shas, entries)
}

async function readCommits(client: RestClient, { ref }: PullRequest): Promise<readonly string[]> {
  const { owner, repo, number: pull_number } = ref
  const asked = { owner, repo, pull_number, per_page: 100 }
  const commits = await client.paginate(client.rest.pulls.listCommits, asked)
  return commits.map(({ sha }) => sha)
}

async function readActivity(
  client: RestClient,
  pull: PullRequest,
): Promise<readonly PushEntry[] | undefined> {
  const entries: PushEntry[] = []
  const pages = client.paginate.iterator(client.rest.repos.listActivities, {
    owner: pull.ref.owner,
    repo: pull.ref.repo,
    ref: `refs/heads/${pull.head.branch}`,
    direction: 'desc',
    per_page: 100,
  })
  return unlessStatus([403, 404], async () => {
    let read = 0
    for await (const { data } of pages) {
      for (const { before, after, actor, activity_type } of data) {
        const by = actor === null || actor === undefined ? {} : { by: personOf(actor) }
        entries.push({ before, after, kind: activity_type, ...by })
      }
      if (++read === pageLimit) break
    }
    return entries
  })
}
