import { identityOf } from '../../domain/manifest/names.ts'
import { distinctTeams, type Team } from '../../domain/ownership/team.ts'
import type { Requirement } from '../../domain/policy/decision.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import { type Phrase, quoted, say, words } from '../../domain/words/phrase.ts'
import { wholeOf } from '../../domain/words/sentence.ts'
import { counted } from '../print/counted.ts'
import { unjudgedBodies, unmodelledBodies } from '../sentences/unmodelled-words.ts'
import { openRequirements } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'
import { type Announcement, bodiesOf, type Proviso } from './announcement.ts'
import { rowBodies, waitedFor } from './waiting-title.ts'

/** The rules whose findings leave an answer open, and what an OK then comes with. */
const withoutVerdict: Readonly<Record<string, Proviso | undefined>> = {
  'orphan-secondary': { kind: 'effect-unknown' },
  'contested-host': { kind: 'order-uncertain' },
  'unmodelled-change': undefined,
}

/** Findings that forbid the words "no request changes", for what this pull request touches. */
function doubts({ assessment }: View): readonly Finding[] {
  const changed = new Set(assessment.touched.changedResources)
  return assessment.findings.filter(
    ({ rule, status, resource }) =>
      rule in withoutVerdict && (status === 'introduced' || (status === 'existing' && changed.has(resource))),
  )
}

function doubtBodies(doubt: Finding, view: View): readonly Phrase[] {
  const own = doubt.rule === 'orphan-secondary' ? orphanBodies(doubt, view) : unmodelledBodies(doubt, view)
  const inFull = [wholeOf(doubt), doubt.clause]
  return doubt.rule === 'orphan-secondary' ? [...own, ...inFull] : [...inFull, ...own]
}

function orphanBodies({ mesh, resource }: Finding, { assessment }: View): readonly Phrase[] {
  const { meshes } = assessment.comparison.merged
  const there = meshes.find(({ name }) => name === mesh)?.virtualServices ?? []
  const orphan = there.find((each) => identityOf(each) === resource)
  return orphan === undefined ? [] : [say`no primary in this repository names ${quoted(orphan.name)}`]
}

function quietTitle(view: View): Announcement {
  const { touched, comparison } = view.assessment
  const [doubt] = doubts(view)
  if (doubt !== undefined) {
    const proviso = withoutVerdict[doubt.rule]
    return {
      verdict: { kind: 'ok', ...(proviso && { proviso }) },
      bodies: bodiesOf(doubtBodies(doubt, view)),
    }
  }
  if (touched.unjudged.length > 0) return plainly(unjudgedBodies(touched.unjudged))
  if (touched.relevantPaths.length === 0) return plainly([words('no mesh manifest touched')])
  const what = [
    counted(touched.relevantPaths.length, 'file'),
    ...(touched.virtualServices === 0 ? [] : [counted(touched.virtualServices, 'VirtualService')]),
    ...(touched.ingresses === 0 ? [] : [counted(touched.ingresses, 'Ingress', 'Ingresses')]),
  ].join(', ')
  const unread = comparison.merged.manifests.unreadable.length
  const known = unread === 0 ? '' : `; ${counted(unread, 'file')} cannot be read`
  return plainly([words(`no request changes (${what})${known}`), words('no request changes')])
}

function plainly(bodies: readonly Phrase[]): Announcement {
  return { verdict: { kind: 'ok' }, bodies: bodiesOf(bodies) }
}

function approved(view: View): readonly Requirement[] {
  return view.assessment.decision.requirements.filter((each) => each.satisfiedBy?.how === 'approval')
}

/** The teams of others in the changes: who has a say, or who is only told that requests are no longer answered by it. */
function othersIn(view: View, role: 'touched' | 'told'): readonly Team[] {
  const teams = view.assessment.comparison.changes.flatMap((change) => change[role])
  return distinctTeams(teams).filter((team) => !view.audience.isAuthors(team))
}

function toldTails(told: readonly Team[], view: View): readonly string[] {
  const [only] = told
  if (only === undefined) return ['; no other team is affected', '']
  const whom = told.length === 1 ? `${view.audience.name(only)} is` : `${told.length} teams are`
  return [`; ${whom} told, not asked`, '']
}

function agreedTails(agreed: readonly Requirement[], view: View): readonly string[] {
  const [only] = agreed
  if (agreed.length > 1 || only?.satisfiedBy === undefined)
    return [`; ${agreed.length} teams agreed`, '; all agreed']
  const name = view.audience.name(only.team)
  return [`; ${name} agreed (${only.satisfiedBy.by})`, `; ${name} agreed`]
}

/** What this pull request leaves open beside requests that are known to change. */
function provisoOf(view: View): Proviso | undefined {
  const introduced = doubts(view).filter(({ status }) => status === 'introduced')
  return introduced.flatMap(({ rule }) => withoutVerdict[rule] ?? [])[0]
}

/** Beside requests that are known to change there is what may change others. */
function leavesMoreUnjudged(view: View): boolean {
  return (
    view.assessment.touched.unjudged.length > 0 ||
    doubts(view).some(({ rule, status }) => rule === 'unmodelled-change' && status === 'introduced')
  )
}

function tails(view: View): readonly string[] {
  const agreed = approved(view)
  if (agreed.length > 0) return agreedTails(agreed, view)
  if (leavesMoreUnjudged(view)) return ['; more is not judged here', '']
  if (provisoOf(view) !== undefined) return ['']
  const others = othersIn(view, 'touched')
  if (others.length === 0) return toldTails(othersIn(view, 'told'), view)
  const asked = new Set(view.assessment.decision.requirements.map((each) => each.team.key))
  return others.every((team) => !asked.has(team.key)) ? [' (told, not asked)', ''] : ['']
}

function manyAgreed(view: View): readonly Phrase[] {
  const agreed = approved(view)
  if (agreed.length < 2) return []
  const names = agreed.map((each) => view.audience.name(each.team))
  const start = `${agreed.length} teams affected, all agreed`
  return [words(`${start} (${names.join(', ')})`), words(start)]
}

/** "4 paths of login change": several changes of the author's own, of which none is worth a title. */
function ownCount(view: View): readonly Phrase[] {
  const teams = [
    ...new Set(view.assessment.comparison.changes.flatMap((c) => c.touched.map(view.audience.name))),
  ]
  const paths = view.rows.reduce((sum, row) => sum + row.paths, 0)
  const [team] = teams
  return view.rows.length > 1 && teams.length === 1 && team !== undefined
    ? [say`${paths} paths of ${team} change`]
    : []
}

function changedTitle(view: View): Announcement {
  const lines = [...ownCount(view), ...rowBodies(view.rows, 'does', view)]
  const bodies = lines.flatMap((line) => tails(view).map((tail) => say`${line}${tail}`))
  const proviso = provisoOf(view)
  return {
    verdict: { kind: 'ok', ...(proviso && { proviso }) },
    bodies: bodiesOf([...manyAgreed(view), ...bodies, ...lines]),
  }
}

/** `OK: /login/reset goes to login (was 404); no other team is affected`. */
export function okTitle(view: View): Announcement {
  if (view.rows.length === 0) return quietTitle(view)
  if (!view.assessment.comparison.ownership.known) {
    return {
      verdict: { kind: 'ok', proviso: { kind: 'nobody-asked' } },
      bodies: bodiesOf(rowBodies(view.rows, 'does', view)),
    }
  }
  if (openRequirements(view.assessment).length > 0) {
    return {
      verdict: { kind: 'nobody-named', whom: waitedFor(view) },
      bodies: bodiesOf(rowBodies(view.rows, 'would', view)),
    }
  }
  return changedTitle(view)
}
