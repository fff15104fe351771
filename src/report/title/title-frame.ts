import { assertNever } from '../../domain/source/assert-never.ts'
import { joined, type Phrase, say, words } from '../../domain/words/phrase.ts'
import type { View } from '../sentences/view.ts'
import type { Announced, Proviso } from './announcement.ts'

/** In what light a verdict is told: as it is, as it would be of a draft or in a trial period, when it is too late, or of the past. */
export type Frame = 'plain' | 'draft' | 'observing' | 'merged' | 'past'

/** The frame of a view. What somebody has set aside is told as it is. */
export function frameOf({ merged, past, assessment }: View): Frame {
  if (past === true) return 'past'
  if (merged !== undefined) return 'merged'
  if (assessment.decision.override !== undefined) return 'plain'
  if (assessment.draft) return 'draft'
  return assessment.policy.mode === 'observe' ? 'observing' : 'plain'
}

/** A verdict in its frame, and what follows it: `Waiting for login: ...`, `Draft: would wait for login (...)`. */
export function framed(frame: Frame, verdict: Announced, body?: Phrase): Phrase {
  if (frame === 'draft') return conditional(words('Draft'), verdict, body)
  if (frame === 'observing') return conditional(words('Observing'), verdict, body)
  const lead = leadOf(frame, verdict)
  return body === undefined ? lead : say`${lead}: ${body}`
}

function leadOf(frame: Exclude<Frame, 'draft' | 'observing'>, verdict: Announced): Phrase {
  if (frame === 'merged') return afterMerge(verdict)
  return frame === 'past' && verdict.kind === 'waiting'
    ? say`Would wait for ${verdict.whom}`
    : asItIs(verdict)
}

/** The same with teams by their full names, where there is room for them. */
export function framedInFull(frame: Frame, verdict: Announced, body?: Phrase): Phrase {
  const isLong = verdict.kind === 'waiting' && (frame === 'plain' || frame === 'merged')
  return framed(frame, isLong ? { ...verdict, whom: verdict.inFull } : verdict, body)
}

function asItIs(verdict: Announced): Phrase {
  switch (verdict.kind) {
    case 'ok':
      return verdict.proviso === undefined
        ? words('OK')
        : say`OK${isApart(verdict.proviso) ? ',' : ''} ${provisoWords(verdict.proviso)}`
    case 'nobody-named':
      return say`Would wait for ${verdict.whom}`
    case 'waiting':
      return say`Waiting for ${verdict.whom}${again(verdict)}`
    case 'blocked':
      return words('Blocked')
    case 'undecided':
      return words('Cannot decide')
    case 'overridden':
      return say`Overridden by ${verdict.by}`
    default:
      return assertNever(verdict)
  }
}

/** What is in the branch already waits for nobody: "Merged without login: /login would move to catalog". */
function afterMerge(verdict: Announced): Phrase {
  switch (verdict.kind) {
    case 'waiting':
      return say`Merged without ${verdict.whom}${again(verdict)}`
    case 'blocked':
      return words('Merged although blocked')
    case 'undecided':
      return words('Merged, cannot decide')
    default:
      return asItIs(verdict)
  }
}

/** What would be: "Draft: would wait for catalog (/logs* would move to login)"; all that an OK needs are its provisos. */
function conditional(prefix: Phrase, verdict: Announced, body?: Phrase): Phrase {
  if (verdict.kind === 'ok') {
    const proviso = verdict.proviso === undefined ? [] : [provisoWords(verdict.proviso)]
    return joined([prefix, ...proviso, ...(body === undefined ? [] : [body])], ': ')
  }
  const lead = say`${prefix}: ${wouldBe(verdict)}`
  return body === undefined ? lead : say`${lead} (${body})`
}

function wouldBe(verdict: Exclude<Announced, { kind: 'ok' }>): Phrase {
  switch (verdict.kind) {
    case 'nobody-named':
      return say`would wait for ${verdict.whom}`
    case 'waiting':
      return say`would wait for ${verdict.whom}${again(verdict)}`
    case 'blocked':
      return words('would be blocked')
    case 'undecided':
      return words('cannot decide')
    case 'overridden':
      return asItIs(verdict)
    default:
      return assertNever(verdict)
  }
}

function again({ again: isAgain }: Extract<Announced, { kind: 'waiting' }>): Phrase {
  return isAgain ? words(' again') : []
}

function isApart({ kind }: Proviso): boolean {
  return kind === 'order-uncertain' || kind === 'nobody-asked'
}

function provisoWords(proviso: Proviso): Phrase {
  switch (proviso.kind) {
    case 'effect-unknown':
      return words('here, effect unknown')
    case 'order-uncertain':
      return words('order not certain')
    case 'nobody-asked':
      return words('no CODEOWNERS')
    default:
      return assertNever(proviso.kind)
  }
}
