import { budgets } from '../../../domain/budgets.ts'
import type { Team } from '../../../domain/ownership/team.ts'
import { listed, type Phrase, quoted, say, words } from '../../../domain/words/phrase.ts'
import { table } from '../../print/markdown.ts'
import { markdownOf } from '../../print/print.ts'
import type { View } from '../view.ts'
import { type OwnershipChange, ownershipChanges } from './ownership-changes.ts'

/** "`vs-1` would belong to catalog, no longer to login", the fullest first. */
export function ownershipHeadlines(view: View): readonly Phrase[] {
  const changes = ownershipChanges(view.assessment)
  const [only] = changes
  if (only === undefined) return []
  if (changes.length > 1) return [words(`${changes.length} VirtualServices would change owners`)]
  const [today, after] = [view.audience.name(only.today), view.audience.name(only.afterMerge)]
  const name = quoted(only.resource.name)
  return only.afterMerge.owners.length === 0
    ? [say`${name} would belong to nobody, no longer to ${today}`]
    : [say`${name} would belong to ${after}, no longer to ${today}`, say`${name} would belong to ${after}`]
}

function row({ resource, today, afterMerge, requests }: OwnershipChange, view: View): readonly string[] {
  const name = (team: OwnershipChange['today']): string =>
    markdownOf(words(team.owners.length === 0 ? 'nobody' : view.audience.name(team)))
  const shown = requests.slice(0, 4).map(quoted)
  const rest = requests.length > 4 ? [words(`${requests.length - 4} more`)] : []
  const namespaced = quoted(`${resource.namespace ?? '?'}/${resource.name}`)
  return [markdownOf(namespaced), markdownOf(listed([...shown, ...rest])), name(today), name(afterMerge)]
}

/** "Moves `ns1/vs-1` (`/login` and `/logout`) from login to catalog": what one line of CODEOWNERS does. */
export function ownershipSentence(changes: readonly OwnershipChange[], { audience }: View): Phrase {
  const name = (team: Team) => (team.owners.length === 0 ? 'nobody' : audience.name(team))
  const [first] = changes
  if (first === undefined) return []
  const moved = changes.slice(0, mostMoved).map(({ resource, requests }) => {
    const shown = requests.slice(0, mostMoved).map(quoted)
    const more = requests.length > mostMoved ? [words(`${requests.length - mostMoved} more`)] : []
    const what = requests.length === 0 ? [] : say` (${listed([...shown, ...more])})`
    return say`${quoted(`${resource.namespace ?? '?'}/${resource.name}`)}${what}`
  })
  const rest = changes.length > mostMoved ? [words(`${changes.length - mostMoved} more`)] : []
  return say`Moves ${listed([...moved, ...rest])} from ${name(first.today)} to ${name(first.afterMerge)}.`
}

const mostMoved = budgets.movedNames.size

/** Why nobody is asked, where the repository does not say who owns what. */
export function nobodyAsked({ assessment, rows }: View): readonly string[] {
  if (assessment.comparison.ownership.known || rows.length === 0) return []
  return ['Nobody was asked: without a CODEOWNERS file the repository does not say whose requests these are.']
}

/** What a changed CODEOWNERS means to VirtualServices, at most six of them, and that no request changes by it. */
export function ownershipParagraphs(view: View): readonly string[] {
  const changes = ownershipChanges(view.assessment)
  const [only] = changes
  if (only === undefined) return []
  const rows = changes.slice(0, 6).map((change) => row(change, view))
  const rest = changes.length > 6 ? [`And ${changes.length - 6} more VirtualServices.`] : []
  const who =
    changes.length === 1 && only.afterMerge.owners.length > 0
      ? say`${view.audience.name(only.afterMerge)} can change these routes without asking ${view.audience.name(only.today)}.`
      : words('the new owners can change these routes without asking those of today.')
  const silent = view.rows.length === 0 ? 'No request changes. But after the merge ' : 'After the merge '
  return [
    table(['VirtualService', 'Requests it answers', 'Owner today', 'Owner after merge'], rows),
    ...rest,
    markdownOf(say`${silent}${who}`),
  ]
}
