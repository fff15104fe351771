import type { IstioSettings } from '../../routing/istio-settings.ts'
import type { Effect } from '../../rules/rule.ts'
import type { Located } from '../../source/located.ts'

/** Where the configuration is, on the base branch. */
export const configurationPath = '.github/firebreak.yml'

/** `.github/firebreak.yml` with every default filled in. */
export interface Policy {
  readonly manifests: { readonly include: readonly string[]; readonly exclude: readonly string[] }
  readonly meshes: readonly { readonly name: string; readonly paths: readonly string[] }[]
  /** What is applied at once, where nothing that delivers says so. */
  readonly units: readonly StatedUnit[]
  readonly namespaces: readonly { readonly paths: readonly string[]; readonly namespace: string }[]
  readonly render: { readonly helm: boolean }
  readonly istio: IstioSettings
  readonly complete: boolean
  /** Globs of `ns/name` that something else delivers. */
  readonly external: readonly string[]
  /** Files with what clusters have, and of which mesh each is. */
  readonly snapshots: readonly { readonly path: string; readonly mesh?: string | undefined }[]
  /** Whose weights are not compared, where an object here names the routes. */
  readonly ignoreFields: readonly ('flagger' | 'argo-rollouts')[]
  /** Globs of `ns/name` of VirtualServices whose weights something elsewhere sets. */
  readonly ignoreWeights: readonly string[]
  readonly ownership: { readonly consent: 'approval' | 'author'; readonly administrators: readonly string[] }
  readonly consent: {
    readonly inherited: 'require-approval' | 'report'
    readonly certain: 'all' | 'only'
    readonly many: number
    /** Keys of labels and annotations that do not count in a document of others. */
    readonly ignore: readonly string[]
  }
  readonly bots: readonly BotPermit[]
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

/** How the folder of a stated unit is taken, as a closed list. */
export const unitKinds = ['kustomize', 'directory', 'recursive-directory'] as const

/** A unit that the configuration states: what lies in a folder, how it is taken, and where its objects belong. */
export interface StatedUnit extends Located {
  /** From the root of the repository, which is ''. */
  readonly path: string
  readonly kind: (typeof unitKinds)[number]
  readonly mesh?: string
  /** Of objects that name none. */
  readonly namespace?: string
}

/** A folder below the root, without wildcards, spaces and steps upward; `.` is the root. */
export const folderPattern = /^(?:\.|(?!\.{0,2}(?:\/|$))(?!(?:.*\/)?\.{1,2}(?:\/|$))[^\s*?{}\\]+)$/

/** Whether a unit of this folder can be written down. */
export function canBeStated(folder: string): boolean {
  return folder === '' || folderPattern.test(folder)
}

type CommentsWhen = 'off' | 'others' | 'changes' | 'always'

/** A kind of change that can be permitted by itself: `metadata` are labels and annotations that decide nothing. */
export type Permission = 'weights' | 'metadata'

/** For whom a bot speaks, and with what kind of change. */
export interface BotPermit {
  readonly login: string
  /** An owner as in CODEOWNERS. */
  readonly for: string
  readonly may: readonly Permission[]
}

/** A finding that somebody has decided to live with for a while. */
export interface Suppression extends Located {
  readonly rule: string
  /** `ns/name`. */
  readonly resource: string
  /** The kind of the resource, as `group/Kind`; absent: a VirtualService. */
  readonly kind?: string
  readonly reason: string
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string
}
