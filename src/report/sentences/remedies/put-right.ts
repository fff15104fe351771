import type { Comparison } from '../../../domain/diff/comparison.ts'
import type { RouteChange } from '../../../domain/diff/route-change.ts'
import { identityOf } from '../../../domain/manifest/names.ts'
import type { Assessment } from '../../../domain/policy/judgement.ts'
import { supplierOf } from '../../../domain/routing/route-table.ts'
import type { Finding } from '../../../domain/rules/rule.ts'

/** Findings under the words that are true of all of them. */
export interface NotFound {
  readonly heading: string
  readonly findings: readonly Finding[]
}

/** What is not found any more: what is put right, and apart from it what may only be covered by something worse. */
export function notFoundAnyMore(assessment: Assessment): readonly NotFound[] {
  const fixed = assessment.findings.filter(({ status }) => status === 'fixed')
  const { right = [], gone = [] } = Object.groupBy(fixed, (finding) =>
    isPutRight(finding, assessment) ? 'right' : 'gone',
  )
  return [
    { heading: 'No longer wrong after it', findings: right },
    {
      heading:
        'No longer found, but perhaps not mended: what it was about is gone, or something worse hides it',
      findings: gone,
    },
  ].filter(({ findings }) => findings.length > 0)
}

/**
 * Whether what is not found any more is put right. Not where its object is not there any more or loses requests, nor where
 * something graver is new in it, or in what it delegates to: a fault that is covered by a worse one is not found either.
 */
function isPutRight(finding: Finding, { comparison, findings }: Assessment): boolean {
  const { mesh, resource } = finding
  if (resource === '') return true
  const around = delegationAround(finding, comparison)
  const isConcerned = (other: Finding): boolean =>
    other.mesh === mesh && around.has(other.resource) && other.status === 'introduced' && isGrave(other)
  return (
    isThere(finding, comparison) &&
    !findings.some(isConcerned) &&
    !comparison.changes.some((change) => change.mesh === mesh && isLossOf(change, around))
  )
}

function isGrave({ effect }: Finding): boolean {
  return effect === 'block' || effect === 'require-approval'
}

function isThere({ mesh, resource }: Finding, { merged }: Comparison): boolean {
  const there = merged.meshes.find(({ name }) => name === mesh)
  const all = [...(there?.virtualServices ?? []), ...(there?.gateways ?? [])]
  return all.some((each) => identityOf(each) === resource)
}

/** An object, the primaries that delegate to it (or itself), and all that they delegate to, on either side. */
function delegationAround({ mesh, resource }: Finding, { base, merged }: Comparison): ReadonlySet<string> {
  const edges = [base, merged]
    .flatMap(({ meshes }) => meshes.filter(({ name }) => name === mesh).flatMap(({ graph }) => graph.edges))
    .map(({ primary, target }) => ({ primary: identityOf(primary), target }))
  const primaries = new Set(
    edges.flatMap(({ primary, target }) => (target === resource || primary === resource ? [primary] : [])),
  )
  const targets = edges.flatMap(({ primary, target }) => (primaries.has(primary) ? [target] : []))
  return new Set([resource, ...primaries, ...targets])
}

function isLossOf({ kind, before }: RouteChange, around: ReadonlySet<string>): boolean {
  if (before === undefined || (kind !== 'dropped' && kind !== 'moved')) return false
  return around.has(identityOf(supplierOf(before)))
}
