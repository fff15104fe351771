import type { AccessPolicy } from '../../../domain/access/access-policy.ts'
import { settledOf } from '../../../domain/assumptions.ts'
import { gatewaysSharing } from '../../../domain/diff/hosts/sharing-gateways.ts'
import type { RouteChange } from '../../../domain/diff/route-change.ts'
import type { RefusedSides } from '../../../domain/diff/tables/table-difference.ts'
import type { Doubt } from '../../../domain/doubt.ts'
import { identityOf } from '../../../domain/manifest/names.ts'
import { describeRequests } from '../../../domain/match/describe-request-set.ts'
import type { Request } from '../../../domain/match/request.ts'
import type { Team } from '../../../domain/ownership/team.ts'
import type { Reason, Requirement } from '../../../domain/policy/decision.ts'
import type { Assessment } from '../../../domain/policy/judgement.ts'
import { type EffectiveRoute, supplierOf, writtenEntryOf } from '../../../domain/routing/route-table.ts'
import type { Finding } from '../../../domain/rules/rule.ts'
import { compareTexts } from '../../../domain/source/compare-texts.ts'
import { rangeOf } from '../../../domain/source/located.ts'
import { positionOf, type SourceRange } from '../../../domain/source/source-file.ts'
import { bareText, textOf } from '../../../domain/words/phrase.ts'
import { ended, wholeOf } from '../../../domain/words/sentence.ts'
import { obstacleSentences } from '../../sentences/consent/obstacle-words.ts'
import { doubtText } from '../../sentences/doubt-phrases.ts'
import { toldFindings } from '../../sentences/told-findings.ts'
import { viewOf } from '../../sentences/view.ts'
import { titleOf } from '../../title/title.ts'
import type {
  Check,
  CheckChange,
  CheckFinding,
  CheckReason,
  CheckRequirement,
  Doubtful,
  RefusingPolicy,
  SuppliedRoute,
  WitnessRequest,
} from './contract.ts'
import { schema } from './schema.ts'

function fileAndLine(range: SourceRange | undefined): { file?: string; line?: number } {
  if (range === undefined) return {}
  const { file, line } = positionOf(range)
  return { file, line }
}

function label(team: Team): string {
  return team.label
}

function reasonJson(reason: Reason, assessment: Assessment): CheckReason {
  const { comparison } = assessment
  const change = reason.change === undefined ? -1 : comparison.changes.indexOf(reason.change)
  const finding = reason.finding === undefined ? -1 : toldFindings(assessment).indexOf(reason.finding)
  return {
    kind: reason.kind,
    code: reason.code,
    text: bareText(wholeOf(reason)),
    ...(change >= 0 && { change }),
    ...(finding >= 0 && { finding }),
    ...fileAndLine(reason.range),
  }
}

function requirementJson(requirement: Requirement, assessment: Assessment): CheckRequirement {
  const { team, because, satisfiedBy } = requirement
  const obstacle = obstacleSentences(requirement)
  return {
    team: label(team),
    because: because.map((reason) => reasonJson(reason, assessment)),
    ...(satisfiedBy !== undefined && { satisfiedBy: { by: satisfiedBy.by, how: satisfiedBy.how } }),
    ...(obstacle !== undefined && { obstacle }),
  }
}

function findingJson(finding: Finding): CheckFinding {
  const at = finding.range && positionOf(finding.range)
  return {
    rule: finding.rule,
    code: finding.code,
    severity: finding.severity,
    status: finding.status,
    file: at?.file ?? null,
    line: at?.line ?? null,
    column: at?.column ?? null,
    message: textOf(ended(wholeOf(finding))),
    resource: finding.resource,
    mesh: finding.mesh,
    teams: finding.teams.map(label),
    ...(finding.admission !== undefined && { admission: finding.admission }),
  }
}

function routeJson(route: EffectiveRoute | undefined, { comparison }: Assessment): SuppliedRoute | null {
  if (route === undefined) return null
  const supplier = supplierOf(route)
  const range = rangeOf(writtenEntryOf(route))
  return {
    virtualService: route.outcome.supplier,
    primary: identityOf(route.from.primary),
    file: supplier.file.path,
    line: range === undefined ? null : positionOf(range).line,
    action: route.outcome.action,
    owners: comparison.ownership.teamOf(supplier).owners,
  }
}

function witnessJson(witness: Request | undefined): WitnessRequest | null {
  if (witness === undefined) return null
  const { method, scheme, authority, path, headers, ...rest } = witness
  return { method, scheme, authority, path, headers, ...rest }
}

/** One entry for each place where a doubt is written. */
function doubtJson(doubt: Doubt): readonly Doubtful[] {
  const entry = { code: doubt.cause.code, text: doubtText(doubt) }
  return doubt.places.length === 0
    ? [entry]
    : doubt.places.map((place) => ({ ...entry, ...fileAndLine(place) }))
}

function refusedByJson({ before, after }: RefusedSides): NonNullable<CheckChange['refusedBy']> {
  return {
    ...(before && { before: before.by.map((each) => policyJson(each, before.reason)) }),
    ...(after && { after: after.by.map((each) => policyJson(each, after.reason)) }),
  }
}

function policyJson(policy: AccessPolicy, reason: RefusingPolicy['reason']): RefusingPolicy {
  const range = rangeOf(policy, 'name')
  return { policy: identityOf(policy), reason, ...(range && fileAndLine(range)) }
}

function changeJson(change: RouteChange, assessment: Assessment): CheckChange {
  const settled = settledOf(change, assessment.comparison)
  const gateways = gatewaysSharing(change, assessment.comparison)
  return {
    mesh: change.mesh,
    gateway: change.gateway,
    ...(gateways.length > 0 && { gateways }),
    host: change.host,
    ...(change.ports !== undefined && { ports: change.ports }),
    ...(change.connections !== undefined && { sni: change.connections.names }),
    requests: describeRequests(change.requests),
    kind: change.kind,
    spill: change.spill,
    touched: change.touched.map(label),
    told: change.told.map(label),
    scope: change.scope.map(label),
    before: routeJson(change.before, assessment),
    after: routeJson(change.after, assessment),
    ...(change.refused && { refusedBy: refusedByJson(change.refused) }),
    ...(change.before === undefined && change.after === undefined && { unanswered: change.unanswered }),
    witness: witnessJson(change.witness),
    certain: change.certain,
    ...(change.doubts.length > 0 && { because: change.doubts.flatMap(doubtJson) }),
    ...(settled.length > 0 && { settled: settled.flatMap(doubtJson) }),
  }
}

function blastRadiusJson({ comparison }: Assessment): Check['blastRadius'] {
  const byTeam = new Map<string, { team: string; changes: number[] }>()
  for (const [index, change] of comparison.changes.entries()) {
    for (const team of change.touched) {
      const known = byTeam.get(team.key) ?? { team: label(team), changes: [] }
      known.changes.push(index)
      byTeam.set(team.key, known)
    }
  }
  return [...byTeam.values()].sort((a, b) => compareTexts(a.team, b.team))
}

/** The verdict and everything it rests on, for programs: the `check` object of the `firebreak/1` contract. */
export function checkJson(assessment: Assessment): Check {
  const { comparison, decision, assumptions, existing } = assessment
  return {
    schema,
    decision: {
      conclusion: decision.conclusion,
      summary: titleOf(viewOf(assessment)),
      requirements: decision.requirements.map((each) => requirementJson(each, assessment)),
      ...(decision.override !== undefined && { override: decision.override }),
    },
    existing,
    findings: toldFindings(assessment).map(findingJson),
    changes: comparison.changes.map((change) => changeJson(change, assessment)),
    blastRadius: blastRadiusJson(assessment),
    assumptions: assumptions.map(doubtText),
  }
}
