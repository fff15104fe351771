import { budgets } from '../../../domain/budgets.ts'
import type { RouteChange } from '../../../domain/diff/route-change.ts'
import { identityOf } from '../../../domain/manifest/names.ts'
import { isCatchAll, supplierOf } from '../../../domain/routing/route-table.ts'
import { destinationWords, noRoute, virtualServiceName } from '../../../domain/terms/answer-words.ts'
import { refusedWords } from '../../../domain/terms/refused-words.ts'
import { listed, type Phrase, quoted, say, words } from '../../../domain/words/phrase.ts'
import { renamedTo } from './renamed.ts'
import { requestsText, type Subject, shortRequests } from './request-phrase.ts'
import { supplierName } from './roles.ts'
import type { Row, RowContext } from './rows.ts'

/** `would`: it is not agreed yet. `does`: it is, or nobody has to. `may`: it cannot be decided. */
export type Mood = 'would' | 'does' | 'may'

function verb(base: string, mood: Mood, { plural }: Subject): string {
  if (mood !== 'does') return `${mood} ${base}`
  if (plural) return base
  return base === 'go' ? 'goes' : `${base}s`
}

/** More paths than this are better counted than begun. */
const mostSpelled = budgets.spelledPaths.size

function subjectsOf(row: Row, context: RowContext): readonly Subject[] {
  const places = { ...context.places, mixed: false, manyMeshes: false }
  const { phrase, paths, plural } = requestsText(row.changes, places, 3)
  const short = shortRequests(row.changes, context.places)
  const counted = paths > 1 ? [{ phrase: words(`${paths} paths`), plural: true }] : []
  const begun = paths > 1 && row.kind === 'denied' ? [requestsText(row.changes, places, 1)] : []
  const spelled = [{ phrase, plural }, ...begun, ...(short === undefined ? [] : [short])]
  return paths > mostSpelled ? [...counted, ...spelled] : [...spelled, ...counted]
}

/** Who has the requests on one side: the team, or the VirtualService where the team is the same or nobody knows it. */
function holderOf(change: RouteChange, side: 'before' | 'after', context: RowContext): Phrase {
  const route = change[side]
  if (route === undefined) return noRoute(change.unanswered[side])
  if (!context.assessment.comparison.ownership.known || change.kind === 'reassigned') {
    const other = change[side === 'before' ? 'after' : 'before']
    return quoted(virtualServiceName(supplierOf(route), other && supplierOf(other)))
  }
  return words(supplierName(route, context))
}

function droppedSentences(subject: Subject, change: RouteChange, mood: Mood): readonly Phrase[] {
  const { after = 'not-found' } = change.unanswered
  if (after === 'not-found') return [say`${subject.phrase} ${verb('return', mood, subject)} 404`]
  const falls = say`${subject.phrase} ${verb('fall', mood, subject)} through`
  return [
    after === 'service' ? say`${falls} to the service itself` : say`${falls} to 404 or the service itself`,
    say`${subject.phrase} ${verb('lose', mood, subject)} every route`,
  ]
}

function deniedSentences(subject: Subject, { refused }: RouteChange, mood: Mood): readonly Phrase[] {
  const returns = say`${subject.phrase} ${verb('return', mood, subject)} 403`
  return [...(refused?.after ? [say`${returns}, ${refusedWords(refused.after)}`] : []), returns]
}

function openedSentences(
  subject: Subject,
  change: RouteChange,
  mood: Mood,
  context: RowContext,
): readonly Phrase[] {
  const to = holderOf(change, 'after', context)
  const was = noRoute(change.unanswered.before)
  if (change.spill) {
    const scope = change.scope.map(context.audience.name).join(' and ')
    const answer = mood === 'does' ? 'answers' : `${mood} answer`
    return [
      say`${to} ${answer} ${subject.phrase}, given to ${scope} (was ${was})`,
      say`${to} ${answer} ${subject.phrase}, given to ${scope}`,
      say`${to} ${answer} ${subject.phrase}`,
    ]
  }
  return [say`${subject.phrase} ${verb('go', mood, subject)} to ${to} (was ${was})`]
}

/** Whether requests go to another VirtualService only because theirs has another name. */
function isRename({ kind, before, after }: RouteChange, context: RowContext): boolean {
  if (kind !== 'reassigned' || before === undefined || after === undefined) return false
  const successor = renamedTo(supplierOf(before), context)
  return successor !== undefined && identityOf(successor) === identityOf(supplierOf(after))
}

function movedSentences(
  subject: Subject,
  change: RouteChange,
  mood: Mood,
  context: RowContext,
): readonly Phrase[] {
  const from = holderOf(change, 'before', context)
  const to = holderOf(change, 'after', context)
  if (isRename(change, context)) {
    const renamed = mood === 'does' ? 'is renamed' : `${mood} be renamed`
    return [
      say`${from} ${renamed} to ${to}, and does the same with ${subject.phrase}`,
      say`${from} ${renamed} to ${to}`,
    ]
  }
  return [
    say`${subject.phrase} ${verb('move', mood, subject)} from ${from} to ${to}`,
    say`${subject.phrase} ${verb('move', mood, subject)} to ${to}`,
    say`${subject.phrase} ${verb('move', mood, subject)}`,
  ]
}

function reclaimedSentences(
  subject: Subject,
  change: RouteChange,
  mood: Mood,
  context: RowContext,
): readonly Phrase[] {
  const to = holderOf(change, 'after', context)
  const from = holderOf(change, 'before', context)
  const was = change.before !== undefined && isCatchAll(change.before.match) ? say`${from}'s catch-all` : from
  return [
    say`${subject.phrase} ${verb('go', mood, subject)} to ${to} (was ${was})`,
    say`${subject.phrase} ${verb('go', mood, subject)} to ${to}`,
  ]
}

function changedSentences(row: Row, subject: Subject, change: RouteChange, mood: Mood): readonly Phrase[] {
  const { gets, sharesOnly, shares } = row.answers
  if (gets !== undefined) {
    return [
      say`${subject.phrase} ${verb('get', mood, subject)} ${gets}`,
      say`${subject.phrase} ${verb('change', mood, subject)}`,
    ]
  }
  if (row.services !== undefined && shares !== undefined) return splitSentences(row.services, shares, mood)
  if (sharesOnly) {
    const shares = destinationWords(change, 'after', 'running')
    return [
      say`${subject.phrase} ${verb('go', mood, subject)} to ${shares}`,
      mood === 'does' ? shares : say`${mood} be ${shares}`,
    ]
  }
  const after = destinationWords(change, 'after')
  const isSent = change.after?.outcome.action.kind === 'route'
  const lead = isSent ? `${verb('go', mood, subject)} to` : verb('get', mood, subject)
  return [
    say`${subject.phrase} ${lead} ${after} (was ${destinationWords(change, 'before')})`,
    say`${subject.phrase} ${lead} ${after}`,
    say`${subject.phrase} ${verb('change', mood, subject)}`,
  ]
}

/** "38 services would split 50/50 (was 90/10)". */
function splitSentences(
  services: number,
  { today, afterMerge }: NonNullable<Row['answers']['shares']>,
  mood: Mood,
): readonly Phrase[] {
  const split = `${services} services ${mood === 'does' ? 'split' : `${mood} split`}`
  return [words(`${split} ${afterMerge.ratio} (was ${today.ratio})`), words(`${split} ${afterMerge.ratio}`)]
}

function sentences(row: Row, subject: Subject, mood: Mood, context: RowContext): readonly Phrase[] {
  const [change] = row.changes
  if (change === undefined) return []
  switch (row.kind) {
    case 'dropped':
      return droppedSentences(subject, change, mood)
    case 'denied':
      return deniedSentences(subject, change, mood)
    case 'admitted':
      return [
        say`${subject.phrase} ${verb('go', mood, subject)} to ${holderOf(change, 'after', context)} (was 403)`,
      ]
    case 'opened':
      return openedSentences(subject, change, mood, context)
    case 'reclaimed':
      return reclaimedSentences(subject, change, mood, context)
    case 'moved':
    case 'reassigned':
      return movedSentences(subject, change, mood, context)
    case 'inherited':
    case 'changed':
      return changedSentences(row, subject, change, mood)
  }
}

/** "in dev, staging and prod": the meshes of a row, where there are others. */
function meshesOf(row: Row, context: RowContext): readonly Phrase[] {
  const { base, merged } = context.assessment.comparison
  const all = new Set([...base.meshes, ...merged.meshes].map((mesh) => mesh.name))
  const here = [...new Set(row.changes.map((change) => change.mesh))]
  if (all.size < 2) return [[]]
  return [
    say` in ${listed(here.map(words))}`,
    ...(here.length > 2 ? [words(` in ${here.length} meshes`)] : []),
    [],
  ]
}

/**
 * What happens to the requests of a row in one sentence, the fullest first, each shorter one still true:
 * "/logs* would move from catalog to login".
 */
export function headlinesOf(row: Row, mood: Mood, context: RowContext): readonly Phrase[] {
  return inMeshes(row, context, (subject) => sentences(row, subject, moodOf(row, mood), context))
}

/** The same without where requests come from and go to: "/logs* would move". */
export function bareHeadlinesOf(row: Row, mood: Mood, context: RowContext): readonly Phrase[] {
  return inMeshes(row, context, (subject) => sentences(row, subject, moodOf(row, mood), context).slice(-1))
}

function moodOf({ changes }: Row, mood: Mood): Mood {
  return changes.every((change) => !change.certain) ? 'may' : mood
}

function inMeshes(
  row: Row,
  context: RowContext,
  sentencesOf: (subject: Subject) => readonly Phrase[],
): readonly Phrase[] {
  const meshes = meshesOf(row, context)
  return subjectsOf(row, context)
    .flatMap(sentencesOf)
    .flatMap((sentence) => meshes.map((mesh) => say`${sentence}${mesh}`))
}
