import { createHash } from 'node:crypto'
import type { PullRequest } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import type { Shown } from '../../domain/policy/consent/people.ts'
import { type AppClient, goneCommit, unlessStatus } from '../client.ts'
import { checkName } from './check-name.ts'
import { isFor } from './external-id.ts'

/** 72 bits: nobody finds two facts of one digest among those that a pull request can bring about. */
const digestLength = 12

const mostFacts = budgets.facts.size

const frame = /^<!-- firebreak:shown (?<digests>[\w ,-]*) -->$/m

function digestOf(fact: string): string {
  return createHash('sha256').update(fact).digest('base64url').slice(0, digestLength)
}

/** Facts as a check keeps them. */
export function digestsOf(facts: readonly string[]): ReadonlySet<string> {
  return new Set(facts.map(digestOf))
}

/** A comment with a digest for each of some facts, and a space before each. */
const emptyLength = '<!-- firebreak:shown -->'.length + 1

/**
 * The facts that a check lists, as digests in a comment that nobody sees: only the App can write its check runs, so
 * later it can be trusted. Facts beyond what fits into so many characters are left out, and an approval does not cover them.
 */
export function shownText(facts: readonly string[], room: number = budgets.checkText.size): string {
  const most = Math.min(mostFacts, Math.floor((room - emptyLength) / (digestLength + 1)))
  const digests = [...digestsOf(facts)].sort().slice(0, most)
  // Two hyphens in a row would end the comment.
  return `<!-- firebreak:shown ${digests.map((digest) => digest.replaceAll('-', ',')).join(' ')} -->`
}

function digestsIn(text: string): ReadonlySet<string> | undefined {
  const found = frame.exec(text)?.groups?.['digests']
  return found === undefined ? undefined : new Set(found.replaceAll(',', '-').split(' '))
}

/** What a check had listed that was finished then (ISO 8601), by the digests that it kept. */
export function shownBy(at: string, digests: ReadonlySet<string>): Shown {
  return { at, digests, covers: (fact) => digests.has(digestOf(fact)) }
}

/** What our finished checks of this pull request, into this base, have listed on these commits; on one that is no more nothing. */
export async function readShown(
  { client, appId }: AppClient,
  pull: PullRequest,
  commits: readonly string[],
): Promise<readonly Shown[]> {
  const shown: Shown[] = []
  for (const ref of commits) {
    const runs = await unlessStatus(goneCommit, () =>
      client.paginate(client.rest.checks.listForRef, {
        owner: pull.ref.owner,
        repo: pull.ref.repo,
        ref,
        check_name: checkName(pull),
        filter: 'all',
        per_page: 100,
      }),
    )
    for (const { app, external_id, completed_at, output } of runs ?? []) {
      if (app?.id !== appId || completed_at === null || !isFor(external_id, { ref: pull.ref })) continue
      const digests = digestsIn(output.text ?? '')
      if (digests !== undefined) shown.push(shownBy(completed_at, digests))
    }
  }
  return shown
}
