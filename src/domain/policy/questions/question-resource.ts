import { excerpt } from '../../manifest/excerpt.ts'
import type { JsonObject } from '../../manifest/json.ts'
import { normalForm } from '../../manifest/normal-form.ts'
import { type Team, unowned } from '../../ownership/team.ts'
import { rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { joined, type Phrase, quoted, say, words } from '../../words/phrase.ts'
import type { Reason, ReasonCodes } from '../decision.ts'
import type { Ask, Questioned } from './ask.ts'
import { primariesOfResourceChange } from './concerned-primaries.ts'
import type { ResourceChange } from './resource-change.ts'
import { writtenForm } from './what-counts.ts'
import type { WrittenDifference } from './written-differences.ts'

/** One side of a change: where it is written, whose that is, and what it says. */
interface Place {
  readonly path: string
  readonly team: Team
  /** All of it that counts to its owners, as one text. */
  readonly said: string
  readonly range?: SourceRange
}

interface Places {
  readonly before?: Place
  readonly after?: Place
}

/**
 * Question 1: may this author change this object or document? Each one that is added, removed, moved or changed asks the
 * owners of the file it was in and of the file it will be in. Moving it between files of the same owners is no change.
 */
export function askAboutResources(questioned: Questioned): readonly Ask[] {
  return questioned.resources.flatMap((change) => asksFor(change, questioned))
}

function asksFor(change: ResourceChange, questioned: Questioned): readonly Ask[] {
  const places = placesOf(change, questioned)
  const { before, after } = places
  if (before?.team.key === after?.team.key && before?.said === after?.said) return []
  const primaries = primariesOfResourceChange(questioned.comparison, change)
  return (before?.path === after?.path ? [after] : [before, after]).flatMap((place) => {
    if (place === undefined || isBesideTheQuestion(change, place)) return []
    return [{ team: place.team, reason: reasonFor(change, place, places), primaries }]
  })
}

function placesOf(change: ResourceChange, { comparison, policy }: Questioned): Places {
  const { ownership } = comparison
  const sides =
    change.subject === 'document'
      ? [change.before, change.after].map((side) => side && { ...side, said: side.text })
      : [change.before, change.after].map((side) => {
          if (side === undefined) return undefined
          const [path, written] = [ownership.owningPath(side), rangeOf(side)]
          const said = `${writtenForm(side, policy.consent.ignore)}\n${normalForm(side)}`
          return { path, said, ...(written && path === side.file.path && { range: written }) }
        })
  const [before, after] = sides.map((side) => side && { ...side, team: ownership.ownersOf(side.path) })
  return { ...(before && { before }), ...(after && { after }) }
}

/**
 * Where nobody owns the file of what is not modelled it is a question of whom it reaches, and `unmodelled-change` asks that.
 * Of what nobody can read that is not known, so that the administrators are asked where it goes.
 */
function isBesideTheQuestion(change: ResourceChange, { team, path }: Place): boolean {
  if (team.key !== unowned.key || change.subject === 'modelled') return false
  return change.subject === 'unmodelled' || change.after?.path === path
}

function reasonFor(change: ResourceChange, place: Place, places: Places): Reason {
  const { path, range } = place
  const isMetadata = change.subject !== 'document' && change.needs?.every((each) => each === 'metadata')
  return {
    kind: 'resource',
    ...saidOf(change, place, places),
    values: valuesOf(change, places),
    path,
    ...(range && { range }),
    ...(isMetadata && { metadataOnly: true as const }),
  }
}

/** What happens at one of its places. */
function saidOf(
  change: ResourceChange,
  { path: at }: Place,
  places: Places,
): { readonly code: ReasonCodes['resource']; readonly clause: Phrase } {
  const [what, path] = [subjectWords(change), quoted(at)]
  switch (change.how) {
    case 'added':
      return { code: 'resource-added', clause: say`${what} is added in ${path}` }
    case 'removed':
      return { code: 'resource-removed', clause: say`${what} is removed from ${path}` }
    case 'moved':
      return at === places.before?.path
        ? {
            code: 'resource-moved-out',
            clause: say`${what} ${isMoved(change) ? words('is moved out of') : words('is no longer what it is by')} ${path}`,
          }
        : {
            code: 'resource-moved-in',
            clause: say`${what} ${isMoved(change) ? words('is moved into') : words('is made what it is by')} ${path}`,
          }
    case 'changed':
      return { code: 'resource-changed', clause: say`${what} in ${path} is changed${asWritten(change)}` }
  }
}

/** What stays in its file may come to belong to whoever lays something over it. */
function isMoved({ subject, before, after }: ResourceChange): boolean {
  return subject === 'document' || before?.file.path !== after?.file.path
}

function subjectWords(change: ResourceChange): Phrase {
  if (change.subject === 'document') {
    const { template, part } = change.after ?? change.before ?? {}
    if (part === true) return words('a part of a kustomization')
    return words(template === true ? 'a template' : 'a manifest that cannot be read')
  }
  const { kind, name } = change
  const folder = kind === 'Kustomization' ? (change.after ?? change.before) : undefined
  return say`${kind} ${quoted(folder !== undefined && folder.namespace === undefined ? folder.name : name)}`
}

/** What differs, where a reader of the routes would look for it in vain. */
function asWritten(change: ResourceChange): Phrase {
  if (change.subject === 'document' || change.extent === 'meaning') return []
  const [first, second, ...rest] = change.differences.map(placeWords)
  const named = joined(
    [first, second].flatMap((each) => (each === undefined ? [] : [each])),
    ', ',
  )
  return say` as written: ${named}${rest.length > 0 ? say` and ${rest.length} more` : ''}`
}

function placeWords({ part, key }: WrittenDifference): Phrase {
  switch (part) {
    case 'label':
      return say`label ${quoted(excerpt(key))}`
    case 'annotation':
      return say`annotation ${quoted(excerpt(key))}`
    case 'metadata':
      return quoted(excerpt(`metadata.${key}`))
    case 'field':
      return quoted(excerpt(key))
    case 'wrapping':
      return words('the list around it')
  }
}

/** Who agrees to a change agrees to it as it was, as it will be, and where. */
function valuesOf(change: ResourceChange, { before, after }: Places): JsonObject {
  const { mesh, subject, how } = change
  return {
    mesh,
    subject,
    ...(change.subject !== 'document' && { kind: change.kind, name: change.name }),
    how,
    before: before && [before.path, before.said],
    after: after && [after.path, after.said],
  }
}
