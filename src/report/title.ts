import { budgets } from '../domain/budgets.ts'
import { shortened } from '../domain/source/shortened.ts'
import { type Phrase, plainOf, say, words } from '../domain/words/phrase.ts'
import type { Announcement } from './announcement.ts'
import { blockedTitle, obstructedTitle } from './blocked-title.ts'
import { okTitle } from './ok-title.ts'
import { openRequirements, verdictOf } from './verdict.ts'
import type { View } from './view.ts'
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
  return { verdict: say`Overridden by ${by}: `, bodies }
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
      return okTitle(view)
  }
}

/** What a draft and a trial period say would be: "Draft: would wait for catalog (/logs* would move to login)". */
function conditional({ verdict, bodies }: Announcement, prefix: string): Announcement {
  const plain = plainOf(verdict)
  const rest = plain.replace(/^OK[,;:]? ?/, '')
  if (rest !== plain) return { verdict: words(`${prefix}: ${rest}`), bodies }
  const would = plain
    .replace(/^Waiting for /, 'would wait for ')
    .replace(/^Blocked/, 'would be blocked')
    .replace(/^Cannot decide/, 'cannot decide')
    .replace(/: $/, '')
  return { verdict: words(`${prefix}: ${would} `), bodies: bodies.map((body) => say`(${body})`) }
}

/** What is in the branch already waits for nobody: "Merged without login: /login would move to catalog". */
function afterMerge({ verdict, inFull, bodies }: Announcement): Announcement {
  const past = (phrase: Phrase) =>
    words(
      plainOf(phrase)
        .replace(/^Waiting for /, 'Merged without ')
        .replace(/^Blocked/, 'Merged although blocked')
        .replace(/^Cannot decide/, 'Merged, cannot decide'),
    )
  return { verdict: past(verdict), bodies, ...(inFull === undefined ? {} : { inFull: past(inFull) }) }
}

function framed(view: View): Announcement {
  const announcement = announce(view)
  if (view.merged !== undefined) return afterMerge(announcement)
  if (view.assessment.decision.override !== undefined) return announcement
  if (view.assessment.draft) return conditional(announcement, 'Draft')
  return view.assessment.policy.mode === 'observe' ? conditional(announcement, 'Observing') : announcement
}

function fitting({ verdict, bodies }: Announcement): Phrase | undefined {
  return (bodies.length === 0 ? [[]] : bodies).find(
    (body) => plainOf([...verdict, ...body]).length <= longestTitle,
  )
}

/** The title of the check run, at most 80 characters: the verdict, which requests, who. It decides by itself. */
export function titleOf(view: View): string {
  const announcement = framed(view)
  const body = fitting(announcement)
  const whole = plainOf([...announcement.verdict, ...(body ?? announcement.bodies.at(-1) ?? [])])
  return shortened(whole, longestTitle)
}

/** The title as the first sentence of a comment, with teams in full and paths set apart. */
export function titleSentence(view: View): Phrase {
  const announcement = framed(view)
  const body = fitting(announcement) ?? announcement.bodies.at(-1) ?? []
  const sentence = [...(announcement.inFull ?? announcement.verdict), ...body]
  return /[.?!]$/.test(plainOf(sentence)) ? sentence : say`${sentence}.`
}
