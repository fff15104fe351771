import { assess, type Proposal } from '../assess.ts'
import type { RouteChange } from '../diff/route-change.ts'
import { BudgetExceeded, unmetered } from '../language/string-set.ts'
import { universeOf } from '../match/dimensions.ts'
import { noRequests, subtractRequests, uniteRequests } from '../match/request-set.ts'
import { distinctTeams, type Team } from '../ownership/team.ts'
import type { Requirement } from '../policy/decision.ts'
import { factOfFinding, factsOf } from '../policy/facts.ts'
import type { Judgement } from '../policy/judgement.ts'
import type { ChangedFile } from '../policy/touched.ts'
import type { Finding } from '../rules/rule.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Candidate } from './candidate.ts'
import { applyEdit } from './edit.ts'
import { bystanders, editedTeams } from './other-teams.ts'
import { takesAll } from './takes-all.ts'
import type { WayOut } from './way-out.ts'

/**
 * Judges what is proposed with the edit on top. A way out unless it makes anything worse: a new finding that blocks or
 * asks, a team that is asked about traffic it was not asked about, a request that loses its answer only then. Undefined
 * where it does, or where it neither unblocks anything nor leaves anybody out.
 */
export function tryOut(candidate: Candidate, proposal: Proposal, before: Judgement): WayOut | undefined {
  const after = assess(withEdit(proposal, applyEdit(candidate.edit)))
  const own = editedTeams(before)
  if (after.obstructions.length > 0 || isWorse(after, before, own)) return undefined
  const others = distinctTeams(
    after.comparison.changes.flatMap(({ touched, told }) => [...touched, ...told]),
  ).filter(({ key }) => !own.has(key))
  const left = new Set(trouble(after).map(factOfFinding))
  const resolves = trouble(before).filter((each) => isBlocking(each) && !left.has(factOfFinding(each)))
  const leavesOut = others.length === 0 ? noLongerAsked(after, before) : []
  if (resolves.length + leavesOut.length === 0) return undefined
  if (isIdle(candidate, after, before)) return undefined
  return {
    ...candidate,
    resolves,
    leavesOut,
    changes: after.comparison.changes,
    remaining: after.touched.changedResources,
    requirements: after.requirements,
    others,
    warnings: after.findings.filter(isNewWarning).length,
    ...(takesAll(candidate, after) && { takesAll: true as const }),
  }
}

/** The same proposal with another text of one file of the merged side. */
function withEdit(proposal: Proposal, file: SourceFile): Proposal {
  const { base, merged, changed } = proposal
  const known = changed.some(({ path }) => path === file.path)
  const old = base.find(({ path }) => path === file.path)
  const added: readonly ChangedFile[] = known
    ? []
    : [{ path: file.path, ...(old && { base: old }), merged: file }]
  return {
    ...proposal,
    merged: merged.map((each) => (each.path === file.path ? file : each)),
    changed: [
      ...changed.map((each) => (each.path === file.path ? { ...each, merged: file } : each)),
      ...added,
    ],
  }
}

/** New findings that block or ask somebody. */
function trouble({ findings }: Judgement): readonly Finding[] {
  return findings.filter(
    ({ status, effect }) => status === 'introduced' && (effect === 'block' || effect === 'require-approval'),
  )
}

function isBlocking({ effect }: Finding): boolean {
  return effect === 'block'
}

function isNewWarning({ status, severity }: Finding): boolean {
  return status === 'introduced' && severity !== 'info'
}

function isWorse(after: Judgement, before: Judgement, own: ReadonlySet<string>): boolean {
  const known = trouble(before).map(asFelt)
  return (
    trouble(after).some((finding) => !take(known, asFelt(finding))) ||
    after.requirements.some((each) => !own.has(each.team.key) && asksMore(each, before)) ||
    losesMore(after.comparison.changes, before.comparison.changes)
  )
}

/** What asked before and blocks then is worse. */
function asFelt(finding: Finding): string {
  return `${finding.effect} ${factOfFinding(finding)}`
}

/** To give what no request asks for makes work for the administrators, and for nobody's use. */
function isIdle({ step, edit }: Candidate, after: Judgement, { touched }: Judgement): boolean {
  const isEdited = touched.files.some(({ path }) => path === edit.file.path)
  return step.kind === 'give' && !isEdited && after.comparison.changes.length === 0
}

/** Takes one of several equal texts away, if there is one. */
function take(texts: string[], text: string): boolean {
  const at = texts.indexOf(text)
  if (at !== -1) texts.splice(at, 1)
  return at !== -1
}

/** Whether a team is asked about requests, or by a rule, about which it was not asked before. */
function asksMore(requirement: Requirement, before: Judgement): boolean {
  const same = before.requirements.filter(({ team }) => team.key === requirement.team.key)
  const known = new Set(same.flatMap(factsOf))
  const facts = factsOf(requirement)
  return requirement.because.some(
    ({ kind }, index) => (kind === 'traffic' || kind === 'rule') && !known.has(facts[index] ?? ''),
  )
}

/** Whether a request loses its answer that would not have lost it. */
function losesMore(after: readonly RouteChange[], before: readonly RouteChange[]): boolean {
  try {
    return after.some((change) => isLoss(change) && !isCovered(change, before))
  } catch (error) {
    if (error instanceof BudgetExceeded) return true
    throw error
  }
}

function isLoss({ kind }: RouteChange): boolean {
  return kind === 'dropped' || kind === 'denied'
}

function isCovered({ mesh, gateway, host, requests }: RouteChange, before: readonly RouteChange[]): boolean {
  const space = { universe: requests.universe ?? universeOf, work: unmetered }
  const lost = before
    .filter((each) => isLoss(each) && each.mesh === mesh && each.gateway === gateway && each.host === host)
    .reduce((all, each) => uniteRequests(all, each.requests, space), noRequests)
  return subtractRequests(requests, lost, space).boxes.length === 0
}

/** Not where nothing is left of what is proposed: that nobody is asked then is no news. */
function noLongerAsked(after: Judgement, before: Judgement): readonly Team[] {
  if (after.comparison.changes.length === 0 || bystanders(after).length > 0) return []
  const asked = new Set(after.requirements.map(({ team }) => team.key))
  return bystanders(before).flatMap(({ team }) => (asked.has(team.key) ? [] : [team]))
}
