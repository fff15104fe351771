import type { AuthorizationPolicySpec } from '../manifest/authorization-policy.ts'
import { isUnknownValue } from '../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import { memoized } from '../source/memoized.ts'
import { attributeOfKey, portIn } from './attributes.ts'

/** Whether Istio's webhook refuses a policy: one that never could do anything, a key that it does not know, no port. */
export const isRefusedByWebhook = memoized(({ policy }: UnmodelledResource): boolean => {
  if (policy === undefined) return false
  const { spec } = policy
  return neverTakes(spec) || (spec.rules ?? []).some(isRefused)
})

function neverTakes({ action, rules = [] }: AuthorizationPolicySpec): boolean {
  return (action === 'DENY' || action === 'CUSTOM') && rules.length === 0
}

function isRefused({ to = [], when = [] }: NonNullable<AuthorizationPolicySpec['rules']>[number]): boolean {
  const ports = to.flatMap(({ operation }) => [...(operation?.ports ?? []), ...(operation?.notPorts ?? [])])
  return (
    when.some(({ key = '' }) => attributeOfKey(key) === undefined) ||
    ports.some((each) => !isUnknownValue(each) && portIn(each) === undefined)
  )
}
