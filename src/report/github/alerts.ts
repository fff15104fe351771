import type { Requirement } from '../../domain/policy/decision.ts'
import { lastLineOf, positionOf, type SourceRange } from '../../domain/source/source-file.ts'
import { capitalised, type Phrase, say } from '../../domain/words/phrase.ts'
import { ended, wholeOf } from '../../domain/words/sentence.ts'
import type { Row } from '../sentences/requests/rows.ts'
import { openRequirements } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'
import type { AlertRule } from './alert-rules.ts'
import { remarkSentence } from './remark-words.ts'
import { foldedRemarks, type Remark, type RemarksHere, remarksOf } from './remarks.ts'
import { keyOfRequests } from './request-keys.ts'
import { changedLinesOf, type DiffLines, type Spot, spotOf } from './spot.ts'

/** What is to be looked at besides findings: traffic that somebody else is concerned by, and approvals that are missing. */
export interface Alert {
  readonly rule: AlertRule
  readonly level: 'warning' | 'note'
  readonly message: Phrase
  readonly spot?: Spot
  /** Equal for the same thing, however lines and words move. */
  readonly key: string
}

/** Where nobody has said which lines a forge shows, every line of a changed file will do. */
function everyLine({ assessment }: View): DiffLines {
  return new Map(
    assessment.touched.files.map(({ path, merged }) => [path, [[1, merged?.text.split('\n').length ?? 1]]]),
  )
}

/** Traffic on the changed lines that cause it, then each missing approval at the first thing that asks for it. */
export function alertsOf(view: View): readonly Alert[] {
  const places = { diffLines: everyLine(view), changed: changedLinesOf(view) }
  const remarks = remarksOf(view, (change) => spotOf(change, view, places))
  const open = openRequirements(view.assessment)
  const asked = new Set(open.flatMap(({ because }) => because.map(({ change }) => change)))
  const isAsked = ({ changes }: Remark) => changes.some((change) => asked.has(change))
  return [
    ...foldedRemarks(remarks, view, () => false).flatMap((here) => trafficAlerts(here, isAsked, view)),
    ...open.map((each) => approvalAlert(each, remarks, view)),
  ]
}

function trafficAlerts(
  { spot, remarks }: RemarksHere,
  isAsked: (remark: Remark) => boolean,
  view: View,
): readonly Alert[] {
  return remarks
    .filter(({ row }) => row.others || row.kind === 'dropped' || row.kind === 'denied')
    .map((remark) => {
      const rule = ruleOf(remark.row)
      return {
        rule,
        level: isAsked(remark) ? 'warning' : 'note',
        message: remarkSentence(remark, view),
        spot,
        key: [rule, spot.path, ...remark.changes.map(keyOfRequests).sort()].join('\n'),
      }
    })
}

function ruleOf({ kind, changes }: Row): AlertRule {
  if (kind === 'dropped' || kind === 'denied') return 'dropped-traffic'
  if (changes.some(({ spill, after }) => spill && after !== undefined)) return 'captured-traffic'
  return kind === 'moved' ? 'moved-traffic' : 'changed-traffic'
}

function approvalAlert(requirement: Requirement, remarks: readonly RemarksHere[], view: View): Alert {
  const { team, because } = requirement
  const [first] = because
  const spot = spotOfReasons(requirement, remarks, view)
  const why = first === undefined ? [] : say` ${capitalised(ended(wholeOf(first)))}`
  return {
    rule: 'missing-approval',
    level: 'warning',
    message: say`${view.audience.handle(team)} has not agreed to this.${why}`,
    ...(spot && { spot }),
    key: ['missing-approval', team.key].join('\n'),
  }
}

/** Where a requirement comes from, as near to the changed lines as is known. */
function spotOfReasons(
  { because }: Requirement,
  remarks: readonly RemarksHere[],
  view: View,
): Spot | undefined {
  const changes = new Set(because.flatMap(({ change }) => change ?? []))
  const here = remarks.find((each) => each.remarks.some((one) => one.changes.some((c) => changes.has(c))))
  const [range] = because.flatMap((reason) => reason.range ?? reason.finding?.range ?? [])
  const [path] = because.flatMap((reason) => reason.path ?? [])
  const [file] = view.assessment.touched.files
  if (here !== undefined) return here.spot
  if (range !== undefined) return spotOfRange(range)
  const named = path ?? file?.path
  return named === undefined ? undefined : { path: named, startLine: 1, line: 1 }
}

function spotOfRange(range: SourceRange): Spot {
  return { path: range.file.path, startLine: positionOf(range).line, line: lastLineOf(range) }
}
