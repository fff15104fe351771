import type { RouteChange } from '../../diff/route-change.ts'
import { supplierOf, writtenEntryOf } from '../../routing/route-table.ts'
import { rangeOf } from '../../source/located.ts'
import { told } from '../../words/told.ts'
import type { Policy } from '../configuration/policy.ts'
import type { Reason } from '../decision.ts'
import type { Ask, Questioned } from './ask.ts'
import { primariesOfChange } from './concerned-primaries.ts'

/** Question 3: each team that a change touches must have consented, even when none of its files changed. */
export function askAboutTraffic({ comparison, policy }: Questioned): readonly Ask[] {
  return comparison.changes
    .filter((change) => !isOnlyListed(change, policy))
    .flatMap((change) => {
      const primaries = primariesOfChange(comparison, change)
      const reason = reasonFor(change)
      return change.touched.map((team) => ({ team, reason, primaries }))
    })
}

/** The valves of the configuration. A `moved` or `dropped` change, or a spill, always asks. */
function isOnlyListed(change: RouteChange, { consent }: Policy): boolean {
  if (change.spill || change.kind === 'moved' || change.kind === 'dropped') return false
  if (change.kind === 'inherited' && consent.inherited === 'report') return true
  return !change.certain && consent.certain === 'only'
}

function reasonFor(change: RouteChange): Reason {
  const route = change.after ?? change.before
  const range = route && rangeOf(writtenEntryOf(route))
  const path = route && supplierOf(route).file.path
  return { kind: 'traffic', ...told(wording(change)), change, ...(range && { range }), ...(path && { path }) }
}

function wording(change: RouteChange): string {
  const { witness, host, certain } = change
  const example = witness === undefined ? '' : ` such as ${witness.method} ${witness.path}`
  return `requests to ${host}${example} ${certain ? 'would' : 'could'} ${verb(change)}`
}

function verb({ kind, before, after }: RouteChange): string {
  const from = before?.outcome.supplier ?? 'nobody'
  const to = after?.outcome.supplier ?? 'nobody'
  switch (kind) {
    case 'dropped':
      return `no longer be answered (today by ${from})`
    case 'opened':
      return `be answered by ${to} (today by nobody)`
    case 'moved':
    case 'reassigned':
      return `move from ${from} to ${to}`
    case 'reclaimed':
      return `go back from ${from} to ${to}`
    case 'inherited':
      return `be treated differently by ${to}, because of its primary`
    case 'changed':
      return `be treated differently by ${to}`
  }
}
