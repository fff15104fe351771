import { membershipAmong } from '../app/memberships.ts'
import type { SentPeople } from '../app/sent-people.ts'
import type { People } from '../domain/policy/consent/people.ts'
import { shownBy } from '../github/checks/shown.ts'

/** The same people, as they were before they were sent. */
export function receivePeople({ memberships, shown, ...rest }: SentPeople): People {
  return {
    ...rest,
    membership: membershipAmong(memberships),
    ...(shown && { shown: shown.map(({ at, digests }) => shownBy(at, digests)) }),
  }
}
