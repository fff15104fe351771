import { compareTexts } from '../source/compare-texts.ts'
import { joined, ownerNamed, type Phrase, words } from '../words/phrase.ts'

/**
 * The set of owners on the CODEOWNERS line that decides a file; any of them can speak for it.
 * `key` is canonical: two teams are the same if, and only if, their keys are.
 */
export interface Team {
  /** The owners in lower case, sorted, joined by a space; `unowned` where there are none. */
  readonly key: string
  /** The owners as written, in line order, each once. */
  readonly owners: readonly string[]
  /** For people: the owners joined by a space; `unowned` where there are none. */
  readonly label: string
}

/** Nobody: no CODEOWNERS line decides the file, or one without owners does. A team of its own. */
export const unowned: Team = { key: 'unowned', owners: [], label: 'unowned' }

/** The team of these owners. GitHub compares logins and slugs without case, so `@A` and `@a` are one owner. */
export function teamOf(owners: readonly string[]): Team {
  const byKey = new Map<string, string>()
  for (const owner of owners) {
    const key = owner.toLowerCase()
    if (!byKey.has(key)) byKey.set(key, owner)
  }
  if (byKey.size === 0) return unowned
  const written = [...byKey.values()]
  return { key: [...byKey.keys()].sort().join(' '), owners: written, label: written.join(' ') }
}

/** Whether two teams are the same set of owners, in any case and order. */
export function sameTeam(a: Team, b: Team): boolean {
  return a.key === b.key
}

/** Each team once, in the order in which they first occur. */
export function distinctTeams(teams: readonly Team[]): readonly Team[] {
  return [...new Map(teams.map((team) => [team.key, team])).values()]
}

/** Each team once, by key: the same list whatever the order in which they were found. */
export function sortedTeams(teams: readonly Team[]): readonly Team[] {
  return distinctTeams(teams).toSorted((a, b) => compareTexts(a.key, b.key))
}

/** The team in a sentence: its owners as CODEOWNERS writes them. */
export function teamNamed({ owners }: Team): Phrase {
  return owners.length === 0 ? words(unowned.label) : joined(owners.map(ownerNamed), ' ')
}
