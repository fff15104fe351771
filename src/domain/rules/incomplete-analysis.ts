import { budgets } from '../budgets.ts'
import type { Rewriting } from '../manifest/layers/git-attributes.ts'
import type { Unreadable } from '../manifest/manifests.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import type { Because } from '../source/diagnostic.ts'
import { code, pathOf } from '../wording/code.ts'
import { plainSentence } from '../words/sentence.ts'
import { guessed, told } from '../words/told.ts'
import { keptNote } from './kept-note.ts'
import { meshOfPath } from './mesh-of-path.ts'
import { newlyUnreadable } from './newly-unreadable.ts'
import type { Fault, Rule } from './rule.ts'

/** What cannot be read is left out, and what it routes is not known: no verdict is possible. */
export const incompleteAnalysis: Rule = {
  id: 'incomplete-analysis',
  severity: 'error',
  effect: 'block',
  configurable: false,
  summary: 'A manifest that can no longer be read, or a limit that was exceeded: no verdict is possible.',
  *check(side, comparison) {
    for (const each of side.manifests.rewritten ?? []) yield explainRewriting(each, side)
    if (side !== comparison.merged) return
    for (const unreadable of newlyUnreadable(comparison)) yield explain(unreadable, side)
  },
}

function explain({ path, diagnostic, template, beside }: Unreadable, side: Snapshot): Fault {
  const { range, code } = diagnostic
  const message = plainSentence(diagnostic)
  const cause = template === true ? 'it holds template marks and does not parse as it stands' : lower(message)
  const what =
    beside === true
      ? `Kubernetes refuses ${pathOf(path)}, or what follows in it, so that what of it is applied is not known`
      : `${pathOf(path)} cannot be read, so that what it routes is not known`
  return {
    ...told(`${what}: ${cause}.`),
    ...(range && { range }),
    because: [...(diagnostic.because ?? []), ...keptIn(path, side)],
    todo: diagnostic.todo ?? guessed(`Repair ${pathOf(path)}; every other manifest was compared.`),
    resource: '',
    mesh: meshOfPath(side, path),
    fingerprint: `${path} ${message}`,
    ...(code && { code }),
  }
}

/** Git hands out another text than it holds: whoever deploys sees what nobody has compared. */
function explainRewriting({ attribute, pattern, range, paths }: Rewriting, side: Snapshot): Fault {
  const [first = ''] = paths
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : ''
  return {
    ...told(
      `${pathOf(first)}${more} cannot be read as deployed: the Git attribute ${code(attribute)} makes another text of it than Git holds.`,
    ),
    range,
    because: [{ ...told(`The line in ${pathOf(range.file.path)} applies to ${code(pattern)}.`) }],
    todo: guessed(
      attribute.includes(' ')
        ? `Write fewer lines into ${pathOf(range.file.path)}; so many are not read.`
        : `Take manifests out of that line of ${pathOf(range.file.path)}, for example by ${code(`*.yaml -${attribute.replace(/=.*/, '')}`)} below it.`,
    ),
    resource: '',
    mesh: meshOfPath(side, first),
    fingerprint: `${range.file.path} ${pattern} ${attribute}`,
  }
}

/** More objects than this are not named. */
const mostNotes = budgets.notes.size

function keptIn(path: string, { kept }: Snapshot): readonly Because[] {
  return kept
    .filter(({ file }) => file.path === path)
    .slice(0, mostNotes)
    .map(keptNote)
}

function lower(message: string): string {
  return message.replace(/\.$/, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
}
