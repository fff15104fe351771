import { budgets } from '../../domain/budgets.ts'
import { counted } from '../print/counted.ts'
import type { Past, PastBeginning, PastChange, PastCommit, PastRequests, PastVerdict } from './past-change.ts'

/** How a verdict of the past is called, the gravest first. */
export const verdictLabels: Readonly<Record<PastChange['verdict'], string>> = {
  blocked: 'blocked',
  'would-wait': 'would wait',
  undecided: 'undecided',
  'not-judged': 'not judged',
  'perhaps-own': 'own team?',
  ok: 'ok',
}

/** `3f2a1bc4`: enough to find it again. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 8)
}

/** The subject with the number of the pull request, and whose it is. */
export function subjectOf({ subject, number, author }: PastCommit): string {
  const named = subject === '' ? '(without a subject)' : subject
  const by = author.login ?? author.name
  return `${named}${number === undefined ? '' : ` (#${number})`}${by === '' ? '' : `, by ${by}`}`
}

/** "12 of 95 merged changes touch the mesh: 3 would have waited (@shop/cart 2, @shop/pages 1), 1 blocked, 8 ok." */
export function summaryOf({ changes, untouched }: Pick<Past, 'changes' | 'untouched'>): string {
  const all = changes.length + untouched
  if (all === 0) return 'Nothing was merged.'
  const touch = changes.length === 1 ? 'touches' : 'touch'
  const head = `${changes.length} of ${counted(all, 'merged change')} ${touch} the mesh`
  if (changes.length === 0) return `${head}.`
  const counts = Map.groupBy(changes, ({ verdict }) => verdict)
  const parts = verdictsIn(changes).map((verdict) => {
    const count = counts.get(verdict)?.length ?? 0
    return `${count} ${summaryWords[verdict]}${verdict === 'would-wait' ? askedWords(changes) : ''}`
  })
  return `${head}: ${parts.join(', ')}.`
}

const summaryWords: Readonly<Record<PastChange['verdict'], string>> = {
  blocked: 'would have been blocked',
  'would-wait': 'would have waited',
  undecided: 'could not have been decided',
  'not-judged': 'could not be judged now',
  'perhaps-own': "would have asked one team, perhaps the author's own",
  ok: 'ok',
}

/** The verdicts that there are, the gravest first. */
export function verdictsIn(changes: readonly PastChange[]): readonly PastChange['verdict'][] {
  const known = new Set(changes.map(({ verdict }) => verdict))
  return (Object.keys(verdictLabels) as PastChange['verdict'][]).filter((each) => known.has(each))
}

function askedWords(changes: readonly PastChange[]): string {
  const waiting = changes.flatMap((each) => (each.verdict === 'would-wait' ? each.asked : []))
  const byTeam = [...Map.groupBy(waiting, ({ team }) => team)].map(([team, asked]) => ({
    team,
    count: asked.length,
  }))
  const most = budgets.pastTeams.size
  const sorted = byTeam.toSorted((a, b) => b.count - a.count || (a.team < b.team ? -1 : 1))
  const more = sorted.length > most ? [`${sorted.length - most} more teams`] : []
  const named = sorted.slice(0, most).map(({ team, count }) => `${team} ${count}`)
  return ` for others (${[...named, ...more].join(', ')})`
}

/** Which steps were asked for: "main, since 90d, until 2026-03-31". */
export function scopeOf({ branch, since, until }: Past): string {
  const range = since.includes('..') ? since : `${branch}, since ${since}`
  return until === undefined ? range : `${range}, until ${until}`
}

/** What is to be known besides: where it ends, and what was left out. */
export function remarksOf({ beginning, limit }: Past): readonly string[] {
  return [
    ...(limit === undefined ? [] : [`The newest ${limit} are shown; --limit shows more.`]),
    ...(beginning === undefined ? [] : [beginningWords(beginning)]),
  ]
}

function beginningWords({ commit, why }: PastBeginning): string {
  const name = shortCommit(commit)
  return why === 'first'
    ? `${name} begins the history, so that there is nothing to compare it with.`
    : `This clone is shallow: what was before ${name} is not here. Fetch it with git fetch --unshallow.`
}

/** A line about each sort of requests, and about what blocks, as far as there is room. */
export function detailsOf(change: PastVerdict): readonly (readonly [label: string, text: string])[] {
  return [
    ...within(change.findings, ({ rule, message }) => ['blocks', `${rule}: ${message}`] as const),
    ...(change.asked.length === 0
      ? []
      : [['asked', change.asked.map(({ team }) => team).join(', ')] as const]),
    ...within(change.dropped, (each) => ['dropped', requestsText(each)] as const),
    ...within(change.spills, (each) => ['spills', requestsText(each)] as const),
  ]
}

function within<T>(
  items: readonly T[],
  line: (item: T) => readonly [string, string],
): readonly (readonly [string, string])[] {
  const most = budgets.pastDetails.size
  const more = items.length - most
  const shown = items.slice(0, most).map(line)
  const label = shown[0]?.[0]
  return more > 0 && label !== undefined ? [...shown, [label, `and ${more} more`]] : shown
}

/** "/cart/items: cart.teams -> 404". */
function requestsText({ requests, before, after, certain }: PastRequests): string {
  return `${requests}: ${before} -> ${after}${certain ? '' : ' (not certain)'}`
}
