import { existsSync } from 'node:fs'
import { teams } from '../../demo/bookinfo.ts'
import { applyEdits } from '../../demo/edits.ts'
import { scenes } from '../../demo/scenes.ts'
import { factOfFinding, factsOf } from '../../src/domain/policy/facts.ts'
import { rules } from '../../src/domain/rules/index.ts'
import type { Finding } from '../../src/domain/rules/rule.ts'
import { runRules } from '../../src/domain/rules/run-rules.ts'
import { positionOf, type SourceRange } from '../../src/domain/source/source-file.ts'
import { ownPackage } from '../../src/package-file.ts'
import { writeReport } from '../../src/report/github/report.ts'
import { sarifLog } from '../../src/report/github/sarif.ts'
import { checkJson } from '../../src/report/page/json/check-json.ts'
import { terminalCheck } from '../../src/report/page/text/check-text.ts'
import { endless } from '../../src/report/print/screen.ts'
import { verdictOf } from '../../src/report/sentences/verdict.ts'
import { viewOf } from '../../src/report/sentences/view.ts'
import { chosenTitle } from '../../src/report/title/title.ts'
import { readCases } from '../domain/rules/read-case.ts'
import { assessStory, contextOf, readStory, type Story, storyNames } from '../report/story.ts'
import { barePage } from '../support/bare-page.ts'

/** What stays when only the words are others, by the name of what was read. */
export type Reading = Readonly<Record<string, unknown>>

/** What people read; all else is for programs. */
const readByPeople = [
  'markdown',
  'message',
  'text',
  'summary',
  'obstacle',
  'assumptions',
  'fullDescription',
  'help',
  'requests',
]

function codesOf(json: unknown): unknown {
  return JSON.parse(
    JSON.stringify(json, (key, value: unknown) => (readByPeople.includes(key) ? undefined : value)),
  )
}

/** Other words of the same lengths stay as long, however they are put together; only their order may be another. */
function lengthsOf(lines: readonly string[]): readonly number[] {
  return lines.map(({ length }) => length).toSorted((a, b) => a - b)
}

function place(range: SourceRange | undefined): string {
  if (range === undefined) return ''
  const { file, line, column } = positionOf(range)
  return `${file}:${line}:${column}`
}

function finding({ rule, status, effect, severity, mesh, resource, fingerprint, range, because }: Finding) {
  const reasons = because.map((each) => place(each.range))
  return { rule, status, effect, severity, mesh, resource, fingerprint, at: place(range), reasons }
}

/** A pull request, but for the words: verdict, facts, which title, where remarks stand, and what programs get. */
function readingOf(story: Story): object {
  const assessment = assessStory(story)
  const context = contextOf(story)
  const view = viewOf(assessment, context.waysOut)
  const { decision, findings } = assessment
  const { frame, verdict, at, body } = chosenTitle(view)
  const report = writeReport(assessment, context)
  const { conclusion, annotations, comment = '', reviewComments, reviewers, summary } = report
  const json = checkJson(assessment)
  return {
    verdict: [conclusion, decision.conclusion, verdictOf(assessment).kind],
    obstructions: decision.obstructions.map(({ kind, code, path, range }) => [
      kind,
      code,
      path,
      place(range),
    ]),
    asked: decision.requirements.map(({ team, because, satisfiedBy, obstacles }) => [
      team.key,
      because.map(({ kind, code, values, path, range }) => [kind, code, values, path, place(range)]),
      satisfiedBy,
      obstacles,
    ]),
    facts: [...decision.requirements.flatMap(factsOf), ...findings.map(factOfFinding)],
    findings: findings.map(finding),
    title: [
      frame,
      verdict.kind,
      verdict.kind === 'ok' && verdict.proviso?.kind,
      at,
      body?.says !== undefined,
    ],
    rows: view.rows.map(({ kind, paths, others, newSince, changes }) => [
      kind,
      paths,
      others,
      newSince,
      changes.length,
    ]),
    ways: view.waysOut.map(({ step, edit, leavesOut }) => [
      step.kind,
      edit.first,
      edit.last,
      leavesOut.length,
    ]),
    annotations: annotations.map(({ message: _, ...rest }) => rest),
    remarks: reviewComments.map(({ body: text, ...rest }) => ({ ...rest, lines: text.split('\n').length })),
    lines: [comment, summary].map((text) => text.split('\n').length),
    reviewers,
    json: codesOf(json),
    lengths: {
      title: report.title.length,
      terminal: lengthsOf(terminalCheck(assessment, endless, context.waysOut).split('\n')),
      json: lengthsOf(JSON.stringify(json, null, 1).split('\n')),
      page: lengthsOf(barePage(assessment).split('\n')),
      annotations: lengthsOf(annotations.map(({ message }) => message)),
    },
    sarif: codesOf(sarifLog(assessment, ownPackage())),
  }
}

function filesOf(files: Readonly<Record<string, string>>): Story['base'] {
  return Object.entries(files)
    .map(([path, text]) => ({ path, text }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

const members = Object.fromEntries(
  Object.entries(teams).map(([team, logins]) => [`@bookinfo/${team}`, logins]),
)

/** The stories of the demonstration, as they are proposed. */
function toldStories(): readonly Story[] {
  return scenes.flatMap(({ files, stories }) =>
    stories.map(({ name, author, edits }) => ({
      name: `demo ${name}`,
      base: filesOf(files),
      head: filesOf(applyEdits(files, edits)),
      cast: { author },
      members,
    })),
  )
}

const [own, logs] = [readStory('own-path'), readStory('takes-logs')]

/** The same in every frame and mood that the stories lack. */
const variations: readonly Story[] = [
  { ...own, name: 'own, draft', cast: { author: 'lina', draft: true } },
  { ...own, name: 'own, by a stranger', cast: { author: 'dora' } },
  { ...logs, name: 'logs, draft', cast: { author: 'lina', draft: true } },
  { ...logs, name: 'logs, unresolvable', members: { '@bookinfo/login': ['lina'] }, cast: { author: 'lina' } },
  { ...logs, name: 'logs, by a bot', cast: { author: 'robot[bot]', approvedBy: ['carla'] } },
]

function readRules(): Reading {
  const cases = new URL('../domain/rules/', import.meta.url).pathname
  return Object.fromEntries(
    rules
      .filter(({ id }) => existsSync(`${cases}${id}`))
      .flatMap((rule) =>
        readCases(`${cases}${rule.id}`).map(({ name, comparison }) => {
          const found = runRules([rule], comparison, (each) => each.effect, true)
          return [`rule ${rule.id}, ${name}`, [found.map(finding), found.map(factOfFinding)]]
        }),
      ),
  )
}

/** All that this repository has stories of. */
export function readAll(): Reading {
  const all = [...storyNames().map(readStory), ...toldStories(), ...variations]
  const readings = all.map((story) => [story.name, readingOf(story)] as const)
  return { ...Object.fromEntries(readings), ...readRules() }
}

/** A title, to see that the words are others indeed. */
export function oneTitle(): string {
  return writeReport(assessStory(logs), contextOf(logs)).title
}
