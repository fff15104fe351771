import { assess } from '../src/domain/assess.ts'
import type { RouteChange } from '../src/domain/diff/route-change.ts'
import { describeRequests } from '../src/domain/match/describe-request-set.ts'
import { parseCodeowners } from '../src/domain/ownership/codeowners.ts'
import type { Team } from '../src/domain/ownership/team.ts'
import type { Judgement } from '../src/domain/policy/judgement.ts'
import type { SourceFile } from '../src/domain/source/source-file.ts'
import { applyEdits } from './edits.ts'
import type { Played } from './play.ts'
import type { Scene } from './scenes.ts'
import type { ExpectedChange, Story } from './story.ts'

/** What the same engine says of the two sides, told apart further than a page shows it. */
export function judge(story: Story, { repository, files: base }: Scene): Judgement {
  const merged = applyEdits(base, story.edits)
  const text = base['.github/CODEOWNERS'] ?? ''
  return assess({
    repository,
    base: filesOf(base),
    merged: filesOf(merged),
    changed: story.edits.map(({ path }) => ({
      path,
      ...(path in base && { base: { path, text: base[path] ?? '' } }),
      merged: { path, text: merged[path] ?? '' },
    })),
    codeowners: parseCodeowners({ path: '.github/CODEOWNERS', text }),
    obstructions: [],
    draft: false,
    today: '2026-01-01',
  })
}

function filesOf(files: Readonly<Record<string, string>>): readonly SourceFile[] {
  return Object.entries(files)
    .filter(([path]) => path.endsWith('.yaml'))
    .map(([path, text]) => ({ path, text }))
}

/** The last part of a team's name. */
export function shortName(team: Team): string {
  return team.label.replace(/^@[^/]*\//, '')
}

/** How a story's end differs from what was told; nothing where it ended as told. */
export function surprises(story: Story, played: Played, judgement: Judgement): readonly string[] {
  const { ends, approval } = story
  const rules = judgement.findings.filter((each) => each.status === 'introduced' && each.effect === 'block')
  const found = [
    differs('conclusion', ends.conclusion, played.verdict.conclusion),
    differs('rules that block', ends.rule ?? '', [...new Set(rules.map(({ rule }) => rule))].join(', ')),
    differs(
      'changes',
      ends.changes.map(told).toSorted().join('; '),
      judgement.comparison.changes.map(seen).toSorted().join('; '),
    ),
    differs('comments', ends.comment === 'comment' ? '1' : '0', String(played.comments)),
    differs(
      'asked',
      (ends.asked ?? []).map((team) => `bookinfo/${team}`).join(', '),
      played.requested.join(', '),
    ),
    differs('after approval', approval?.conclusion ?? '', played.afterApproval?.conclusion ?? ''),
  ]
  return found.flatMap((surprise) => surprise ?? [])
}

function differs(what: string, expected: string, actual: string): string | undefined {
  return expected === actual
    ? undefined
    : `${what}: told ${expected || 'nothing'}, was ${actual || 'nothing'}`
}

function told({ kind, touched, requests, spill }: ExpectedChange): string {
  return [kind, spill ? 'spill' : '', touched.join('+'), requests].join(' ')
}

function seen(change: RouteChange): string {
  const touched = change.touched.map(shortName).join('+')
  return [change.kind, change.spill ? 'spill' : '', touched, describeRequests(change.requests)].join(' ')
}
