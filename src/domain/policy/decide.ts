import type { Ownership } from '../ownership/ownership.ts'
import type { Finding } from '../rules/rule.ts'
import type { Severity } from '../source/diagnostic.ts'
import { ownersToResolve } from './administrators.ts'
import { concernedAdministrators } from './concerned-administrators.ts'
import type { Circumstances } from './consent/approval.ts'
import { settle } from './consent/consent.ts'
import { findOverride } from './consent/override.ts'
import type { People } from './consent/people.ts'
import type { Conclusion, Decision, Requirement } from './decision.ts'
import type { Assessment, Judgement } from './judgement.ts'

/**
 * The gate: what is known, and who agreed, becomes one conclusion. A fault outranks an approval that is missing;
 * requirements are listed either way. An override sets aside everything but what makes a verdict impossible. Where
 * nobody is named as the author nobody has consented, and findings alone decide. A draft is judged like any other.
 */
export function decide(judgement: Judgement, known: People, head: { readonly sha: string }): Assessment {
  const people = withoutUnknown(known, judgement.comparison.ownership)
  const { requirements: open, obstructions, ...rest } = judgement
  const circumstances: Circumstances = { people, head, policy: judgement.policy }
  const requirements = open.map((requirement) => settle(requirement, circumstances))
  const blocking = blockingOf(judgement.findings)
  const verdict: Decision = {
    conclusion: conclude({ requirements, blocking, obstructions }, people),
    requirements,
    blocking,
    obstructions,
  }
  return { ...rest, people, decision: finalDecision(verdict, judgement, circumstances) }
}

function finalDecision(verdict: Decision, judgement: Judgement, circumstances: Circumstances): Decision {
  if (verdict.conclusion === 'success' || verdict.obstructions.some(({ kind }) => kind === 'fault')) {
    return verdict
  }
  const { policy } = judgement
  const override =
    policy.override && verdict.obstructions.length === 0
      ? findOverride(
          {
            unmet: verdict.requirements.filter(isUnmet),
            blocking: verdict.blocking,
            administrators: concernedAdministrators(judgement),
          },
          circumstances,
        )
      : undefined
  if (override !== undefined) return { ...verdict, conclusion: 'success', override }
  return policy.mode === 'observe' ? { ...verdict, conclusion: 'success' } : verdict
}

/**
 * Whom GitHub does not know as an owner satisfies nobody, even where such a team exists and can be read. Somebody else than
 * the user whom it names is no owner all the same.
 */
function withoutUnknown(people: People, { isUnknown }: Ownership): People {
  return {
    ...people,
    membership(owner, login) {
      const answer = people.membership(owner, login)
      return isUnknown(owner) && answer !== 'no-member' ? 'unresolvable' : answer
    },
  }
}

function isUnmet(requirement: Requirement): boolean {
  return requirement.satisfiedBy === undefined
}

function conclude(
  { requirements, blocking, obstructions }: Omit<Decision, 'conclusion'>,
  people: People,
): Conclusion {
  if (obstructions.length > 0 || blocking.length > 0) return 'failure'
  const unmet = people.author === undefined ? [] : requirements.filter(isUnmet)
  if (unmet.some((requirement) => requirement.ownersOnly)) return 'failure'
  return unmet.length > 0 ? 'action_required' : 'success'
}

const severities: readonly Severity[] = ['error', 'warning', 'info']

/** Only what the pull request introduces can block; the worst first, then by place. */
function blockingOf(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .filter((finding) => finding.status === 'introduced' && finding.effect === 'block')
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || compareKeys(a, b))
}

function compareKeys(a: Finding, b: Finding): number {
  const [left, right] = [a, b].map((finding) => {
    const { range, rule, mesh, resource, fingerprint } = finding
    const place = `${range?.file.path ?? ''}\n${String(range?.start ?? 0).padStart(9, '0')}`
    return [place, rule, mesh, resource, fingerprint].join('\n')
  })
  return left === undefined || right === undefined || left === right ? 0 : left < right ? -1 : 1
}

/**
 * Every owner, as written, whose members must be known before `decide` can be asked; each once in whatever case,
 * sorted. `repository-admins` among them stands for whoever administers the repository.
 */
export function ownersConcerned(judgement: Judgement): readonly string[] {
  const teams = judgement.requirements.flatMap(({ team, standsInFor = [] }) => [team, ...standsInFor])
  const overriding = judgement.policy.override ? concernedAdministrators(judgement) : []
  const owners = [...teams, ...overriding].flatMap(ownersToResolve).sort()
  const byKey = new Map<string, string>()
  for (const owner of owners) {
    if (!byKey.has(owner.toLowerCase())) byKey.set(owner.toLowerCase(), owner)
  }
  return [...byKey.values()]
}
