import { ignoredTargetRef } from './access/ignored-target-ref.ts'
import { passableDeny } from './access/passable-deny.ts'
import { changedRole } from './delegation/changed-role.ts'
import { delegateBesideAction } from './delegation/delegate-beside-action.ts'
import { droppedEntry } from './delegation/dropped-entry.ts'
import { emptyPrimary } from './delegation/empty-primary.ts'
import { escapedBoundary } from './delegation/escaped-boundary.ts'
import { hiddenSecondary } from './delegation/hidden-secondary.ts'
import { missingSecondary } from './delegation/missing-secondary.ts'
import { nestedDelegate } from './delegation/nested-delegate.ts'
import { orphanSecondary } from './delegation/orphan-secondary.ts'
import { overriddenField } from './delegation/overridden-field.ts'
import { secondaryWithBindings } from './delegation/secondary-with-bindings.ts'
import { secondaryWithHosts } from './delegation/secondary-with-hosts.ts'
import { deadGatewayReference } from './gateway-api/dead-gateway-reference.ts'
import { droppedHttpRoute } from './gateway-api/dropped-http-route.ts'
import { missingBackend } from './gateway-api/missing-backend.ts'
import { missingGrant } from './gateway-api/missing-grant.ts'
import { prefixHidesRegex } from './gateway-api/prefix-hides-regex.ts'
import { unattachedRoute } from './gateway-api/unattached-route.ts'
import { brokenRouteTest } from './input/broken-route-test.ts'
import { expiredSuppression } from './input/expired-suppression.ts'
import { incompleteAnalysis } from './input/incomplete-analysis.ts'
import { invalidCodeowners } from './input/invalid-codeowners.ts'
import { invalidConfiguration } from './input/invalid-configuration.ts'
import { invalidManifest } from './input/invalid-manifest.ts'
import { invalidSnapshot } from './input/invalid-snapshot.ts'
import { mergeConflict } from './input/merge-conflict.ts'
import { notDeployed } from './input/not-deployed.ts'
import { unownedVirtualService } from './input/unowned-virtual-service.ts'
import { rejectedByProxy } from './proxy/rejected-by-proxy.ts'
import { contestedHost } from './routes/contested-host.ts'
import { duplicateVirtualService } from './routes/duplicate-virtual-service.ts'
import { hiddenPrimary } from './routes/hidden-primary.ts'
import { missingPort } from './routes/missing-port.ts'
import { missingSubset } from './routes/missing-subset.ts'
import { mixedMirror } from './routes/mixed-mirror.ts'
import { openPrefix } from './routes/open-prefix.ts'
import { shadowedRoute } from './routes/shadowed-route.ts'
import { shiftedRewrite } from './routes/shifted-rewrite.ts'
import { unboundMatch } from './routes/unbound-match.ts'
import { unservedHost } from './routes/unserved-host.ts'
import type { Rule } from './rule.ts'
import { unmodelledChange } from './unmodelled/unmodelled-change.ts'

/** Every rule, by its id. The list is the order in which they are catalogued. */
export const rules: readonly Rule[] = [
  brokenRouteTest,
  changedRole,
  contestedHost,
  deadGatewayReference,
  delegateBesideAction,
  droppedEntry,
  droppedHttpRoute,
  duplicateVirtualService,
  emptyPrimary,
  escapedBoundary,
  expiredSuppression,
  hiddenPrimary,
  hiddenSecondary,
  ignoredTargetRef,
  incompleteAnalysis,
  invalidCodeowners,
  invalidConfiguration,
  invalidManifest,
  invalidSnapshot,
  mergeConflict,
  missingBackend,
  missingGrant,
  missingPort,
  missingSecondary,
  missingSubset,
  mixedMirror,
  nestedDelegate,
  notDeployed,
  openPrefix,
  orphanSecondary,
  overriddenField,
  passableDeny,
  prefixHidesRegex,
  rejectedByProxy,
  secondaryWithBindings,
  secondaryWithHosts,
  shadowedRoute,
  shiftedRewrite,
  unattachedRoute,
  unboundMatch,
  unmodelledChange,
  unownedVirtualService,
  unservedHost,
]
