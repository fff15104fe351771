import type { Proposal } from '../assess.ts'
import { budgets } from '../budgets.ts'
import { factOfFinding } from '../policy/facts.ts'
import type { Judgement } from '../policy/judgement.ts'
import type { Candidate, Generator } from './candidate.ts'
import { giveInPrimary } from './give-in-primary.ts'
import { narrowMatch } from './narrow-match.ts'
import { bystanders } from './other-teams.ts'
import { restoreMatch } from './restore-match.ts'
import { restoreOrder } from './restore-order.ts'
import { takeOutConflict } from './take-out-conflict.ts'
import { takeOutIntruder } from './take-out-intruder.ts'
import { tryOut } from './try-out.ts'
import type { WayOut } from './way-out.ts'

/**
 * To try a way out is to judge the pull request once more: so many characters of manifests are judged for it in all, and
 * few times whatever their size. Where a judgement of many changes is long, nothing is tried. Never a clock.
 */
const allowance = {
  text: budgets.trialText.size,
  changes: budgets.trialChanges.size,
  trials: budgets.trials.size,
  perGenerator: budgets.trialsPerKind.size,
}

const generators: readonly Generator[] = [
  restoreOrder,
  restoreMatch,
  takeOutConflict,
  narrowMatch,
  takeOutIntruder,
  giveInPrimary,
]

/**
 * Ways out of what blocks or needs the approval of a team that edits nothing of its own: each was tried out by judging
 * the edited pull request, so what it leaves is known and not guessed. Of several that do the same, the one that changes
 * least. The same proposal gives the same ways; none where nothing is wrong, or where trying would be dear.
 */
export function waysOut(proposal: Proposal, judgement: Judgement): readonly WayOut[] {
  const trials = trialsFor(proposal, judgement)
  if (trials === 0 || !isWanted(judgement)) return []
  const candidates = generators.flatMap((each) => each(judgement).slice(0, allowance.perGenerator))
  const found = distinctCandidates(candidates)
    .slice(0, trials)
    .flatMap((each) => tryOut(each, proposal, judgement) ?? [])
  return [...Map.groupBy(found, purpose).values()].flatMap((alike) => leastOf(alike) ?? [])
}

/** Where no verdict is possible there is nothing to compare with. */
function isWanted(judgement: Judgement): boolean {
  const blocks = judgement.findings.some(
    ({ status, effect }) => status === 'introduced' && effect === 'block',
  )
  return judgement.obstructions.length === 0 && (blocks || bystanders(judgement).length > 0)
}

/** How often this pull request may be judged again. */
function trialsFor({ base, merged }: Proposal, { comparison }: Judgement): number {
  if (comparison.changes.length > allowance.changes) return 0
  const size = [...base, ...merged].reduce((sum, { text }) => sum + text.length, 0)
  return Math.min(allowance.trials, Math.floor(allowance.text / Math.max(1, size)))
}

function distinctCandidates(candidates: readonly Candidate[]): readonly Candidate[] {
  const byEdit = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const { file, first, last, text } = candidate.edit
    const key = JSON.stringify([file.path, first, last, text])
    if (!byEdit.has(key)) byEdit.set(key, candidate)
  }
  return [...byEdit.values()]
}

/** What a way is for. To have another's resource changed, too, is another kind of way. */
function purpose({ step, resolves, leavesOut }: WayOut): string {
  const own = step.kind === 'give' ? 'give' : 'own'
  return JSON.stringify(
    resolves.length > 0 ? [own, resolves.map(factOfFinding)] : [own, leavesOut.map(({ key }) => key)],
  )
}

/** To unblock: what changes least. To leave a team out: the first, which keeps most of what was proposed. */
function leastOf(alike: readonly WayOut[]): WayOut | undefined {
  const [first] = alike
  if (first === undefined || first.resolves.length === 0) return first
  return alike.reduce((least, each) => (isLess(each, least) ? each : least))
}

function isLess(a: WayOut, b: WayOut): boolean {
  const [left, right] = [measure(a), measure(b)]
  const at = left.findIndex((value, index) => value !== right[index])
  return at !== -1 && (left[at] ?? 0) < (right[at] ?? 0)
}

function measure({ others, requirements, warnings, changes }: WayOut): readonly number[] {
  return [others.length, requirements.length, warnings, changes.length]
}
