import { rules } from '../rules/index.ts'
import type { Finding } from '../rules/rule.ts'
import { ruleOf } from '../rules/rule-of.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import { type ReadConfiguration, readConfiguration } from './configuration/configuration.ts'
import { effectOf } from './configuration/effect.ts'
import { configurationPath, type Policy } from './configuration/policy.ts'
import type { JudgedCodeowners } from './judge-codeowners.ts'
import { judgeFindings } from './judge-findings.ts'
import { expiredSuppressions } from './suppress.ts'
import type { ChangedFile } from './touched.ts'

/** What of a proposal is about the judge's own files. */
interface ProposedJudge {
  readonly changed: readonly ChangedFile[]
  readonly configuration?: SourceFile
  readonly defaults?: SourceFile
  readonly today: string
}

/** The judge's own files as they are read: the policy of the base side, and the mistakes of both. */
interface JudgeFiles {
  readonly policy: Policy
  readonly configuration: readonly Diagnostic[]
  readonly codeowners: JudgedCodeowners
}

/** Mistakes in CODEOWNERS and the configuration, before and after. */
export function findingsOfJudge(
  { changed, configuration, defaults, today }: ProposedJudge,
  judge: JudgeFiles,
): readonly Finding[] {
  const { policy, codeowners } = judge
  const proposal = { changed, ...(defaults && { defaults }) }
  const after = proposedConfiguration(proposal, { policy, diagnostics: judge.configuration })
  const isKept = !changed.some(({ path, previousPath }) => [path, previousPath].includes(configurationPath))
  return [
    ...judgeFindings(
      { base: judge.configuration, merged: after.diagnostics },
      effectOf(ruleOf('invalid-configuration'), policy),
    ),
    ...judgeFindings(
      { base: codeowners.base?.diagnostics ?? [], merged: codeowners.merged?.diagnostics ?? [] },
      effectOf(ruleOf('invalid-codeowners'), policy),
    ),
    ...expiredSuppressions(
      { base: policy, merged: configuration === undefined && isKept ? policy : after.policy },
      ruleOf('expired-suppression'),
      today,
    ),
  ]
}

/** The configuration that would apply after the merge. */
export function proposedConfiguration(
  { changed, defaults }: Pick<ProposedJudge, 'changed' | 'defaults'>,
  today: ReadConfiguration,
): ReadConfiguration {
  const proposed = changed.find(({ path, previousPath }) => [path, previousPath].includes(configurationPath))
  if (proposed === undefined) return today
  const own = proposed.path === configurationPath ? proposed.merged : undefined
  return readConfiguration(own ?? defaults, rules)
}
