import { keyOfPeople } from '../../app/grounds.ts'
import { membershipAmong, membershipEntry } from '../../app/memberships.ts'
import type { AskedAt, PeopleAsked } from '../../app/people-asked.ts'
import type { RepositoryRef } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import type { GitHubReading } from '../../domain/ownership/codeowners-errors.ts'
import { mapConcurrently } from '../../git/map-concurrently.ts'
import type { RestClient } from '../client.ts'
import { readTeamsByGraph } from '../reading/teams-reading.ts'
import { readCodeownersErrors } from '../trees/codeowners-errors.ts'
import { type Answers, createAnswers } from './answers.ts'
import { slugsAmong } from './teams.ts'

const concurrency = budgets.questions.size

/**
 * The keys of what GitHub says now to what several verdicts asked about people, in their order. All teams together cost a call for fifty of them;
 * a person whose right to write matters costs one, and so does a base branch.
 */
export async function readKeysOfPeople(
  client: RestClient,
  at: RepositoryRef,
  verdicts: readonly AskedAt[],
): Promise<readonly string[]> {
  const owners = verdicts.flatMap(({ asked }) => asked.owners)
  // Where a user owns the repository none of these is a team, and GitHub says so.
  const known = await readTeamsByGraph(client, at.owner, slugsAmong(owners, at.owner))
  const answers = createAnswers(client, at, { organization: at.owner, known })
  const errors = new Map<string, Promise<GitHubReading>>()
  function errorsAt(tip: string): Promise<GitHubReading> {
    const reading = errors.get(tip) ?? readCodeownersErrors(client, at, tip)
    errors.set(tip, reading)
    return reading
  }
  return mapConcurrently(verdicts, concurrency, async ({ asked, tip }) =>
    keyNow(asked, answers, asked.codeowners === 'asked' ? await errorsAt(tip) : 'not-asked'),
  )
}

async function keyNow(asked: PeopleAsked, answers: Answers, codeowners: GitHubReading): Promise<string> {
  const pairs = asked.owners.flatMap((owner) => asked.logins.map((login) => ({ owner, login })))
  const memberships = new Map(
    await mapConcurrently(pairs, concurrency, async ({ owner, login }) =>
      membershipEntry(owner, login, await answers.membership(owner, login)),
    ),
  )
  const writers = new Set<string>()
  for (const login of asked.reviewers) if (await answers.mayWrite(login)) writers.add(login)
  const mayWrite = (login: string) => writers.has(login)
  return keyOfPeople(asked, { membership: membershipAmong(memberships), mayWrite, codeowners })
}
