import { budgets } from '../../../domain/budgets.ts'
import { visible } from '../../../domain/words/visible.ts'
import { hanging, type Screen } from '../../print/screen.ts'
import {
  type AnswersThen,
  type Blame,
  type BlamedChange,
  doubtsAbout,
  doubtsOf,
  servingIn,
} from '../blame.ts'
import { placedAnswers } from '../explain-words.ts'
import { shortCommit, subjectOf } from '../past-words.ts'
import { answerLine } from './explain-text.ts'

const label = 11

/** What `blame` prints: who serves a request now, and each merge that changed that. */
export function blameText(blame: Blame, screen: Screen): string {
  const { request, now, changes } = blame
  const blocks = [
    [visible(`${request.method} ${request.scheme}://${request.authority}${request.path}`)],
    [...answersLines('now', now, screen), ...doubtLines(doubtsAbout(now), screen)],
    ...changes.map((each) => changeLines(each, screen)),
    ...beginningLines(blame, screen),
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function changeLines(change: BlamedChange, screen: Screen): readonly string[] {
  const { commit, at } = change.commit
  const head = `${at.slice(0, 10)}  ${shortCommit(commit)}  ${visible(subjectOf(change.commit))}`
  return [
    ...hanging('', screen.paint('bold', head), screen, '  '),
    ...answersLines('  before', change.before, screen),
    ...answersLines('  after', change.after, screen),
    ...doubtLines(doubtsOf(change), screen),
  ]
}

function doubtLines(doubts: readonly string[], screen: Screen): readonly string[] {
  const most = budgets.blameReasons.size
  const more = doubts.length > most ? [`and ${doubts.length - most} more reasons`] : []
  return [...doubts.slice(0, most), ...more].flatMap((each) =>
    hanging(`  ${screen.paint('yellow', 'not certain:')} `, visible(each), screen, '      '),
  )
}

/** A line for each gateway that serves it. */
function answersLines(name: string, then: AnswersThen, screen: Screen): readonly string[] {
  const serving = servingIn(then)
  const lead = name.padEnd(label)
  if (serving.length === 0) return [`${lead}${screen.paint('yellow', 'nobody serves this host')}`]
  return placedAnswers(serving, then.teams).flatMap((answer, at) => {
    const line = answerLine(answer, screen)
    const [first = '', ...rest] = line.split('\n')
    return [
      ...hanging(at === 0 ? lead : ' '.repeat(label), first, screen),
      ...rest.flatMap((each) => hanging(' '.repeat(label), each, screen)),
    ]
  })
}

function beginningLines({ beginning, changes }: Blame, screen: Screen): readonly (readonly string[])[] {
  if (beginning === undefined) return []
  const name = `${shortCommit(beginning.commit)} of ${beginning.at.slice(0, 10)}`
  const so = changes.length === 0 ? 'It has been answered so' : 'Before that it had been answered so'
  const text =
    beginning.why === 'first'
      ? `${so} since the first commit, ${name}.`
      : `${so} as far back as this shallow clone goes, to ${name}; what was before is not here. Fetch it with git fetch --unshallow.`
  return [hanging('', text, screen)]
}
