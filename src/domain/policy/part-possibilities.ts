import type { Modelled } from '../manifest/modelled.ts'
import { identityOf, mayBeIdentity } from '../manifest/names.ts'
import { type FilledInPart, filledInParts } from '../manifest/placeholders/filled-in-parts.ts'
import { canShareAPod } from '../routing/listeners/gateways.ts'
import { othersIn, type Possibility } from './possibility.ts'
import { contested, gatewaysTogether } from './questions/host-claim.ts'
import { allGateways, type Newcomer } from './questions/newcomer.ts'

/** What an entry does with the requests that it takes is its owners' own affair. */
const withinAction = /^http\.\d+\.(?!match|delegate)/

/** Routes, matches or servers that another tool fills in as a whole, new here, beside which others decide. */
export function partPossibilities(newcomer: Newcomer): readonly Possibility[] {
  const { change, after } = newcomer
  const known = new Set(change.before ? filledInParts(change.before).map(textOf) : [])
  const [part] = filledInParts(after).filter(
    (each) => !known.has(textOf(each)) && !withinAction.test(each.field),
  )
  if (part === undefined) return []
  const isBeside = besideIn(newcomer)
  return othersIn(newcomer)
    .filter((other) => other.kind === after.kind && isBeside(other))
    .map((other) => ({
      written: part.placeholder,
      mayBe: { kind: after.kind === 'Gateway' ? 'servers-beside' : 'routes-beside', name: identityOf(other) },
      path: other.file.path,
    }))
}

function textOf({ field, placeholder }: FilledInPart): string {
  return JSON.stringify([field, placeholder])
}

/** Whether another object may answer in the same tables. */
function besideIn(newcomer: Newcomer): (other: Modelled) => boolean {
  const { after, claims, mesh } = newcomer
  if (after.kind === 'Gateway') return (other) => other.kind === 'Gateway' && canShareAPod(after, other)
  const sameGateway = gatewaysTogether(allGateways(newcomer))
  const name = identityOf(after)
  const primaries = mesh.graph.edges
    .filter(({ target, primary }) => mayBeIdentity(target, name) || identityOf(primary) === name)
    .map(({ primary }) => primary)
  const tables = [...primaries, after].flatMap(claims)
  const delegated = new Set(
    mesh.graph.edges.filter(({ primary }) => primaries.includes(primary)).map(({ target }) => target),
  )
  return (other) =>
    [...delegated].some((target) => mayBeIdentity(target, identityOf(other))) ||
    contested(tables, claims(other), sameGateway) !== undefined
}
