import type { Membership, People, Person, Shown } from '../domain/policy/consent/people.ts'
import { shownBy } from '../github/checks/shown.ts'

/** People as they are sent to another thread: what they would be asked is answered beforehand. */
export interface SentPeople extends Omit<People, 'membership' | 'shown'> {
  /** By owner and login. */
  readonly memberships: ReadonlyMap<string, Membership>
  readonly shown?: readonly Pick<Shown, 'at' | 'digests'>[]
}

/** Answers for each of the owners, as written, and everybody who took part. */
export function sendPeople(people: People, owners: readonly string[]): SentPeople {
  const { membership, shown, ...rest } = people
  const pairs = owners.flatMap((owner) => loginsOf(people).map((login) => ({ owner, login })))
  return {
    ...rest,
    memberships: new Map(pairs.map(({ owner, login }) => [keyOf(owner, login), membership(owner, login)])),
    ...(shown && { shown: shown.map(({ at, digests }) => ({ at, digests })) }),
  }
}

/** Whoever was not answered for is unresolvable: an omission never counts as consent. */
export function receivePeople({ memberships, shown, ...rest }: SentPeople): People {
  return {
    ...rest,
    membership: (owner, login) => memberships.get(keyOf(owner, login)) ?? 'unresolvable',
    ...(shown && { shown: shown.map(({ at, digests }) => shownBy(at, digests)) }),
  }
}

function loginsOf({ author, pushers, reviews }: People): readonly string[] {
  const all: readonly (Person | undefined)[] = [
    author,
    ...(pushers === 'unknown' ? [] : pushers),
    ...reviews.flatMap(({ by, dismissal }) => [by, dismissal?.by]),
  ]
  return [...new Set(all.flatMap((person) => person?.login ?? []))]
}

function keyOf(owner: string, login: string): string {
  return `${owner} ${login}`.toLowerCase()
}
