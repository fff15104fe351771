import type { Comparison } from '../../domain/diff/comparison.ts'
import type { Doubt } from '../../domain/doubt.ts'
import type { Assessment } from '../../domain/policy/judgement.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import { doubtWords } from '../../domain/terms/doubt-words.ts'
import type { ToldTraffic } from '../../domain/traffic/told-traffic.ts'
import type { WayOut } from '../../domain/ways-out/way-out.ts'
import { ended } from '../../domain/words/sentence.ts'
import { escaped, phraseHtml } from '../print/html-text.ts'
import { doubtPhrase } from '../sentences/doubt-phrases.ts'
import { foldedLines } from '../sentences/finding-groups.ts'
import { sentencePhrase } from '../sentences/finding-words.ts'
import { placeText } from '../sentences/place.ts'
import { notFoundAnyMore } from '../sentences/remedies/put-right.ts'
import { changeKinds } from '../sentences/requests/change-table.ts'
import { supplying, type TeamNames, teamNames } from '../sentences/requests/team-names.ts'
import { toldAs } from '../sentences/told-findings.ts'
import { verdictOf } from '../sentences/verdict.ts'
import { type View, viewOf } from '../sentences/view.ts'
import { titleOf } from '../title/title.ts'
import { actSection } from './act-section.ts'
import { askParts } from './ask-section.ts'
import { changesSection } from './changes-section.ts'
import { type Findable, filterSection } from './filter-section.ts'
import { livingPage, type PageTools, type Section } from './frame.ts'
import { graphSection } from './graph/graph-section.ts'
import { tablesSection } from './tables-section.ts'
import { trafficSection } from './traffic-section.ts'

/** The verdict and all that it rests on as one page that can be kept or sent, with what logs say of it. */
export function htmlPage(
  assessment: Assessment,
  { waysOut, traffic }: { readonly waysOut: readonly WayOut[]; readonly traffic?: ToldTraffic | undefined },
  tools: PageTools,
): string {
  const view = viewOf(assessment, waysOut)
  const { comparison, decision, assumptions } = assessment
  const teams = teamsOf(comparison)
  const ask = askParts(comparison, teams)
  const title = titleOf(view)
  return livingPage(
    {
      title,
      banner: [
        `<h1 class="${tone(assessment)}">${escaped(title)}</h1>`,
        ...decision.obstructions.map((each) => `<p>${phraseHtml(sentencePhrase(each))}</p>`),
      ],
      sections: [
        actSection(view),
        filterSection(findable(view, teams)),
        changesSection(view),
        trafficSection(traffic, view),
        ask.section,
        graphSection(comparison, teams, tools.placed),
        tablesSection(comparison, teams),
        findingsSection(assessment),
        section('granted', 'Taken for granted', bullets(assumptions.map(doubtHtml))),
      ],
      data: ask.data,
    },
    tools,
  )
}

/** The names of teams, as they are on the base side. */
function teamsOf({ base, merged, ownership }: Comparison): TeamNames {
  return teamNames(ownership, [...supplying(base), ...supplying(merged)])
}

function findable({ rows, assessment }: View, teams: TeamNames): Findable {
  const { comparison } = assessment
  const sides = [comparison.base, comparison.merged]
  const objects = sides.flatMap(({ manifests }) => manifests.virtualServices)
  const tables = sides.flatMap(({ meshes }) => meshes.flatMap((mesh) => mesh.tables))
  return {
    teams: objects.flatMap((each) => teams(each) ?? []),
    hosts: tables.map(({ host }) => host),
    kinds: new Map(rows.map((row) => [row.kind, changeKinds[row.kind]])),
  }
}

function doubtHtml(doubt: Doubt): string {
  const block = doubtWords(doubt).settle?.block
  return `${phraseHtml(doubtPhrase(doubt))}${block === undefined ? '' : `<pre>${block.split('\n').map(escaped).join('\n')}</pre>`}`
}

function tone(assessment: Assessment): string {
  const { kind } = verdictOf(assessment)
  if (kind === 'ok' || kind === 'overridden') return 'ok'
  return kind === 'waiting' ? 'waiting' : 'blocked'
}

function section(id: string, heading: string, lines: readonly string[]): Section {
  return { id, heading, lines }
}

function findingsSection(assessment: Assessment): Section {
  const told = (heading: string, findings: readonly Finding[]) => listed(heading, folded(findings))
  return section('findings', 'What was found', [
    ...told('New with this change', toldAs('introduced', assessment)),
    ...notFoundAnyMore(assessment).flatMap(({ heading, findings }) => told(heading, findings)),
    ...told('Found on both sides', toldAs('existing', assessment)),
  ])
}

function folded(findings: readonly Finding[]): readonly string[] {
  return foldedLines(findings, {
    line: findingHtml,
    more: (words, rule) => `<code>${escaped(rule)}</code> ${escaped(words)}`,
  })
}

function findingHtml(finding: Finding): string {
  const { rule, range, because, todo, effect } = finding
  const said = [finding, ...because].map(sentencePhrase)
  const text = [...said, ...(todo === undefined ? [] : [ended(todo)])].map(phraseHtml).join(' ')
  const blocks = effect === 'block' ? ' <span class="blocks">blocks</span>' : ''
  const place = range === undefined ? '' : ` <span class="place">${escaped(placeText(range))}</span>`
  return `<code>${escaped(rule)}</code>${blocks}${place} ${text}`
}

function listed(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`<h3>${escaped(heading)}</h3>`, ...bullets(lines)]
}

function bullets(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['<ul>', ...lines.map((line) => `<li>${line}</li>`), '</ul>']
}
