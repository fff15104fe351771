import type { Comparison } from '../../diff/comparison.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Finding } from '../../rules/rule.ts'
import { sentenceIn } from '../../words/sentence.ts'
import type { Reason } from '../decision.ts'
import type { Ask, Questioned } from './ask.ts'
import { allPrimaries, primariesOfResource } from './concerned-primaries.ts'

/** A rule whose effect is `require-approval` asks the teams that its finding names, else the administrators. */
export function askAboutFindings({ findings, comparison }: Questioned): readonly Ask[] {
  return findings
    .filter((finding) => finding.status === 'introduced' && finding.effect === 'require-approval')
    .flatMap((finding): readonly Ask[] => {
      const primaries = primariesOf(finding, comparison)
      const reason = reasonFor(finding)
      if (finding.teams.length === 0) return [{ team: 'administrators', reason, primaries }]
      return finding.teams.map((team) => ({ team, reason, primaries }))
    })
}

/** What is not modelled may reach any table, unless it is a part of a VirtualService: its administrators are those of all. */
function primariesOf(
  { rule, resource, mesh, unjudged }: Finding,
  comparison: Comparison,
): readonly VirtualService[] {
  const own = primariesOfResource(comparison, mesh, { kind: 'VirtualService', name: resource })
  if (rule !== 'unmodelled-change' || (own.length > 0 && unjudged === undefined)) return own
  return allPrimaries(comparison)
}

function reasonFor(finding: Finding): Reason {
  const { range, rule, mesh, resource, fingerprint } = finding
  return {
    kind: 'rule',
    code: `rule-${rule}`,
    values: { mesh, resource, fingerprint },
    ...sentenceIn(finding),
    finding,
    ...(range && { range, path: range.file.path }),
  }
}
