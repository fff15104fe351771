import type { PullRequest } from '../../app/ports.ts'
import { statusOf } from '../../app/status-of.ts'
import { withoutSign } from '../../domain/ownership/owner-syntax.ts'
import type { Conversation } from '../comments/summary-comment.ts'

type Owner = { readonly kind: 'team' | 'user'; readonly name: string; readonly key: string }

/** An owner as GitHub takes it for a reviewer: an e-mail, or a team of another organisation, is none. */
function readOwner(owner: string, organization: string | undefined): Owner | undefined {
  const [name = '', team] = withoutSign(owner).split('/')
  if (!owner.startsWith('@') || name === '') return undefined
  if (team === undefined) return { kind: 'user', name, key: owner.toLowerCase() }
  if (organization?.toLowerCase() !== name.toLowerCase()) return undefined
  return { kind: 'team', name: team, key: owner.toLowerCase() }
}

/** Everybody who was ever asked, by whomever: who took a request back does not want it made again. */
async function readAsked({ client, where, number }: Conversation, organization = ''): Promise<Set<string>> {
  const events = await client.paginate(client.rest.issues.listEventsForTimeline, {
    ...where,
    issue_number: number,
    per_page: 100,
  })
  const asked = new Set<string>()
  for (const event of events) {
    if (event.event !== 'review_requested' && event.event !== 'reviewed') continue
    if ('requested_reviewer' in event && event.requested_reviewer)
      asked.add(`@${event.requested_reviewer.login}`)
    if ('requested_team' in event && event.requested_team)
      asked.add(`@${organization}/${event.requested_team.slug}`)
    if (event.event === 'reviewed' && 'user' in event && event.user) asked.add(`@${event.user.login}`)
  }
  return new Set([...asked].map((owner) => owner.toLowerCase()))
}

async function request({ client, where, number }: Conversation, { kind, name }: Owner): Promise<boolean> {
  try {
    await client.rest.pulls.requestReviewers({
      ...where,
      pull_number: number,
      ...(kind === 'team' ? { team_reviewers: [name] } : { reviewers: [name] }),
      request: { retries: 0 },
    })
    return true
  } catch (error) {
    // No access to the repository: GitHub refuses, and would refuse the others along with it.
    if (statusOf(error) === 422) return false
    throw error
  }
}

/**
 * Requests the owners as reviewers: each once in the life of the pull request, not on drafts, never the author.
 * Returns those that GitHub would not take.
 */
export async function requestReviewers(
  conversation: Conversation,
  pull: PullRequest,
  owners: readonly string[],
): Promise<readonly string[]> {
  if (pull.draft) return []
  const author = `@${pull.author.login}`.toLowerCase()
  const wanted = owners
    .map((owner) => readOwner(owner, pull.organization))
    .filter((owner) => owner !== undefined)
    .filter(({ key }) => key !== author)
  if (wanted.length === 0) return []
  const asked = await readAsked(conversation, pull.organization)
  const refused: string[] = []
  for (const owner of wanted) {
    if (asked.has(owner.key)) continue
    asked.add(owner.key)
    if (!(await request(conversation, owner))) refused.push(owner.key)
  }
  return refused
}
