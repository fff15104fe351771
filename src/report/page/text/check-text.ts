import { budgets } from '../../../domain/budgets.ts'
import { identityOf, shownGateway } from '../../../domain/manifest/names.ts'
import { isUnknown } from '../../../domain/manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../../domain/manifest/virtual-service.ts'
import type { Assessment } from '../../../domain/policy/judgement.ts'
import type { Obstruction } from '../../../domain/policy/obstruction.ts'
import type { ShownTable } from '../../../domain/routing/copies/shown-tables.ts'
import type { LeftOutOfTables } from '../../../domain/routing/left-out-of-tables.ts'
import type { DroppedEntry, RouteTable } from '../../../domain/routing/route-table.ts'
import { notAskedIn, withoutEntriesIn } from '../../../domain/routing/standing.ts'
import type { Finding } from '../../../domain/rules/rule.ts'
import { rangeOf } from '../../../domain/source/located.ts'
import { droppedWords } from '../../../domain/terms/dropped-words.ts'
import type { ToldTraffic } from '../../../domain/traffic/told-traffic.ts'
import type { WayOut } from '../../../domain/ways-out/way-out.ts'
import { capitalised, plainOf } from '../../../domain/words/phrase.ts'
import { ended, plainSentence } from '../../../domain/words/sentence.ts'
import { visible } from '../../../domain/words/visible.ts'
import { counted } from '../../print/counted.ts'
import { hanging, type Screen, type Style } from '../../print/screen.ts'
import { doubtLines, doubtsInRow } from '../../sentences/doubt-phrases.ts'
import { foldedLines } from '../../sentences/finding-groups.ts'
import { leftOutWords } from '../../sentences/left-out-words.ts'
import { placeText } from '../../sentences/place.ts'
import { notFoundAnyMore } from '../../sentences/remedies/put-right.ts'
import { leavingOut, leavingOutLabel, remediesOf } from '../../sentences/remedies/to-fix.ts'
import { type WayOutWords, wayOutWords } from '../../sentences/remedies/way-out-words.ts'
import { kindWords } from '../../sentences/requests/change-table.ts'
import { exampleOf, gatewayNoteFor } from '../../sentences/requests/curl.ts'
import { foldedRows, type Row } from '../../sentences/requests/rows.ts'
import type { TeamNames } from '../../sentences/requests/team-names.ts'
import { inColumns, routeLines } from '../../sentences/tables/table-diff.ts'
import { toldAs } from '../../sentences/told-findings.ts'
import { openRequirements, verdictOf } from '../../sentences/verdict.ts'
import { type View, viewOf } from '../../sentences/view.ts'
import { titleOf } from '../../title/title.ts'
import { consentLines } from './consent-text.ts'
import { diagnosticFrame } from './diagnostic-frame.ts'
import { trafficLines } from './traffic-text.ts'
import { inFull, type Part, whole, withinScreens } from './within-screens.ts'

function verdictStyle(assessment: Assessment): Style {
  const { kind } = verdictOf(assessment)
  if (kind !== 'ok' && kind !== 'overridden' && kind !== 'waiting') return 'red'
  return kind === 'overridden' || openRequirements(assessment).length === 0 ? 'green' : 'yellow'
}

function rowLines(row: Row, screen: Screen): readonly string[] {
  const { paint } = screen
  const [example] = row.changes.flatMap((change) => exampleOf(change)?.line ?? [])
  const about = [plainOf(row.who), kindWords(row)].filter((each) => each !== '').join('; ')
  const head = `${paint('bold', plainOf(row.requests))}  ${paint('dim', about)}`
  return [
    ...hanging('', head, screen),
    ...hanging('  today          ', plainOf(row.answers.today), screen),
    ...hanging('  after merge    ', plainOf(row.answers.afterMerge), screen),
    // A line to be copied is never broken.
    ...(example === undefined ? [] : [`  for example    ${visible(example)}`]),
    ...(row.doubts.length === 0
      ? []
      : hanging('  not certain    ', plainOf(doubtsInRow(row.doubts)), screen)),
    '',
  ]
}

/** Rows that differ in their teams alone are one where there are many. */
function rowsPart(view: View, screen: Screen): Part {
  const most = budgets.commentRows.size
  const rows = view.rows.length <= most ? view.rows : foldedRows(view.rows, view, most)
  return {
    items: rows.map((row) => rowLines(row, screen)),
    more: (left) => {
      const paths = rows.slice(rows.length - left).reduce((sum, row) => sum + row.paths, 0)
      return `... and ${left} more like these, with ${counted(paths, 'path')}: ${inFull}`
    },
  }
}

/** What the lines to copy ask for, once for all of them. */
function gatewayLines({ rows }: View, screen: Screen): readonly string[] {
  const examples = rows.flatMap(({ changes }) => changes.flatMap((change) => exampleOf(change)?.line ?? []))
  return gatewayNoteFor(examples).flatMap((note) => [
    ...hanging('', screen.paint('dim', plainOf(ended(note))), screen),
    '',
  ])
}

function findingsPart(findings: readonly Finding[], heading: string, screen: Screen): Part {
  const { paint } = screen
  const frames = foldedLines(findings, {
    line: ({ code: _, ...finding }) => diagnosticFrame({ ...finding, id: finding.rule }, screen),
    more: (words, rule) => `${words}  ${paint('dim', rule)}`,
  })
  return {
    heading: heading === '' ? [] : [...hanging('', paint('bold', heading), screen), ''],
    items: frames.map((frame) => [...frame.split('\n'), '']),
    more: (left) => `... and ${left} more: ${inFull}`,
  }
}

/** Where it is comes first, unless the sentence begins with that itself. */
function placedText(place: string, text: string): string {
  return text.startsWith(place) ? text : `${place} ${text}`
}

function obstructionsPart(obstructions: readonly Obstruction[], screen: Screen): Part {
  return {
    items: obstructions.map((each) => [
      ...hanging('', placedText(visible(placeText(each.range)), plainSentence(each)), screen),
      '',
    ]),
    more: (left) => `... and ${left} more: ${inFull}`,
  }
}

/** One thing to do in lines of a terminal, what is to be written as it is to be written. */
function wayLines(label: string, { todo, lines, outcome }: WayOutWords, screen: Screen): readonly string[] {
  const indent = ' '.repeat(label.length)
  const [head, end] = [plainOf(capitalised(todo)), plainOf(capitalised(outcome))]
  return lines.length === 0
    ? hanging(label, `${head} ${end}`.trimEnd(), screen)
    : [
        ...hanging(label, head, screen),
        ...lines.map((line) => `${indent}${visible(line)}`),
        ...(end === '' ? [] : hanging(indent, end, screen)),
      ]
}

/** What was tried out to unblock, or is to be written elsewhere; what a rule says in general stands with its finding. */
function fixLines(view: View, screen: Screen): readonly string[] {
  const { how, remedies } = remediesOf(view)
  const tried = remedies.flatMap((each) => (each.kind === 'advice' ? [] : [each.words]))
  if (tried.length === 0) return []
  const heading = screen.paint('bold', how === 'any' && tried.length > 1 ? 'To fix, one of:' : 'To fix:')
  const isList = tried.length > 1
  return [
    heading,
    ...tried.flatMap((each, index) => wayLines(isList ? `  ${index + 1}. ` : '  ', each, screen)),
    '',
  ]
}

function leaveOutLines(view: View, screen: Screen): readonly string[] {
  return leavingOut(view).flatMap((way) => [
    ...hanging('', screen.paint('bold', plainOf(leavingOutLabel(way, view))), screen),
    ...wayLines('  ', wayOutWords(way, view), screen),
    '',
  ])
}

const notLookedFor = 'What was wrong before was not looked for; --existing lists it.'

/** What `check` prints: the verdict, every change with an example, what is wrong, who must agree, what is assumed; of a long answer the verdict last, too. */
export function terminalCheck(
  assessment: Assessment,
  screen: Screen,
  waysOut: readonly WayOut[] = [],
  traffic?: ToldTraffic,
): string {
  const view = viewOf(assessment, waysOut)
  const { decision, assumptions } = assessment
  const verdict = screen.paint(verdictStyle(assessment), titleOf(view))
  const text = withinScreens([
    obstructionsPart(decision.obstructions, screen),
    rowsPart(view, screen),
    whole(traffic === undefined ? [] : trafficLines(traffic, view, screen)),
    whole(gatewayLines(view, screen)),
    findingsPart(toldAs('introduced', assessment), '', screen),
    ...notFoundAnyMore(assessment).map((each) => findingsPart(each.findings, each.heading, screen)),
    findingsPart(toldAs('existing', assessment), 'Found on both sides:', screen),
    whole(assessment.existing ? [] : [...hanging('', screen.paint('dim', notLookedFor), screen), '']),
    whole(fixLines(view, screen)),
    whole(consentLines(view, screen)),
    whole(leaveOutLines(view, screen)),
    {
      items: assumptions.map((each) => doubtLines(each, 'Taken for granted: ', screen)),
      more: (left) => `... and ${left} more taken for granted: ${inFull}`,
    },
  ])
    .join('\n')
    .trim()
  const isLong = text.split('\n').length > budgets.verdictInSight.size
  return `${[verdict, text, ...(isLong ? [verdict] : [])].join('\n\n').trimEnd()}\n`
}

function droppedLine(dropped: DroppedEntry): string {
  const { primary, entry, secondary, secondaryEntry } = dropped
  const written =
    secondary === undefined ? primary.spec.http?.[entry] : secondary.spec.http?.[secondaryEntry ?? 0]
  const place = placeText(written && rangeOf(written))
  const name = visible((secondary ?? primary).name)
  return `dropped: ${name}, since ${plainOf(droppedWords(dropped))}   ${visible(place)}`.trimEnd()
}

/** Those with the host that answer no request, and why. */
function silentLines(table: ShownTable): readonly string[] {
  const line = (what: string, why: string) => (each: VirtualService) =>
    visible(`${what}: ${each.name}, since ${why}   ${placeText(rangeOf(each))}`).trimEnd()
  return [
    ...[...notAskedIn(table), ...(table.neither ?? [])].map(
      line('not asked', 'inside the mesh another VirtualService has the host to itself'),
    ),
    ...withoutEntriesIn(table).map(line('no answer', 'it has no route for requests')),
  ]
}

/** The same object in other files. */
function alikeLines({ alike = [] }: ShownTable): readonly string[] {
  const byName = Map.groupBy(alike, identityOf)
  return [...byName].map(([name, some]) =>
    visible(`  ${name} is written alike in ${some.map((each) => placeText(rangeOf(each))).join(', ')}`),
  )
}

/** In place of which the copies of a table live. */
function copiesLine({ living = [] }: ShownTable): readonly string[] {
  if (living.length === 0) return []
  const copies = living.map(
    (each) => `${each.kind} ${identityOf(each)} is that of ${placeText(rangeOf(each))}`,
  )
  return [visible(`  where ${copies.join(', and ')}`)]
}

function tableLines(table: ShownTable, screen: Screen, teams: TeamNames): readonly string[] {
  const { paint } = screen
  const where = table.gateway === 'mesh' ? 'inside the mesh' : `on ${shownGateway(table.gateway)}`
  const ports = table.ports === undefined ? '' : `, port ${table.ports.join(', ')}`
  const mesh = table.mesh === 'default' ? '' : `${table.mesh}: `
  return [
    paint('bold', visible(`${mesh}${table.host} ${where}${ports}`)),
    ...[...copiesLine(table), ...placeholderLine(table)].map((line) => paint('dim', line)),
    ...inColumns(routeLines(table, withTeam(teams))).map((line) => `  ${line}`),
    ...table.dropped.map((entry) => paint('yellow', `  ${droppedLine(entry)}`)),
    ...silentLines(table).map((line) => paint('yellow', `  ${line}`)),
    ...alikeLines(table).map((line) => paint('dim', line)),
    ...table.doubts.flatMap((doubt) => doubtLines(doubt, '  not certain: ', screen)),
    '',
  ]
}

/** Another tool fills in what is not known here, so that the name is none that is ever asked for. */
function placeholderLine({ host, gateway }: RouteTable): readonly string[] {
  const named = [...(isUnknown(host) ? ['host'] : []), ...(isUnknown(gateway) ? ['gateway'] : [])]
  if (named.length === 0) return []
  return [
    `  the ${named.join(' and the ')} above ${named.length > 1 ? 'hold placeholders' : 'holds a placeholder'}, which another tool fills in`,
  ]
}

/** What is told with tables: how the teams of objects are called, and what is in no table. */
interface ShownBeside {
  readonly teams?: TeamNames
  readonly leftOut?: readonly LeftOutOfTables[]
}

function withTeam(teams: TeamNames): (supplier: VirtualService) => string {
  return (supplier) => {
    const team = teams(supplier)
    return team === undefined ? supplier.name : `${supplier.name} of ${team}`
  }
}

/** What `routes` prints: every effective route table in the order in which its routes are tried, and what was dropped. */
export function terminalRoutes(
  tables: readonly ShownTable[],
  screen: Screen,
  { teams = () => undefined, leftOut = [] }: ShownBeside = {},
): string {
  const lines = [
    ...(tables.length === 0 ? ['No VirtualService serves any host here.', ''] : []),
    ...tables.flatMap((table) => tableLines(table, screen, teams)),
    ...leftOutLines(leftOut, screen),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** One reason a line, with the path of one of them. */
function leftOutLines(leftOut: readonly LeftOutOfTables[], { paint }: Screen): readonly string[] {
  if (leftOut.length === 0) return []
  const said = leftOut.map((each) => plainOf(leftOutWords(each)))
  const width = Math.max(...said.map(({ length }) => length))
  const lines = leftOut.map(({ example }, at) => `  ${(said[at] ?? '').padEnd(width)}   ${visible(example)}`)
  return [paint('bold', 'Left out'), ...lines]
}
