import { budgets } from '../../../domain/budgets.ts'
import { looksCompared } from '../../../domain/manifest/files/only-compared.ts'
import { testDataFolder } from '../../../domain/manifest/files/test-data.ts'
import { configurationPath } from '../../../domain/policy/configuration/policy.ts'
import type { Finding } from '../../../domain/rules/rule.ts'
import type { WayOut } from '../../../domain/ways-out/way-out.ts'
import { fewOf } from '../../../domain/words/few-of.ts'
import {
  capitalised,
  joined,
  listed,
  type Phrase,
  plainOf,
  quoted,
  say,
  words,
} from '../../../domain/words/phrase.ts'
import { ended } from '../../../domain/words/sentence.ts'
import { fencedLines } from '../../print/markdown.ts'
import { markdownOf } from '../../print/print.ts'
import { placeText } from '../place.ts'
import { matchText } from '../requests/match-text.ts'
import { lostAllTheSame } from '../requests/requests-lost.ts'
import { openRequirements, verdictOf } from '../verdict.ts'
import type { View } from '../view.ts'
import { leftPhrase, type WayOutWords, wayOutWords } from './way-out-words.ts'

/** One thing that can be done: a way that was tried out, a line to be written elsewhere, or else what the rule says in general. */
export type Remedy =
  | { readonly kind: 'tried' | 'written'; readonly words: WayOutWords }
  | { readonly kind: 'advice'; readonly phrase: Phrase }

/** What can be done about what blocks; `any` where each of several is enough. */
export interface Remedies {
  readonly how: 'any' | 'all'
  readonly remedies: readonly Remedy[]
}

const mostRemedies = budgets.remedies.size

/** What the rules say, each once, and where that is to be done. */
function adviceOf(findings: readonly Finding[]): readonly Remedy[] {
  const alike = Map.groupBy(findings, ({ todo }) => plainOf(todo ?? []))
  return [...alike.values()].flatMap((group): readonly Remedy[] => {
    const todo = group[0]?.todo
    if (todo === undefined) return []
    const places = group.flatMap(({ range }) => (range === undefined ? [] : [quoted(placeText(range))]))
    const phrase = places.length === 0 ? todo : say`${todo} (${fewOf(places, budgets.advisedPlaces.size)})`
    return [{ kind: 'advice', phrase: ended(phrase) }]
  })
}

/** What looks like an assertion of a test, or like its data, may be left out by whoever knows that it is: the line to paste. */
function excluding({ assessment }: View): readonly Remedy[] {
  const stops = assessment.findings.filter(
    ({ status, effect }) => status === 'introduced' && (effect === 'block' || effect === 'require-approval'),
  )
  const paths = [...new Set(stops.flatMap(({ range }) => range?.file.path ?? []))]
  const folders = new Set(paths.flatMap((path) => testDataFolder(path) ?? []))
  return [
    ...paths
      .filter(looksCompared)
      .map((path) =>
        written(say`if a test compares the cluster with ${quoted(path)} and nothing applies it`, path),
      ),
    ...[...folders].map((folder) =>
      written(say`if nothing applies what is in ${quoted(folder)}`, `${folder}/**`),
    ),
  ]
}

function written(condition: Phrase, pattern: string): Remedy {
  return {
    kind: 'written',
    words: {
      todo: say`${condition}, leave it out in ${quoted(configurationPath)}:`,
      lines: [`manifests: { exclude: [${JSON.stringify(pattern)}] }`],
      outcome: [],
    },
  }
}

/** The ways that unblock. */
export function unblockingWays({ waysOut }: View): readonly WayOut[] {
  return waysOut.filter(({ resolves }) => resolves.length > 0)
}

function isOf(finding: Finding): (other: Finding) => boolean {
  return ({ rule, mesh, resource, fingerprint }) =>
    rule === finding.rule &&
    mesh === finding.mesh &&
    resource === finding.resource &&
    fingerprint === finding.fingerprint
}

/** The ways that unblock a finding. */
export function waysFor(finding: Finding, view: View): readonly WayOut[] {
  return unblockingWays(view).filter(({ resolves }) => resolves.some(isOf(finding)))
}

/** What can be done about everything that blocks: alternatives, or one thing for each where no way does for all. */
export function remediesOf(view: View): Remedies {
  const { blocking } = view.assessment.decision
  const ways = unblockingWays(view)
  const tried = (way: WayOut): Remedy => ({ kind: 'tried', words: wayOutWords(way, view) })
  if (ways.length > 0 && ways.every(({ resolves }) => resolves.length >= blocking.length)) {
    return { how: 'any', remedies: ways.slice(0, mostRemedies).map(tried) }
  }
  // In a list of several things to do none takes more than a line.
  const shortest = (finding: Finding): WayOut | undefined =>
    waysFor(finding, view).find(({ step }) => step.kind !== 'give')
  const first = new Set(blocking.flatMap((finding) => shortest(finding) ?? []))
  const others = blocking.filter((finding) => shortest(finding) === undefined)
  return {
    how: 'all',
    remedies: [
      ...together([...first].slice(0, mostRemedies), view),
      ...adviceOf(others),
      ...excluding(view),
    ].slice(0, mostRemedies),
  }
}

/** What one alone would leave says little while the others are to be done, too; but what none of them brings back is said. */
function together(ways: readonly WayOut[], view: View): readonly Remedy[] {
  const { blocking } = view.assessment.decision
  if (blocking.length < 2) return ways.map((way) => ({ kind: 'tried', words: wayOutWords(way, view) }))
  const lost = lostAllTheSame(ways)
  const outcome = lost.length === 0 ? [] : say`All the same, ${leftPhrase({ changes: lost }, view)}.`
  return ways.map((way, index) => ({
    kind: 'tried',
    words: { ...wayOutWords(way, view), outcome: index === ways.length - 1 ? outcome : [] },
  }))
}

function remedyText(remedy: Remedy): readonly string[] {
  if (remedy.kind === 'advice') return [markdownOf(remedy.phrase)]
  const { todo, lines, outcome } = remedy.words
  return lines.length === 0
    ? [
        markdownOf(
          joined(
            [todo, outcome].filter(({ length }) => length > 0),
            ' ',
          ),
        ),
      ]
    : [
        markdownOf(todo),
        ...fencedLines('yaml', lines),
        ...(outcome.length === 0 ? [] : [markdownOf(outcome)]),
      ]
}

function listItem(remedy: Remedy, index: number): string {
  const capital: Remedy =
    remedy.kind === 'advice'
      ? remedy
      : { ...remedy, words: { ...remedy.words, todo: capitalised(remedy.words.todo) } }
  const [head = '', ...rest] = remedyText(capital)
  return [`${index + 1}. ${head}`, ...rest.map((line) => `   ${line}`)].join('\n')
}

/** The lines that leave tests out, where nothing else is said about fixing. */
export function excludeParagraphs(view: View): readonly string[] {
  return excluding(view).map((remedy) => `**To fix:** ${remedyText(remedy).join('\n')}`)
}

/** "**To fix**, one of:" with what was tried out, or else what the rules say. */
export function toFix(view: View): readonly string[] {
  const { how, remedies } = remediesOf(view)
  const [only] = remedies
  if (only === undefined) return []
  if (remedies.length === 1) return [`**To fix:** ${remedyText(only).join('\n')}`]
  const label = how === 'any' ? '**To fix**, one of:' : '**To fix:**'
  return [`${label}\n\n${remedies.map(listItem).join('\n')}`]
}

/** The ways that do without the approval of a team that has not given it, and unblock nothing besides. */
export function leavingOut(view: View): readonly WayOut[] {
  if (verdictOf(view.assessment).kind === 'overridden') return []
  const open = new Set(openRequirements(view.assessment).map(({ team }) => team.key))
  return view.waysOut.filter(
    ({ resolves, leavesOut }) => resolves.length === 0 && leavesOut.some(({ key }) => open.has(key)),
  )
}

/** "Or leave catalog out of it:", the label of such a way. */
export function leavingOutLabel({ leavesOut }: WayOut, { audience }: View): Phrase {
  return say`Or leave ${listed(leavesOut.map((team) => words(audience.name(team))))} out of it:`
}

/** How to do without the approval of other teams. */
export function leaveOutParagraphs(view: View): readonly string[] {
  return leavingOut(view).map((way) => {
    const { todo, outcome } = wayOutWords(way, view)
    return `**${markdownOf(leavingOutLabel(way, view))}** ${markdownOf(say`${todo} ${outcome}`)}`
  })
}

/** Why the primary cannot simply delegate the other path in an entry of its own, which comes to mind first. */
export function whyNoSecondDelegate(view: View): readonly string[] {
  const steps = unblockingWays(view).flatMap(({ step }) =>
    step.kind === 'give' && step.notAlone ? [step] : [],
  )
  const [step] = steps
  const [match] = step?.matches ?? []
  if (step === undefined || match === undefined) return []
  const path = matchText(match.uri && { uri: match.uri })
  const name = step.to.name
  const why = say`A second entry in the primary that delegates ${quoted(path)} to ${quoted(name)} does not help: the entry of ${quoted(name)} is compared with each of the two as a whole, and falls out of both.`
  return [markdownOf(why)]
}
