import type { Diagnostic } from '../source/diagnostic.ts'

/** What the rules have to say themselves: mostly their own id, and with it which of several things. */
export type RuleCode =
  | `broken-route-test.${'differs' | 'perhaps' | 'too-many'}`
  | `changed-role.${'to' | 'from'}-secondary`
  | 'contested-host'
  | 'dead-gateway-reference'
  | `delegate-beside-action${'' | '.answered'}`
  | `dropped-entry${'' | '.partly'}`
  | 'dropped-http-route'
  | `duplicate-virtual-service${'' | '.perhaps' | '.several'}`
  | 'empty-primary'
  | 'escaped-boundary'
  | 'hidden-primary'
  | 'hidden-secondary'
  | 'ignored-target-ref'
  | `missing-backend${'' | '.kind'}`
  | 'missing-grant'
  | 'missing-port'
  | `missing-secondary${'' | '.unnamed'}`
  | `missing-subset${'' | '.taken' | '.for-some'}`
  | `mixed-mirror.${'mirrors' | 'share'}`
  | `nested-delegate${'' | '.unused'}`
  | 'not-deployed'
  | `open-prefix${'' | '.to-others'}`
  | 'orphan-secondary'
  | `overridden-field${'' | '.security'}`
  | `passable-deny.${'host' | 'path'}`
  | 'prefix-hides-regex'
  | 'rewritten-by-git'
  | `secondary-with-bindings${'' | '.perhaps'}`
  | `secondary-with-hosts${'' | '.itself'}`
  | `shadowed-route${'' | '.impossible' | '.match' | '.taken' | '.tied'}`
  | 'shifted-rewrite'
  | 'unattached-route'
  | 'unbound-match'
  | `unmodelled-change.${'layer' | 'left-out' | 'object' | UnmodelledPart}`
  | 'unowned-virtual-service'
  | 'unserved-host'

type UnmodelledPart =
  | 'exported'
  | 'filled-in'
  | 'kept'
  | 'internal'
  | 'other-routes'
  | 'other-servers'
  | 'template'
  | 'unreadable'

/**
 * Which mistake a finding is, whatever it is called: what a rule has to say, or what a reader of files found. Programs may
 * rely on it; it never depends on the words.
 */
export type FindingCode = RuleCode | ReaderCode

/** What a reader of files found; a rule hands it on. */
type ReaderCode = NonNullable<Diagnostic['code']>
