import { expect } from 'vitest'
import type { Assessment } from '../../src/domain/policy/judgement.ts'
import { type WrittenReport, writeReport } from '../../src/report/github/report.ts'
import { checkJson } from '../../src/report/page/json/check-json.ts'
import type { ReportContext } from '../../src/report/sentences/report-context.ts'
import { contractErrors } from './check-contract.ts'
import { contentsOf, elements, proseOf, rendered, unfolded } from './rendered.ts'

const verdicts =
  /^(OK|Would wait for |Waiting for |Blocked: |Cannot decide: |Draft: |Observing: |Overridden by )/
const ours = [
  'details',
  'summary',
  'code',
  'sub',
  'p',
  'strong',
  'pre',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'ol',
  'ul',
  'li',
  'h3',
]

function expectHarmless(markdown: string): void {
  const tree = rendered(markdown)

  expect(elements(tree).filter((name) => !ours.includes(name))).toEqual([])
  expect(proseOf(tree)).not.toMatch(/@\w|https?:\/\/|(?<![a-z0-9])www\.\w/i)
}

function expectReadable(comment: string): void {
  const shown = unfolded(rendered(comment))
  const lines = comment
    .replace(/^<details>.*?^<\/details>/gms, '')
    .split('\n')
    .filter((line) => line !== '')

  expect(lines.length).toBeLessThanOrEqual(25)
  expect(elements(shown).filter((name) => name === 'table').length).toBeLessThanOrEqual(1)
  expect(elements(shown).filter((name) => name === 'tr').length).toBeLessThanOrEqual(7)
  expect(comment.startsWith('<!-- firebreak:summary -->\n**')).toBe(true)
}

function expectTeams({ decision }: Assessment, comment: string): void {
  const open = decision.requirements.filter((each) => each.satisfiedBy === undefined)
  const merging =
    /\*\*To merge(?:, besides)?:\*\* (.*?)(?: \S+ is asked because .*| Not possible .*| As for .*)?$/m.exec(
      comment,
    )?.[1] ?? ''
  if (merging === '' || open.length > 3) return
  const handles = contentsOf(rendered(merging), 'code')

  for (const owner of open.flatMap((each) => each.team.owners))
    expect(handles).toContain(owner.replace(/^@/, ''))
  for (const handle of handles) {
    expect(open.flatMap((each) => each.team.owners.map((owner) => owner.replace(/^@/, '')))).toContain(handle)
  }
}

/** Every count of teams is that of the requirements, and of a single team the name is said. */
function expectCounts({ decision, people }: Assessment, { title, comment = '' }: WrittenReport): void {
  const open = decision.requirements.filter((each) => each.satisfiedBy === undefined)
  const others = decision.requirements.filter((each) => each.satisfiedBy?.how !== 'author')
  const agreed = decision.requirements.filter((each) => each.satisfiedBy?.how === 'approval')
  const [, some, all] = /for (\d+) (?:of (\d+) )?teams/.exec(title) ?? []
  if (some !== undefined) expect([Number(some), Number(all ?? some)]).toEqual([open.length, others.length])
  for (const [, count] of comment.matchAll(/(\d+) teams that have not answered/g))
    expect(Number(count)).toBe(open.length)
  for (const [, count] of comment.matchAll(/(\d+) teams that have agreed/g))
    expect(Number(count)).toBe(agreed.length)
  const [only] = open
  if (title.startsWith('Waiting for ') && open.length === 1 && people.author !== undefined)
    for (const owner of only?.team.owners ?? []) expect(title).toContain(owner.replace(/^.*[@/]/, ''))
}

function expectPastable(markdown: string): void {
  for (const line of markdown.split('\n').filter((each) => each.startsWith('curl '))) {
    expect(line).toMatch(
      /^curl -[iI] (--path-as-is )?(--globoff )?(?:(-H '.*' )*"\$GATEWAY(?:\/[^\s"$`\\!]*"|"'\/[^\s]*')|--connect-to "::\$\{GATEWAY#\*\/\/\}" (-H '.*' )*'https:\/\/[^\s]*')$/,
    )
  }
}

/** What every report keeps, whatever it is about. */
export function expectPromises(assessment: Assessment, context: ReportContext): WrittenReport {
  const report = writeReport(assessment, context)
  const other = writeReport(assessment, { ...context, headSha: 'f'.repeat(40), baseTip: 'e'.repeat(40) })

  expect([...report.title].length).toBeLessThanOrEqual(80)
  expect(report.title).toMatch(verdicts)
  expect(report.summary.length).toBeLessThanOrEqual(65_535)
  expectCounts(assessment, report)
  expectHarmless(report.summary)
  expectHarmless(report.quiet)
  expectPastable(report.summary)
  if (report.comment !== undefined) {
    expect(report.comment.length).toBeLessThanOrEqual(65_536)
    expectHarmless(report.comment)
    expectReadable(report.comment)
    expectTeams(assessment, report.comment)
    expectPastable(report.comment)
  }
  for (const { body, startLine, line } of report.reviewComments) {
    expectHarmless(body)
    expect(startLine).toBeLessThanOrEqual(line)
  }
  expect(report.reviewComments.length).toBeLessThanOrEqual(10)
  expect(new Set(report.reviewComments.map((each) => each.marker)).size).toBe(report.reviewComments.length)
  expect(contractErrors(JSON.parse(JSON.stringify(checkJson(assessment))))).toEqual([])
  expect(other.comment).toBe(report.comment)
  expect(writeReport(assessment, context)).toEqual(report)
  return report
}
