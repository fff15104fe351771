import { identityOf } from '../manifest/names.ts'
import type { HTTPMatchRequest, HTTPRoute } from '../manifest/virtual-service.ts'
import { readFieldPath, wantedAt } from '../match/fields/field-path.ts'
import { assertNever } from '../source/assert-never.ts'
import { rangeOf } from '../source/located.ts'
import type { SourceRange } from '../source/source-file.ts'
import { pattern } from './mismatch.ts'
import type { DroppedEntry } from './route-table.ts'

/** Why Istio does not use an entry, in words. */
export function droppedReason(dropped: DroppedEntry): string {
  const { reason, primary, secondary, field, match } = dropped
  const target = secondary === undefined ? targetOf(dropped) : identityOf(secondary)
  switch (reason) {
    case 'missing':
      return `dropped by Istio: ${target}, to which it delegates, is not there`
    case 'has-hosts':
      return `dropped by Istio: ${target}, to which it delegates, has hosts`
    case 'hidden':
      return `dropped by Istio: the exportTo of ${target} hides it from ${identityOf(primary)}`
    case 'nested':
      return `dropped: ${target}, to which it delegates, delegates itself`
    case 'conflict':
      return `dropped by Istio: its match ${textOf(match, field)} is not within any match of ${identityOf(primary)} (${field ?? 'match'})`
    case 'after-catch-all':
      return 'not used: it comes after an entry that takes every request'
    case 'other-gateway':
      return 'not used: its gateways are others'
    case 'other-port':
      return 'not used: its port is another'
    case 'other-pods':
      return 'not used: no pod of the gateway runs in its sourceNamespace'
    default:
      return assertNever(reason)
  }
}

/** Where the match stands that is to blame, else the entry: in the secondary, if it got as far as that. */
export function droppedRange(dropped: DroppedEntry): SourceRange | undefined {
  const [written] = writtenEntries(dropped)
  return (dropped.match && rangeOf(dropped.match)) ?? (written && rangeOf(written))
}

/** The entries whose matches a request would have had to satisfy, the innermost first. */
export function writtenEntries({
  primary,
  entry,
  secondary,
  secondaryEntry,
}: DroppedEntry): readonly HTTPRoute[] {
  const outer = primary.spec.http?.[entry]
  const inner = secondaryEntry === undefined ? undefined : secondary?.spec.http?.[secondaryEntry]
  return [inner, outer].flatMap((each) => each ?? [])
}

function targetOf({ primary, entry }: DroppedEntry): string {
  const delegate = primary.spec.http?.[entry]?.delegate
  return `${delegate?.namespace ?? primary.namespace ?? '?'}/${delegate?.name ?? ''}`
}

function textOf(match: HTTPMatchRequest | undefined, field = ''): string {
  const path = readFieldPath(field)
  if (path.name === 'gateways') return `gateways ${(match?.gateways ?? []).join(', ')}`
  const wanted = match && wantedAt(match, path)
  if (wanted === undefined) return field
  return `${field} ${typeof wanted === 'string' ? wanted : pattern(wanted)}`
}
