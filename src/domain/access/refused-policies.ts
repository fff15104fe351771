import type {
  AccessCondition,
  AccessOperation,
  AccessRule,
  AccessSource,
  AuthorizationPolicySpec,
} from '../manifest/authorization-policy.ts'
import { isUnknownValue } from '../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import { memoized } from '../source/memoized.ts'
import { attributeOfKey, portIn } from './attributes.ts'
import { isUnreadablePath } from './text-patterns.ts'

/** Whether Istio's webhook refuses a policy: what never could do anything, what an action cannot ask, no key or port that it knows. */
export const isRefusedByWebhook = memoized(({ policy, annotations }: UnmodelledResource): boolean => {
  if (policy === undefined) return false
  const { spec, isIncomplete } = policy
  const rules = spec.rules ?? []
  if (neverTakes(spec) || rules.some(hasOddValue)) return true
  if (isIncomplete) return false
  return (
    isTriedOutInVain(spec, annotations['istio.io/dry-run']) ||
    isAddressedOddly(spec) ||
    hasOddProvider(spec) ||
    rules.some((rule) => isPartlyEmpty(rule) || (spec.action === 'CUSTOM' && asksWhoItIs(rule)))
  )
})

function neverTakes({ action, rules = [] }: AuthorizationPolicySpec): boolean {
  return (action === 'DENY' || action === 'CUSTOM') && rules.length === 0
}

/** Texts that Go reads as true or false. */
const truths = /^(?:[01tTfF]|true|True|TRUE|false|False|FALSE)$/

function isTriedOutInVain({ action = 'ALLOW' }: AuthorizationPolicySpec, value: string | undefined): boolean {
  if (value === undefined || isUnknownValue(value)) return false
  return (action !== 'ALLOW' && action !== 'DENY') || !truths.test(value)
}

/** By labels and by name at once, by a name that is none, or by labels with a wildcard. */
function isAddressedOddly({ selector, targetRef, targetRefs = [] }: AuthorizationPolicySpec): boolean {
  const targets = [...targetRefs, ...(targetRef === undefined ? [] : [targetRef])]
  const ways = [selector, targetRef, targetRefs[0]].filter((each) => each !== undefined)
  return (
    ways.length > 1 ||
    targets.some(({ name = '', namespace = '' }) => name === '' || namespace !== '') ||
    Object.entries(selector?.matchLabels ?? {}).some(
      ([key, value]) => key === '' || key.includes('*') || (value.includes('*') && !isUnknownValue(value)),
    )
  )
}

function hasOddProvider({ action, provider }: AuthorizationPolicySpec): boolean {
  return action === 'CUSTOM' ? (provider?.name ?? '') === '' : provider !== undefined
}

function hasOddValue({ to = [], when = [] }: AccessRule): boolean {
  const operations = to.flatMap(({ operation }) => operation ?? [])
  const ports = [
    ...operations.flatMap(({ ports: own = [], notPorts = [] }) => [...own, ...notPorts]),
    ...when.flatMap((each) => (each.key === 'destination.port' ? valuesOf(each) : [])),
  ]
  const paths = operations.flatMap(({ paths: own = [], notPaths = [] }) => [...own, ...notPaths])
  return (
    when.some(({ key = '' }) => attributeOfKey(key) === undefined) ||
    ports.some((each) => !isUnknownValue(each) && portIn(each) === undefined) ||
    paths.some((each) => !isUnknownValue(each) && isUnreadablePath(each))
  )
}

function valuesOf({ values = [], notValues = [] }: AccessCondition): readonly string[] {
  return [...values, ...notValues]
}

/** A source, operation or condition that says nothing, or a value of one. */
function isPartlyEmpty({ from = [], to = [], when = [] }: AccessRule): boolean {
  const listed = [
    ...from.map(({ source }) => listsOf(source)),
    ...to.map(({ operation }) => listsOf(operation)),
  ]
  return [...listed, ...when.map(valuesOf)].some((values) => values.length === 0 || values.includes(''))
}

function listsOf(part: AccessSource | AccessOperation | undefined): readonly string[] {
  return Object.values(part ?? {}).flat()
}

const keysOfClients = new Set([
  'source.namespace',
  'source.serviceAccount',
  'source.trustDomain',
  'source.principal',
])

/** Who the client is by its certificate or token, which CUSTOM cannot ask. */
function asksWhoItIs({ from = [], when = [] }: AccessRule): boolean {
  const sources = from.flatMap(({ source }) => source ?? [])
  return (
    sources.some(({ ipBlocks: _, notIpBlocks: __, remoteIpBlocks: ___, notRemoteIpBlocks: ____, ...who }) =>
      Object.values(who).some((values) => values.length > 0),
    ) || when.some(({ key = '' }) => keysOfClients.has(key) || key.startsWith('request.auth.'))
  )
}
