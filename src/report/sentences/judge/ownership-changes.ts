import { identityOf } from '../../../domain/manifest/names.ts'
import type { VirtualService } from '../../../domain/manifest/virtual-service.ts'
import { decidingRule, findCodeowners, parseCodeowners } from '../../../domain/ownership/codeowners.ts'
import { createOwnership } from '../../../domain/ownership/ownership.ts'
import type { Team } from '../../../domain/ownership/team.ts'
import type { Assessment } from '../../../domain/policy/judgement.ts'
import { supplierOf } from '../../../domain/routing/route-table.ts'
import type { SourceRange } from '../../../domain/source/source-file.ts'
import { matchText } from '../requests/match-text.ts'

/** A VirtualService that would belong to somebody else once the pull request is merged. */
export interface OwnershipChange {
  readonly resource: VirtualService
  readonly today: Team
  readonly afterMerge: Team
  /** The matches of the routes that it supplies after the merge. */
  readonly requests: readonly string[]
  /** The line of the changed CODEOWNERS that says so; absent where no line does. */
  readonly says?: SourceRange
}

function isSame(a: VirtualService, b: VirtualService): boolean {
  return identityOf(a) === identityOf(b) && a.file.path === b.file.path
}

function suppliedBy(resource: VirtualService, { comparison }: Assessment): readonly string[] {
  const routes = comparison.merged.meshes.flatMap((mesh) => mesh.tables).flatMap((table) => table.routes)
  return [
    ...new Set(
      routes.filter((route) => isSame(supplierOf(route), resource)).map((route) => matchText(route.match)),
    ),
  ]
}

/**
 * What a changed CODEOWNERS does to the VirtualServices that are there on both sides. Empty if another CODEOWNERS
 * than the one in force is changed: which of them would decide is not known from the changed files alone.
 */
export function ownershipChanges(assessment: Assessment): readonly OwnershipChange[] {
  const { comparison, touched } = assessment
  const { source } = comparison.ownership
  const changed = touched.files.flatMap(({ merged }) => merged ?? [])
  const after = findCodeowners(changed)
  if (source === undefined || after === undefined || after.path !== source) return []
  const codeowners = parseCodeowners(after)
  const ownership = createOwnership(codeowners)
  return comparison.merged.manifests.virtualServices.flatMap((resource) => {
    const [today, afterMerge] = [comparison.ownership.teamOf(resource), ownership.teamOf(resource)]
    if (today.key === afterMerge.key) return []
    const says = decidingRule(codeowners, resource.file.path)?.range
    return [
      { resource, today, afterMerge, requests: suppliedBy(resource, assessment), ...(says && { says }) },
    ]
  })
}
