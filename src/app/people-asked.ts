import type { GitHubReading } from '../domain/ownership/codeowners-errors.ts'
import type { Membership, People, Person, Review } from '../domain/policy/consent/people.ts'

/** What a verdict asked about people, so that it can be asked once more. */
export interface PeopleAsked {
  /** As written in CODEOWNERS. */
  readonly owners: readonly string[]
  /** Who took part: each was asked about for each owner. */
  readonly logins: readonly string[]
  /** Whose right to write was asked for. */
  readonly reviewers: readonly string[]
  /** Whether the forge was asked what is wrong with CODEOWNERS: an owner who may not write there speaks for nobody. */
  readonly codeowners: 'asked' | 'not-asked'
}

/** The same, with the tip of the base branch as it is now. */
export interface AskedAt {
  readonly asked: PeopleAsked
  readonly tip: string
}

/** What the forge says of them. */
export interface PeopleAnswers {
  membership(owner: string, login: string): Membership
  mayWrite(login: string): boolean
  readonly codeowners: GitHubReading
}

/** What a verdict rested on of people: the questions, and one key for all answers. */
export interface PeopleGrounds {
  readonly asked: PeopleAsked
  readonly key: string
}

/** Whoever said something that counts, or that is told; and who took it out of force. */
function speakers({ by, state, dismissal }: Review): readonly Person[] {
  if (state !== 'dismissed') return [by]
  if (dismissal?.was !== 'objection') return []
  return dismissal.by === undefined ? [by] : [by, dismissal.by]
}

/** Everybody whose membership matters, each once. */
export function everybodyAmong({
  author,
  pushers,
  reviews,
}: Pick<People, 'author' | 'pushers' | 'reviews'>): readonly Person[] {
  const all = [
    ...(author === undefined ? [] : [author]),
    ...(pushers === 'unknown' ? [] : pushers),
    ...reviews.flatMap(speakers),
  ]
  return [...new Map(all.map((person) => [person.login, person])).values()]
}

/** What was asked to know these people. */
export function peopleAsked(
  people: People,
  owners: readonly string[],
  codeowners: PeopleAsked['codeowners'],
): PeopleAsked {
  const standing = people.reviews.filter(({ state }) => state !== 'dismissed')
  return {
    owners: [...new Set(owners)],
    logins: everybodyAmong(people).map(({ login }) => login),
    reviewers: standing.map(({ by }) => by.login),
    codeowners,
  }
}

/** All answers to what was asked, a line each; equal answers give equal lines. */
export function linesOfAnswers(asked: PeopleAsked, answers: PeopleAnswers): readonly string[] {
  const memberships = asked.owners.flatMap((owner) =>
    asked.logins.map((login) => [
      'speaks',
      owner.toLowerCase(),
      login.toLowerCase(),
      answers.membership(owner, login),
    ]),
  )
  const writers = asked.reviewers.map((login) => ['writes', login.toLowerCase(), answers.mayWrite(login)])
  const errors = asked.codeowners === 'asked' ? errorsIn(answers.codeowners) : []
  return [...memberships, ...writers, ...errors].map((line) => JSON.stringify(line)).sort()
}

/** Without the words, which differ from one way of asking to the other. */
function errorsIn(reading: GitHubReading): readonly (readonly unknown[])[] {
  if (typeof reading === 'string') return [['errors', reading]]
  return reading.map(({ path, line, column, kind }) => ['error', path, line, column, kind])
}
