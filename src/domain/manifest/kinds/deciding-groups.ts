/** Groups of which a document that cannot be read makes the analysis incomplete: people route and forbid by them. */
const strictGroups = ['networking.istio.io', 'security.istio.io', 'gateway.networking.k8s.io'] as const

/** Groups of which every kind is compared, and that, like the strict ones, are named by an `apiVersion`. */
const otherGroups = [
  'admiral.io',
  'authorino.kuadrant.io',
  'extensions.istio.io',
  'federation.maistra.io',
  'flagger.app',
  'gateway.kyma-project.io',
  'gateway.networking.x-k8s.io',
  'gateway.tsb.tetrate.io',
  'install.istio.io',
  'istio.alibabacloud.com',
  'maistra.io',
  'metaprotocol.aeraki.io',
  'microservice.slime.io',
  'networking.gloo.solo.io',
  'sailoperator.io',
  'servicemesh.cisco.com',
  'telemetry.istio.io',
  'traffic.tsb.tetrate.io',
] as const

/** A resource that merges patches into a VirtualService; its operators use groups of their own. */
const mergingKind = 'VirtualServiceMerge'

/** API groups, told apart by what follows from a document of theirs that cannot be read. */
export const decidingGroups = { strict: strictGroups, other: otherGroups } as const

const groups: ReadonlySet<string> = new Set([...strictGroups, ...otherGroups])

/** Kinds of the groups above that say nothing about a request: what Flagger measures by, and whom it tells. */
const besideRequests = new Set(['AlertProvider', 'MetricTemplate'])

/** The group in an `apiVersion`; the core group is ''. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash === -1 ? '' : apiVersion.slice(0, slash)
}

/** A kind with its group in front; of the core group, the kind alone. */
export function fullKind({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string
  readonly kind: string
}): string {
  const group = groupOf(apiVersion)
  return group === '' ? kind : `${group}/${kind}`
}

/** Whether an object as a whole may decide about requests. Kinds of which only a part does are not among them. */
export function decidesAsAWhole(apiVersion: string, kind: string | undefined): boolean {
  if (kind === mergingKind) return true
  return groups.has(groupOf(apiVersion)) && !(kind !== undefined && besideRequests.has(kind))
}

/** What the text of such an object holds, one of them at least. */
export const namesOfDeciding: readonly string[] = [...groups, mergingKind]
