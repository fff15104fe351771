import type { Modelled } from '../manifest/modelled.ts'
import { identityOf } from '../manifest/names.ts'
import { unowned } from '../ownership/team.ts'
import { type Phrase, quoted, say, words } from '../words/phrase.ts'
import type { Newcomer } from './questions/newcomer.ts'

/** A text of which another tool fills in a part, and what of somebody else's it may turn out to be. */
export interface Possibility {
  readonly written: string
  readonly mayBe: Outcome
  readonly path: string
}

/** What it may turn out to be: an object, a host or a namespace of that name, some service, or what decides beside that object. */
type Outcome =
  | { readonly kind: 'object' | 'routes-beside' | 'servers-beside'; readonly name: string }
  | { readonly kind: 'service' }

/** That, in a sentence. */
export function outcomeWords(outcome: Outcome): Phrase {
  switch (outcome.kind) {
    case 'object':
      return quoted(outcome.name)
    case 'service':
      return words('a service')
    case 'routes-beside':
      return say`any routes beside those of ${quoted(outcome.name)}`
    case 'servers-beside':
      return say`any servers beside those of ${quoted(outcome.name)}`
  }
}

/** What others have in this mesh. */
export function othersIn({ mesh, team, questioned }: Newcomer): readonly Modelled[] {
  return [...mesh.virtualServices, ...mesh.gateways].filter((other) => {
    const owners = questioned.comparison.ownership.teamOf(other)
    return owners.key !== team.key || owners.key === unowned.key
  })
}

/** That a text may turn out to be this object of others, or decide beside it. */
export function possibilityOf(written: string, other: Modelled): Possibility {
  return { written, mayBe: { kind: 'object', name: identityOf(other) }, path: other.file.path }
}
