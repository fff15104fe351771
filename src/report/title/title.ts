import { budgets } from '../../domain/budgets.ts'
import { shortened } from '../../domain/source/shortened.ts'
import { type Phrase, plainOf, say } from '../../domain/words/phrase.ts'
import { ended } from '../../domain/words/sentence.ts'
import { openRequirements, verdictOf } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'
import { type Announced, type Announcement, type Body, bodiesOf } from './announcement.ts'
import { blockedTitle, obstructedTitle } from './blocked-title.ts'
import { okTitle } from './ok-title.ts'
import { type Frame, framed, framedInFull, frameOf } from './title-frame.ts'
import { waitingTitle } from './waiting-title.ts'

/** GitHub cuts a longer title off in the list of checks. */
const longestTitle = budgets.title.size

function overriddenTitle(by: string, reason: string, { assessment, audience }: View): Announcement {
  const names = openRequirements(assessment).map((each) => audience.name(each.team))
  const who = names.length <= 2 ? names.join(' and ') : `${names.length} teams`
  const notAsked = names.length === 0 ? '' : ` (${who} not asked)`
  const bodies = [reason, shortened(reason, 40), shortened(reason, 20)].map(
    (text) => say`"${text}"${notAsked}`,
  )
  return { verdict: { kind: 'overridden', by }, bodies: bodiesOf(bodies) }
}

/** Of the past it is told who would have been asked, whether or not it is known who proposed it. */
function isLeftOpen({ past, assessment }: View): boolean {
  return past === true && openRequirements(assessment).length > 0
}

function announce(view: View): Announcement {
  const verdict = verdictOf(view.assessment)
  switch (verdict.kind) {
    case 'overridden':
      return overriddenTitle(verdict.by, verdict.reason, view)
    case 'obstructed':
      return obstructedTitle(verdict.obstruction, view)
    case 'blocked':
      return blockedTitle(view)
    case 'waiting':
      return waitingTitle(view)
    case 'ok':
      return isLeftOpen(view) ? waitingTitle(view) : okTitle(view)
  }
}

/** What a title says, before it is printed. */
export interface Title {
  readonly frame: Frame
  readonly verdict: Announced
  /** Which of the bodies it is, from the fullest on; -1 where there is none. */
  readonly at: number
  readonly body?: Body
}

/** The verdict and the fullest body that fits a title; the shortest where none does. */
export function chosenTitle(view: View): Title {
  const frame = frameOf(view)
  const { verdict, bodies } = announce(view)
  const fits = ({ phrase }: Body): boolean => plainOf(framed(frame, verdict, phrase)).length <= longestTitle
  const first = bodies.findIndex(fits)
  const at = first === -1 ? bodies.length - 1 : first
  const body = bodies[at]
  return { frame, verdict, at, ...(body && { body }) }
}

/** The title of the check run, at most 80 characters: the verdict, which requests, who. It decides by itself. */
export function titleOf(view: View): string {
  const { frame, verdict, body } = chosenTitle(view)
  return shortened(plainOf(framed(frame, verdict, body?.phrase)), longestTitle)
}

/** Whether there was no room for all of it. */
export function isCut(view: View): boolean {
  const { frame, verdict, body } = chosenTitle(view)
  return plainOf(framed(frame, verdict, body?.phrase)).length > longestTitle
}

/** What comes before each body, and the bodies, from the fullest on: for whoever puts something in between. */
export interface TitleParts {
  readonly lead: string
  readonly bodies: readonly string[]
}

/** The title in its parts; none of a draft, of a trial period, or of the past, which say it otherwise. */
export function titleParts(view: View): TitleParts | undefined {
  const { verdict, bodies } = announce(view)
  return frameOf(view) === 'plain'
    ? { lead: plainOf(framed('plain', verdict)), bodies: bodies.map(({ phrase }) => plainOf(phrase)) }
    : undefined
}

/** The title as the first sentence of a comment, with teams in full and paths set apart. */
export function titleSentence(view: View): Phrase {
  const { frame, verdict, body } = chosenTitle(view)
  return ended(framedInFull(frame, verdict, body?.phrase))
}
