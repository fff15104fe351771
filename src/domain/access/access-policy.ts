import type { AccessRule, AuthorizationPolicySpec } from '../manifest/authorization-policy.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { Located } from '../source/located.ts'
import { memoized } from '../source/memoized.ts'
import type { SourceFile } from '../source/source-file.ts'

/** What a policy does with the requests that one of its rules takes. */
type AccessAction = 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM'

/** An AuthorizationPolicy that was read: which requests it takes, at which pods, and what becomes of them. */
export interface AccessPolicy extends Located {
  readonly name: string
  readonly namespace?: string
  readonly file: SourceFile
  readonly action: AccessAction
  /** Whom CUSTOM asks. */
  readonly provider: string
  readonly rules: readonly AccessRule[]
  readonly selector: Readonly<Record<string, string>>
  /** What it is attached to; a policy with any ignores the selector. */
  readonly targets: readonly TargetReference[]
  /** It is not as the schema has it, so that anything may be meant. */
  readonly isIncomplete: boolean
}

/** What a policy is attached to. */
type TargetReference = NonNullable<AuthorizationPolicySpec['targetRefs']>[number]

/** Texts that Go reads as true. */
const isTrue = /^(?:1|t|T|TRUE|true|True)$/

/** The policy of an object, if it is one that refuses anything: AUDIT and a dry run only write down what they would have done. */
export const policyOf = memoized((resource: UnmodelledResource): AccessPolicy | undefined => {
  const { policy, annotations, name, namespace, file } = resource
  if (policy === undefined) return undefined
  const { spec, isIncomplete } = policy
  const action = (spec.action ?? 'ALLOW') as AccessAction
  if (action === 'AUDIT' || isTrue.test(annotations['istio.io/dry-run'] ?? '')) return undefined
  return {
    ...resource,
    name,
    ...(namespace !== undefined && { namespace }),
    file,
    action,
    provider: spec.provider?.name ?? '',
    rules: spec.rules ?? [],
    selector: { ...spec.selector?.matchLabels },
    targets: [...(spec.targetRefs ?? []), ...(spec.targetRef === undefined ? [] : [spec.targetRef])],
    isIncomplete,
  }
})

/** Equal for policies that decide alike wherever they are written. */
export const keyOfPolicy = memoized(
  ({ action, provider, rules, selector, targets, isIncomplete, ...policy }: AccessPolicy): string =>
    canonicalJson([
      identityOf(policy),
      action,
      provider,
      rules.map(canonicalJson).toSorted(),
      { ...selector },
      targets.map((each) => ({ ...each })),
      isIncomplete,
    ]),
)
