import { budgets } from '../../budgets.ts'
import type { Comparison } from '../../diff/comparison.ts'
import { excerpt } from '../../manifest/excerpt.ts'
import type { Rewriting } from '../../manifest/layers/git/git-attributes.ts'
import type { Unreadable } from '../../manifest/manifests.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { type Because, keyOfMistake } from '../../source/diagnostic.ts'
import { type Phrase, quoted, say, uncapitalised, words } from '../../words/phrase.ts'
import type { Fault, Rule } from '../rule.ts'
import { keptNote } from './kept-note.ts'
import { meshOfPath } from './mesh-of-path.ts'
import { newlyUnreadable } from './newly-unreadable.ts'

/** What cannot be read is left out, and what it routes is not known: no verdict is possible. */
export const incompleteAnalysis: Rule = {
  id: 'incomplete-analysis',
  severity: 'error',
  effect: 'block',
  configurable: false,
  summary: 'A manifest that can no longer be read, or a limit that was exceeded: no verdict is possible.',
  *check(side, comparison) {
    for (const each of side.manifests.rewritten ?? []) yield explainRewriting(each, side, comparison)
    if (side !== comparison.merged) return
    for (const unreadable of newlyUnreadable(comparison)) yield explain(unreadable, side, comparison)
  },
}

function explain(unreadable: Unreadable, side: Snapshot, comparison: Comparison): Fault {
  const { path, diagnostic, template, beside } = unreadable
  const { range, code, clause, rest } = diagnostic
  const what =
    beside === true
      ? say`Kubernetes refuses ${quoted(path)}, or what follows in it, so that what of it is applied is not known`
      : say`${quoted(path)} cannot be read, so that what it routes is not known`
  const cause = template === true ? marks : uncapitalised(clause)
  return {
    clause: say`${what}: ${cause}`,
    ...(template !== true && rest && { rest }),
    ...(range && { range }),
    because: [...(diagnostic.because ?? []), ...keptIn(path, side)],
    todo: diagnostic.todo ?? say`Repair ${quoted(path)}; every other manifest was compared`,
    resource: '',
    mesh: meshOfPath(path, side, comparison),
    fingerprint: `${path} ${keyOfMistake(diagnostic)}`,
    code,
  }
}

const marks = words('it holds template marks and does not parse as it stands')

/** Git hands out another text than it holds: whoever deploys sees what nobody has compared. */
function explainRewriting(rewriting: Rewriting, side: Snapshot, comparison: Comparison): Fault {
  const { attribute, pattern, range, paths } = rewriting
  const [first = ''] = paths
  const more = paths.length > 1 ? say` and ${paths.length - 1} more` : []
  return {
    clause: say`${quoted(first)}${more} cannot be read as deployed: ${rewritingWords(rewriting)}`,
    range,
    because: [{ clause: say`The line in ${quoted(range.file.path)} applies to ${quoted(excerpt(pattern))}` }],
    todo: withoutRewriting(rewriting),
    resource: '',
    mesh: meshOfPath(first, side, comparison),
    fingerprint: `${range.file.path} ${pattern} ${attribute ?? 'too-many-lines'}`,
    code: 'rewritten-by-git',
  }
}

function rewritingWords({ attribute }: Rewriting): Phrase {
  return attribute === undefined
    ? say`there are more than ${budgets.attributeLines.size} lines of Git attributes`
    : say`the Git attribute ${quoted(excerpt(attribute))} makes another text of it than Git holds`
}

function withoutRewriting({ attribute, range }: Rewriting): Phrase {
  const file = quoted(range.file.path)
  if (attribute === undefined) return say`Write fewer lines into ${file}; so many are not read`
  const without = quoted(`*.yaml -${attribute.replace(/=.*/, '')}`)
  return say`Take manifests out of that line of ${file}, for example by ${without} below it`
}

/** More objects than this are not named. */
const mostNotes = budgets.notes.size

function keptIn(path: string, { kept }: Snapshot): readonly Because[] {
  return kept
    .filter(({ file }) => file.path === path)
    .slice(0, mostNotes)
    .map(keptNote)
}
