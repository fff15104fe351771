import { changedRole } from './changed-role.ts'
import { contestedHost } from './contested-host.ts'
import { delegateBesideAction } from './delegate-beside-action.ts'
import { droppedEntry } from './dropped-entry.ts'
import { duplicateVirtualService } from './duplicate-virtual-service.ts'
import { emptyPrimary } from './empty-primary.ts'
import { escapedBoundary } from './escaped-boundary.ts'
import { expiredSuppression } from './expired-suppression.ts'
import { hiddenPrimary } from './hidden-primary.ts'
import { hiddenSecondary } from './hidden-secondary.ts'
import { incompleteAnalysis } from './incomplete-analysis.ts'
import { invalidCodeowners } from './invalid-codeowners.ts'
import { invalidConfiguration } from './invalid-configuration.ts'
import { invalidManifest } from './invalid-manifest.ts'
import { mergeConflict } from './merge-conflict.ts'
import { missingSecondary } from './missing-secondary.ts'
import { mixedMirror } from './mixed-mirror.ts'
import { nestedDelegate } from './nested-delegate.ts'
import { notDeployed } from './not-deployed.ts'
import { openPrefix } from './open-prefix.ts'
import { orphanSecondary } from './orphan-secondary.ts'
import { overriddenField } from './overridden-field.ts'
import type { Rule } from './rule.ts'
import { secondaryWithBindings } from './secondary-with-bindings.ts'
import { secondaryWithHosts } from './secondary-with-hosts.ts'
import { shadowedRoute } from './shadowed-route.ts'
import { shiftedRewrite } from './shifted-rewrite.ts'
import { unboundMatch } from './unbound-match.ts'
import { unmodelledChange } from './unmodelled-change.ts'
import { unownedVirtualService } from './unowned-virtual-service.ts'

/** Every rule, by its id. The list is the order in which they are catalogued. */
export const rules: readonly Rule[] = [
  changedRole,
  contestedHost,
  delegateBesideAction,
  droppedEntry,
  duplicateVirtualService,
  emptyPrimary,
  escapedBoundary,
  expiredSuppression,
  hiddenPrimary,
  hiddenSecondary,
  incompleteAnalysis,
  invalidCodeowners,
  invalidConfiguration,
  invalidManifest,
  mergeConflict,
  missingSecondary,
  mixedMirror,
  nestedDelegate,
  notDeployed,
  openPrefix,
  orphanSecondary,
  overriddenField,
  secondaryWithBindings,
  secondaryWithHosts,
  shadowedRoute,
  shiftedRewrite,
  unboundMatch,
  unmodelledChange,
  unownedVirtualService,
]
