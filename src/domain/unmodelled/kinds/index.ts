import { decidesAsAWhole, groupOf } from '../../manifest/kinds/deciding-groups.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Subject } from '../reach.ts'
import { accounts } from './accounts.ts'
import { acting } from './acting.ts'
import { admission } from './admission.ts'
import { attached } from './attached.ts'
import { commands } from './commands.ts'
import { controlPlane } from './control-plane.ts'
import { core } from './core.ts'
import { credentials } from './credentials.ts'
import { disturbing } from './disturbing.ts'
import { engines } from './engines.ts'
import { gatewayApi } from './gateway-api.ts'
import { generated } from './generated.ts'
import { inputs } from './inputs.ts'
import { installs } from './installs.ts'
import { istio } from './istio.ts'
import { judges } from './judges.ts'
import { namesOfHosts } from './names-of-hosts.ts'
import { networks } from './networks.ts'
import { operators } from './operators.ts'
import { pods } from './pods.ts'
import { policies } from './policies.ts'
import { restoring } from './restoring.ts'
import { rights } from './rights.ts'
import { scaling } from './scaling.ts'
import { scheduling } from './scheduling.ts'
import { unseenPrograms } from './unseen-programs.ts'
import { values } from './values.ts'

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
  ...acting,
  ...commands,
  ...accounts,
  ...unseenPrograms,
  ...scaling,
  ...scheduling,
  ...generated,
  ...rights,
  ...restoring,
  ...installs,
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
