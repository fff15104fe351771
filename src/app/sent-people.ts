import type { People, Shown } from '../domain/policy/consent/people.ts'
import { type Memberships, membershipEntry } from './memberships.ts'
import { everybodyAmong } from './people-asked.ts'

/** People as they are sent elsewhere, or kept: what they would be asked is answered beforehand. */
export interface SentPeople extends Omit<People, 'membership' | 'shown'> {
  readonly memberships: Memberships
  readonly shown?: readonly Pick<Shown, 'at' | 'digests'>[]
}

/** Answers for each of the owners, as written, and everybody who took part. */
export function sendPeople(people: People, owners: readonly string[]): SentPeople {
  const { membership, shown, ...rest } = people
  const pairs = owners.flatMap((owner) => everybodyAmong(people).map(({ login }) => ({ owner, login })))
  return {
    ...rest,
    memberships: new Map(
      pairs.map(({ owner, login }) => membershipEntry(owner, login, membership(owner, login))),
    ),
    ...(shown && { shown: shown.map(({ at, digests }) => ({ at, digests })) }),
  }
}
