import { decidesAsAWhole, groupOf } from '../../manifest/kinds/deciding-groups.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Subject } from '../reach.ts'
import { attached } from './attached.ts'
import { controlPlane } from './control-plane.ts'
import { core } from './core.ts'
import { credentials } from './credentials.ts'
import { gatewayApi } from './gateway-api.ts'
import { inputs } from './inputs.ts'
import { installs } from './installs.ts'
import { istio } from './istio.ts'
import { managedNamespaces } from './managed-namespaces.ts'
import { namesOfHosts } from './names-of-hosts.ts'
import { operators } from './operators.ts'
import { policies } from './policies.ts'
import { rights } from './rights.ts'
import { clusterNetworks } from './running/cluster-networks.ts'
import { disturbing } from './running/disturbing.ts'
import { enforcers } from './running/enforcers.ts'
import { networks } from './running/networks.ts'
import { nodePools } from './running/node-pools.ts'
import { nodes } from './running/nodes.ts'
import { pods } from './running/pods.ts'
import { scaling } from './running/scaling.ts'
import { scheduling } from './running/scheduling.ts'
import { sidecarSets } from './running/sidecar-sets.ts'
import { values } from './values.ts'
import { accounts } from './writing/accounts.ts'
import { acting } from './writing/acting.ts'
import { admission } from './writing/admission.ts'
import { commands } from './writing/commands.ts'
import { definitions } from './writing/definitions.ts'
import { engines } from './writing/engines.ts'
import { generated } from './writing/generated.ts'
import { judges } from './writing/judges.ts'
import { restoring } from './writing/restoring.ts'
import { unseenPrograms } from './writing/unseen-programs.ts'

/** Every kind that can decide about requests and is not modelled. */
export const kindEntries: readonly KindEntry[] = [
  ...istio,
  ...gatewayApi,
  ...policies,
  ...operators,
  ...core,
  ...pods,
  ...attached,
  ...credentials,
  ...values,
  ...inputs,
  ...namesOfHosts,
  ...disturbing,
  ...controlPlane,
  ...admission,
  ...engines,
  ...judges,
  ...networks,
  ...enforcers,
  ...clusterNetworks,
  ...acting,
  ...commands,
  ...accounts,
  ...unseenPrograms,
  ...definitions,
  ...scaling,
  ...nodes,
  ...nodePools,
  ...scheduling,
  ...sidecarSets,
  ...generated,
  ...rights,
  ...restoring,
  ...installs,
  ...managedNamespaces,
]

/** The entry of an object: that of its kind, else that of the rest of its group. */
export function entryOf({ apiVersion, kind }: Pick<Subject, 'apiVersion' | 'kind'>): KindEntry | undefined {
  const group = groupOf(apiVersion)
  const there = kindEntries.filter((entry) => entry.group === group || entry.group === '*')
  return (
    there.find(({ kinds }) => kinds?.includes(kind)) ??
    there.find(({ kinds, group: own }) => kinds === undefined && own !== '*')
  )
}

/**
 * The entries of what is compared in part; an object may count in several ways. Those of any group are of all that does not
 * decide as a whole.
 */
export function partialEntriesOf({
  apiVersion,
  kind,
}: Pick<Subject, 'apiVersion' | 'kind'>): readonly KindEntry[] {
  const group = groupOf(apiVersion)
  const isWhole = decidesAsAWhole(apiVersion, kind)
  return kindEntries.filter(
    (entry) =>
      entry.partial === true &&
      (entry.group === group || (entry.group === '*' && !isWhole)) &&
      (entry.kinds?.includes(kind) ?? true),
  )
}
