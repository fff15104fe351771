import { readConfiguration } from '../../../domain/policy/configuration/configuration.ts'
import { effectOf } from '../../../domain/policy/configuration/effect.ts'
import { configurationPath, type Policy } from '../../../domain/policy/configuration/policy.ts'
import type { Assessment } from '../../../domain/policy/judgement.ts'
import { rules } from '../../../domain/rules/index.ts'

/** A setting that would be another one once the pull request is merged: its key, and both values as they are written. */
export interface SettingChange {
  readonly key: string
  readonly today: string
  readonly afterMerge: string
}

/** Both policies, where the configuration is changed and can be read. */
export interface TwoPolicies {
  readonly today: Policy
  readonly afterMerge: Policy
}

/** What judges today and what would after the merge; undefined where the configuration stays, or nobody can read it. */
export function changedPolicies({ touched, policy }: Assessment): TwoPolicies | undefined {
  const file = touched.files.find(({ path, previousPath }) =>
    [path, previousPath].includes(configurationPath),
  )
  if (file === undefined) return undefined
  const merged = file.path === configurationPath ? file.merged : undefined
  const { policy: afterMerge, diagnostics } = readConfiguration(merged, rules)
  return diagnostics.length > 0 ? undefined : { today: policy, afterMerge }
}

/** Those that are looked at first: what they decide reaches furthest. */
const weightiest = [
  'mode',
  'manifests',
  'rules',
  'suppress',
  'override',
  'consent',
  'ownership',
  'approvals',
  'bots',
]

/** What differs between two policies, setting by setting, the weightiest first. */
export function settingChanges({ today, afterMerge }: TwoPolicies): readonly SettingChange[] {
  const [before, after] = [today, afterMerge].map(settingsOf)
  const keys = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])]
  return keys
    .flatMap((key) => {
      const [old = '', now = ''] = [before?.get(key), after?.get(key)]
      return old === now ? [] : [{ key, today: old, afterMerge: now }]
    })
    .sort((a, b) => weightOf(a) - weightOf(b))
}

function weightOf({ key }: SettingChange): number {
  const at = weightiest.indexOf(key.split('.')[0] ?? '')
  return at === -1 ? weightiest.length : at
}

function settingsOf(policy: Policy): ReadonlyMap<string, string> {
  const { major, minor } = policy.istio.version
  const effects = rules
    .filter(({ configurable }) => configurable)
    .map((rule) => [rule.id, effectOf(rule, policy)])
  const written = {
    ...policy,
    istio: { ...policy.istio, version: `${major}.${minor}` },
    rules: Object.fromEntries(effects),
  }
  return new Map(leavesOf(written, ''))
}

function leavesOf(value: unknown, key: string): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [[key, typeof value === 'string' ? value : (JSON.stringify(value) ?? '')]]
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, key === '' ? name : `${key}.${name}`),
  )
}
