import type { Diagnostic } from '../source/diagnostic.ts'

/** What the rules have to say, each by its own id; one that says several things adds which. */
export type RuleCode =
  | 'changed-role.to-secondary'
  | 'changed-role.from-secondary'
  | 'contested-host'
  | 'delegate-beside-action'
  | 'delegate-beside-action.answered'
  | 'dropped-entry'
  | 'dropped-entry.partly'
  | 'duplicate-virtual-service'
  | 'duplicate-virtual-service.perhaps'
  | 'empty-primary'
  | 'escaped-boundary'
  | 'expired-suppression'
  | 'hidden-primary'
  | 'hidden-secondary'
  | 'incomplete-analysis'
  | 'incomplete-analysis.rewritten'
  | 'invalid-codeowners'
  | 'invalid-configuration'
  | 'invalid-manifest'
  | 'merge-conflict'
  | 'missing-secondary'
  | 'missing-secondary.unnamed'
  | 'mixed-mirror.mirrors'
  | 'mixed-mirror.share'
  | 'nested-delegate'
  | 'nested-delegate.unused'
  | 'open-prefix'
  | 'open-prefix.to-others'
  | 'orphan-secondary'
  | 'overridden-field'
  | 'secondary-with-bindings'
  | 'secondary-with-bindings.perhaps'
  | 'secondary-with-hosts'
  | 'secondary-with-hosts.itself'
  | 'shadowed-route'
  | 'shadowed-route.impossible'
  | 'shadowed-route.match'
  | 'shadowed-route.taken'
  | 'shifted-rewrite'
  | 'unbound-match'
  | 'unmodelled-change.broken-piece'
  | 'unmodelled-change.filled-in'
  | 'unmodelled-change.kept'
  | 'unmodelled-change.layer'
  | 'unmodelled-change.object'
  | 'unmodelled-change.other-routes'
  | 'unmodelled-change.other-servers'
  | 'unmodelled-change.template'
  | 'unmodelled-change.unreadable'
  | 'unowned-virtual-service'

/**
 * Which mistake a finding is, whatever it is called: what a rule has to say, or the mistake that a reader of files found. Programs may
 * rely on it; it never depends on the words.
 */
export type FindingCode = RuleCode | ReaderCode

/** What a reader of files found; a rule hands it on. */
type ReaderCode = NonNullable<Diagnostic['code']>

/** Whether a finding of this rule hands on what a reader of files found. */
export function isReaderCode(code: FindingCode, rule: string): code is ReaderCode {
  return code !== rule && !code.startsWith(`${rule}.`)
}
