import type { RouteChange } from '../../domain/diff/route-change.ts'
import { identityOf } from '../../domain/manifest/names.ts'
import type { VirtualService } from '../../domain/manifest/virtual-service.ts'
import type { Obstruction } from '../../domain/policy/obstruction.ts'
import { supplierOf } from '../../domain/routing/route-table.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import { type Position, positionOf } from '../../domain/source/source-file.ts'
import { isSyntaxFault } from '../../domain/source/yaml-fault.ts'
import { type Phrase, quoted, say, uncapitalised, words } from '../../domain/words/phrase.ts'
import { wholeOf } from '../../domain/words/sentence.ts'
import { headlinesOf } from '../sentences/requests/headline.ts'
import { renamedTo } from '../sentences/requests/renamed.ts'
import { requestsText } from '../sentences/requests/request-phrase.ts'
import { supplierName } from '../sentences/requests/roles.ts'
import type { Row } from '../sentences/requests/rows.ts'
import { openRequirements } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'
import { type Announcement, type Body, bodiesOf } from './announcement.ts'
import { lastOf, shortFindings } from './short-findings.ts'
import { resourcesOf, rowBodies, waitedFor } from './waiting-title.ts'

/** `Blocked: resolve the conflict in teams/login/vs-1.yaml first`, `Cannot decide: GitHub did not answer`. */
export function obstructedTitle(obstruction: Obstruction, view: View): Announcement {
  const { kind, clause, range, path } = obstruction
  const verdict = { kind: kind === 'fault' || kind === 'limit' ? 'undecided' : 'blocked' } as const
  if (kind === 'conflict') {
    const where = path === undefined ? [] : [say`resolve the conflict in ${quoted(path)} first`]
    const anyway = words('resolve the conflict with the base branch first')
    return { verdict, bodies: bodiesOf([...where, anyway]) }
  }
  if (kind === 'configuration')
    return { verdict, bodies: [...configurationBodies(view), ...bodiesOf([clause])] }
  const whole = wholeOf(obstruction)
  const place = range && positionOf(range)
  const unread = place === undefined ? [] : [unreadable(obstruction, place)]
  const placed =
    place === undefined || namesItsFile(obstruction)
      ? []
      : [whole, clause].map((text) => say`${quoted(place.file)} line ${place.line}: ${text}`)
  return { verdict, bodies: bodiesOf([...placed, whole, clause, ...unread]) }
}

/** Of a file that Git rewrites the place is in another, which the sentence does not name. */
function namesItsFile({ code }: Obstruction): boolean {
  return code !== 'rewritten-by-git'
}

function unreadable({ code }: Obstruction, { file, line }: Position): Phrase {
  const what = isSyntaxFault(code) ? 'is not valid YAML' : 'cannot be read'
  return say`${quoted(file)} line ${line} ${what}`
}

/** What is wrong with the configuration, and where: "`.github/firebreak.yml` line 7: there is no rule ...". */
function configurationBodies({ assessment }: View): readonly Body[] {
  const rules = ['invalid-configuration', 'invalid-codeowners']
  return assessment.findings
    .filter(({ rule, status }) => rules.includes(rule) && status !== 'fixed')
    .flatMap((finding) => {
      const place = finding.range && positionOf(finding.range)
      if (place === undefined) return []
      return saying(finding, (text) => say`${quoted(place.file)} line ${place.line}: ${uncapitalised(text)}`)
    })
}

/** A finding in whole, then its clause alone. */
function saying(finding: Finding, placed: (text: Phrase) => Phrase): readonly Body[] {
  const { clause } = finding
  return [{ phrase: placed(wholeOf(finding)), says: clause }, { phrase: placed(clause) }]
}

const because: Readonly<Record<string, (name: string, absent: string) => string>> = {
  'dropped-entry': () => 'Istio drops their entry',
  'missing-secondary': (_, absent) => `${absent} is not there`,
  'secondary-with-hosts': (name) => `${name} has hosts`,
  'nested-delegate': (name) => `${name} delegates`,
  'hidden-secondary': (name) => `${name} is not exported`,
  'delegate-beside-action': () => 'an action stands beside their delegate',
  'empty-primary': () => 'every entry is dropped',
}

/** The VirtualService that a finding is about, of those whose requests a change takes. */
function subjectOf({ resource }: Finding, { before }: RouteChange): VirtualService | undefined {
  const concerned = before === undefined ? [] : [supplierOf(before), before.from.primary]
  return concerned.find((each) => identityOf(each) === resource)
}

/** Requests that get a route, or go to the team they were given to, are not what a pull request is blocked for. */
function isHarm({ kind }: Row): boolean {
  return kind !== 'opened' && kind !== 'admitted' && kind !== 'reclaimed' && kind !== 'inherited'
}

/** "/login and /logout would return 404 (Istio drops their entry)", where a finding explains the worst row. */
function explainedBodies(view: View): readonly Phrase[] {
  const { blocking } = view.assessment.decision
  const explains = (finding: Finding, row: Row) =>
    row.changes.every((change) => subjectOf(finding, change) !== undefined)
  const row = view.rows.find((each) => isHarm(each) && blocking.some((finding) => explains(finding, each)))
  const [first] = row?.changes ?? []
  if (row === undefined || first?.before === undefined) return []
  const finding = blocking.find((each) => explains(each, row))
  const subject = finding && subjectOf(finding, first)
  if (finding === undefined || subject === undefined) return []
  const reason = because[finding.rule]
  const supplier = first.before.from.external ?? identityOf(supplierOf(first.before))
  const successor =
    finding.rule === 'missing-secondary' ? renamedTo(supplierOf(first.before), view) : undefined
  const lines = [...answeredBy(row, view), ...headlinesOf(row, 'would', view)]
  const why =
    successor === undefined
      ? reason?.(subject.name, absentName(finding, supplier, view))
      : `${lastOf(supplier)} is renamed to ${successor.name}`
  const explained = why === undefined ? [] : lines.map((line) => say`${line} (${why})`)
  return [...explained.slice(0, 2), ...lines]
}

/** Who answered and is gone; where they are still there, whom the primary names in their place. */
function absentName({ mesh, resource }: Finding, supplier: string, { assessment }: View): string {
  const there = assessment.comparison.merged.meshes.find(({ name }) => name === mesh)
  if (!there?.virtualServices.some((each) => identityOf(each) === supplier)) return lastOf(supplier)
  const absent = there.graph.edges.flatMap(({ primary, state, target }) =>
    state === 'missing' && identityOf(primary) === resource ? [lastOf(target)] : [],
  )
  const [only, ...others] = new Set(absent)
  return only === undefined || others.length > 0 ? 'a delegate' : only
}

/** "catalog would answer /login and /logout": requests that fall to a team to which nobody gave them. */
function answeredBy(row: Row, view: View): readonly Phrase[] {
  const after = row.changes[0]?.after
  if (
    row.kind !== 'moved' ||
    after === undefined ||
    row.changes.some((change) => !change.spill || !change.certain)
  )
    return []
  return [
    say`${supplierName(after, view)} would answer ${requestsText(row.changes, { ...view.places, mixed: false }, 3).phrase}`,
  ]
}

function findingBodies(blocking: readonly Finding[]): readonly Body[] {
  const [worst, ...others] = blocking
  if (worst === undefined) return []
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  const place = ofTheJudge.has(worst.rule) ? worst.range && positionOf(worst.range) : undefined
  if (place === undefined)
    return [...saying(worst, (text) => say`${text}${more}`), ...bodiesOf(shortFindings(blocking))]
  const at = say`${quoted(place.file)} line ${place.line}`
  return [
    ...saying(worst, (text) => say`${at}: ${uncapitalised(text)}${more}`),
    ...saying(worst, (text) => say`${at}: ${uncapitalised(text)}`),
    { phrase: say`${at} is not valid${more}` },
  ]
}

/** What is wrong with settings is looked for in their file, not in the mesh. */
const ofTheJudge: ReadonlySet<string> = new Set(['invalid-configuration', 'invalid-codeowners'])

/** `Blocked: /login and /logout would return 404 (Istio drops their entry)`. */
export function blockedTitle(view: View): Announcement {
  const { blocking, requirements } = view.assessment.decision
  const bodies = [...bodiesOf(explainedBodies(view)), ...findingBodies(blocking)]
  const also =
    openRequirements(view.assessment).length === 0 ? [] : say`; also waiting for ${waitedFor(view)}`
  const others = blocking.length === 0 ? [...strictBodies(view), ...rowBodies(view.rows, 'would', view)] : []
  const all = [...bodies, ...bodiesOf(others)]
  const withAlso =
    also.length === 0 || requirements.length === 0
      ? []
      : all.map((body) => ({ ...body, phrase: say`${body.phrase}${also}` }))
  return { verdict: { kind: 'blocked' }, bodies: interleaved(withAlso, all) }
}

/** Each body with what else is missing, or without if that does not fit, before a shorter body is tried. */
function interleaved(longer: readonly Body[], shorter: readonly Body[]): readonly Body[] {
  return shorter.flatMap((body, index) => [...(longer[index] === undefined ? [] : [longer[index]]), body])
}

/** Strict ownership (`consent: author`): nobody's approval helps, only another author. */
function strictBodies(view: View): readonly Phrase[] {
  const open = openRequirements(view.assessment)
  const author = view.assessment.people.author?.login
  const strict = open.filter((each) => each.ownersOnly === true)
  const bodies = strict.flatMap((each) => {
    const names = resourcesOf(each, view)
    const [only] = names
    const what =
      names.length === 1 && only !== undefined ? quoted(only) : words(`these ${names.length} resources`)
    const line = say`only ${view.audience.name(each.team)} may change ${what}`
    const stranger =
      author === undefined || view.audience.isAuthors(each.team)
        ? []
        : [say`${line}, and ${author} is not in the team`]
    return [...stranger, line]
  })
  return [...bodies, ...open.flatMap(({ because: reasons }) => reasons.map(wholeOf))]
}
