import { delegateBesideAction } from './delegate-beside-action.ts'
import { droppedEntry } from './dropped-entry.ts'
import { duplicateVirtualService } from './duplicate-virtual-service.ts'
import { expiredSuppression } from './expired-suppression.ts'
import { incompleteAnalysis } from './incomplete-analysis.ts'
import { invalidCodeowners } from './invalid-codeowners.ts'
import { invalidConfiguration } from './invalid-configuration.ts'
import { invalidManifest } from './invalid-manifest.ts'
import { mergeConflict } from './merge-conflict.ts'
import { missingSecondary } from './missing-secondary.ts'
import { nestedDelegate } from './nested-delegate.ts'
import { orphanSecondary } from './orphan-secondary.ts'
import type { Rule } from './rule.ts'
import { secondaryWithBindings } from './secondary-with-bindings.ts'
import { secondaryWithHosts } from './secondary-with-hosts.ts'
import { shadowedRoute } from './shadowed-route.ts'

/** Every rule, by its id. The list is the order in which they are catalogued. */
export const rules: readonly Rule[] = [
  delegateBesideAction,
  droppedEntry,
  duplicateVirtualService,
  expiredSuppression,
  incompleteAnalysis,
  invalidCodeowners,
  invalidConfiguration,
  invalidManifest,
  mergeConflict,
  missingSecondary,
  nestedDelegate,
  orphanSecondary,
  secondaryWithBindings,
  secondaryWithHosts,
  shadowedRoute,
]
