import type { Modelled } from '../manifest/modelled.ts'
import { identityOf } from '../manifest/names.ts'
import { unowned } from '../ownership/team.ts'
import type { Newcomer } from './questions/newcomer.ts'

/** A text of which another tool fills in a part, and what of somebody else's it may turn out to be. */
export interface Possibility {
  readonly written: string
  readonly mayBe: string
  readonly path: string
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
  return { written, mayBe: identityOf(other), path: other.file.path }
}
