import type { IstioSettings } from '../routing/istio-settings.ts'
import type { Effect } from '../rules/rule.ts'

/** `.github/firebreak.yml` with every default filled in. */
export interface Policy {
  readonly manifests: { readonly include: readonly string[]; readonly exclude: readonly string[] }
  readonly meshes: readonly { readonly name: string; readonly paths: readonly string[] }[]
  readonly namespaces: readonly { readonly paths: readonly string[]; readonly namespace: string }[]
  readonly istio: IstioSettings
  readonly complete: boolean
  readonly ownership: { readonly consent: 'approval' | 'author'; readonly administrators: readonly string[] }
  readonly consent: {
    readonly inherited: 'require-approval' | 'report'
    readonly certain: 'all' | 'only'
    readonly many: number
  }
  readonly bots: readonly { readonly login: string; readonly for: string; readonly may: readonly string[] }[]
  readonly override: boolean
  readonly mode: 'enforce' | 'observe'
  readonly approvals: { readonly stale: 'dismiss' | 'keep' }
  readonly rules: Readonly<Record<string, Effect>>
  readonly comments: {
    readonly summary: CommentsWhen
    readonly review: CommentsWhen
  }
  readonly suppress: readonly Suppression[]
}

export type CommentsWhen = 'off' | 'others' | 'changes' | 'always'

export interface Suppression {
  readonly rule: string
  readonly resource: string
  readonly reason: string
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string
}
