// The `firebreak/1` contract as types, which are published as they stand: nothing may be imported here.

/** What `firebreak check --format json` prints: the verdict and everything it rests on. */
export interface Check {
  readonly schema: 'firebreak/1'
  readonly decision: CheckDecision
  /** Whether findings of both sides were looked for. */
  readonly existing: boolean
  readonly findings: readonly CheckFinding[]
  readonly changes: readonly CheckChange[]
  /** The changes by the teams that they touch, as indices of `changes`. */
  readonly blastRadius: readonly { readonly team: string; readonly changes: readonly number[] }[]
  readonly assumptions: readonly string[]
  /** With `--traffic`: what would become of the requests in logs. It decides nothing. */
  readonly traffic?: CheckTraffic
}

/** Numbers of requests: those that would surely be treated differently, and those that perhaps would. */
export interface TrafficCounts {
  readonly certain: number
  readonly perhaps: number
}

/** The requests in logs, by what would become of them. */
export interface CheckTraffic {
  /** The file or folder, as it was named. */
  readonly source: string
  readonly read: {
    readonly files: number
    /** Folders, links and pipes in a folder of logs, which are not looked into. */
    readonly skipped: number
    readonly lines: number
    /** Lines of what VirtualServices do not route. */
    readonly others: number
    readonly unreadable: number
    readonly firstUnreadable?: Place
    /** Files that could not be read to their end. */
    readonly broken: readonly string[]
    /** Beyond a budget nothing was read. */
    readonly cut: boolean
  }
  readonly requests: number
  readonly different: TrafficCounts
  /** More different paths than examples are kept of. */
  readonly folded: boolean
  readonly byTeam: readonly (TrafficCounts & { readonly team: string })[]
  readonly byHost: readonly (TrafficCounts & { readonly host: string })[]
  readonly groups: readonly (TrafficCounts & {
    /** The changes that meet them, as indices of `changes`. */
    readonly changes: readonly number[]
    /** The most frequent, the first one first. */
    readonly witnesses: readonly {
      readonly method: string
      readonly host: string
      readonly path: string
      readonly count: number
      readonly certain: boolean
    }[]
  })[]
}

export interface CheckDecision {
  readonly conclusion: 'success' | 'action_required' | 'failure'
  /** At most 80 characters that decide by themselves. */
  readonly summary: string
  readonly requirements: readonly CheckRequirement[]
  readonly override?: { readonly by: string; readonly at: string; readonly reason: string }
}

/** A team that must agree. */
export interface CheckRequirement {
  readonly team: string
  readonly because: readonly CheckReason[]
  /** Absent while the team has not agreed. */
  readonly satisfiedBy?: { readonly by: string; readonly how: 'author' | 'approval' }
  /** Why what somebody has said does not satisfy it. */
  readonly obstacle?: string
}

export interface CheckReason extends Partial<Place> {
  readonly kind: 'resource' | 'identity' | 'traffic' | 'judge' | 'rule'
  readonly code: string
  readonly text: string
  /** An index of `changes`. */
  readonly change?: number
  /** An index of `findings`. */
  readonly finding?: number
}

/** Where something is written: a path in the repository, and a line from 1. */
export interface Place {
  readonly file: string
  readonly line: number
}

/** Something that is wrong. */
export interface CheckFinding {
  /** A page of `firebreak rules`. */
  readonly rule: string
  readonly code: string | undefined
  readonly severity: 'error' | 'warning' | 'info'
  readonly status: 'introduced' | 'existing' | 'fixed'
  readonly file: string | null
  readonly line: number | null
  readonly column: number | null
  readonly message: string
  /** `namespace/name`; '' where it is about no object. */
  readonly resource: string
  readonly mesh: string
  readonly teams: readonly string[]
  /** Istio's own webhook would refuse the object. */
  readonly admission?: 'rejected'
}

/** Requests of one host that end differently, all in the same way. */
export interface CheckChange {
  readonly mesh: string
  /** `namespace/name`, or `mesh`. */
  readonly gateway: string
  /** Every Gateway of the listener, where there are several. */
  readonly gateways?: readonly string[]
  readonly host: string
  readonly ports?: readonly number[]
  /** The names that TLS was asked for, where they are others than the host. */
  readonly sni?: readonly string[]
  /** Which requests, as a sentence. */
  readonly requests: string
  readonly kind:
    | 'dropped'
    | 'opened'
    | 'reclaimed'
    | 'moved'
    | 'reassigned'
    | 'inherited'
    | 'changed'
    | 'denied'
    | 'admitted'
  readonly spill: boolean
  /** The teams that must agree, and those that are told. */
  readonly touched: readonly string[]
  readonly told: readonly string[]
  readonly scope: readonly string[]
  /** null where no route answers. */
  readonly before: SuppliedRoute | null
  readonly after: SuppliedRoute | null
  /** The policies that refuse the requests with 403, on the side where they do: before any route is asked. */
  readonly refusedBy?: Readonly<Partial<Record<'before' | 'after', readonly RefusingPolicy[]>>>
  /** What the requests get where no route answers on either side. */
  readonly unanswered?: Readonly<
    Partial<Record<'before' | 'after', 'not-found' | 'service' | 'either' | 'denied'>>
  >
  /** One request that is treated differently; null only where the change is not certain. */
  readonly witness: WitnessRequest | null
  readonly certain: boolean
  /** Why it is not certain. */
  readonly because?: readonly Doubtful[]
  /** What was in doubt and does not matter here. */
  readonly settled?: readonly Doubtful[]
}

/** A policy that refuses requests; `not-allowed`: it allows, and not these, as no other does. */
export interface RefusingPolicy extends Partial<Place> {
  /** `namespace/name` */
  readonly policy: string
  readonly reason: 'denied' | 'not-allowed'
}

export interface Doubtful extends Partial<Place> {
  readonly code: string
  readonly text: string
}

/** The route that answers, and who supplies it. */
export interface SuppliedRoute {
  readonly virtualService: string
  readonly primary: string
  readonly file: string
  readonly line: number | null
  /** The action in normal form: `kind`, and what goes with it. */
  readonly action: { readonly kind: 'route' | 'redirect' | 'directResponse' | 'external' | 'none' }
  readonly owners: readonly string[]
}

/** One concrete request; `authority` has no port, and `path` may hold a query. */
export interface WitnessRequest {
  readonly method: string
  readonly scheme: string
  readonly authority: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly port?: number
  readonly sni?: string
  readonly sourceLabels?: Readonly<Record<string, string>>
  readonly sourceNamespace?: string
}

/** What `firebreak routes --format json` prints: one table for each mesh, gateway and host. */
export interface Routes {
  readonly schema: 'firebreak/1'
  readonly tables: readonly RoutesTable[]
  /** What is in no table, by reason. */
  readonly leftOut?: readonly {
    readonly reason: string
    readonly count: number
    readonly example: string
    readonly files: readonly string[]
  }[]
}

export interface RoutesTable {
  readonly mesh: string
  readonly gateway: string
  readonly host: string
  /** The host or the gateway is filled in by another tool. */
  readonly placeholders?: boolean
  readonly ports?: readonly number[]
  /** The copies that live in this table in place of others of their name. */
  readonly copies?: readonly RoutesObject[]
  readonly virtualServices: readonly (RoutesObject & {
    readonly answers: 'asked' | 'not-asked' | 'no-routes' | 'delegated' | 'copy'
  })[]
  readonly routes: readonly RoutesEntry[]
  /** Entries that Istio drops. */
  readonly dropped: readonly RoutesDropped[]
}

export interface RoutesObject {
  readonly name: string
  readonly file: string
  readonly line: number | null
}

export interface RoutesEntry {
  /** The merged HTTPRoute in Istio's own JSON. */
  readonly http: object
  readonly primary: string
  readonly secondary?: string
  readonly file: string
  readonly line: number | null
}

export interface RoutesDropped {
  readonly primary: string
  readonly entry: number
  readonly secondary?: string
  readonly secondaryEntry?: number
  readonly reason: string
  readonly field?: string
}

/** One line that `firebreak owners` prints. */
export interface OwnersAnswer {
  readonly path: string
  readonly owners: readonly string[]
  /** The line of CODEOWNERS that decides, and its pattern. */
  readonly line: number | null
  readonly pattern: string | null
}
