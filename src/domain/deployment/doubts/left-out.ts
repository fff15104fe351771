import { sha256 } from '../../kustomize/naming/sha256.ts'
import { canonicalJson } from '../../manifest/json.ts'
import type { Effect, Finding, Rule } from '../../rules/rule.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import type { Because } from '../../source/diagnostic.ts'
import type { SourceFile, SourceRange } from '../../source/source-file.ts'
import { type Phrase, quoted, say, words } from '../../words/phrase.ts'
import type { Both } from '../both.ts'
import { type Folders, foldersOf } from '../folders.ts'
import type { DeployedSide } from '../tree-of-side.ts'
import { affectedUnits } from '../units/affected-units.ts'
import type { BuiltUnit } from '../units/built-unit.ts'
import type { BuiltSide } from '../units/built-units.ts'
import type { UnknownDelivery } from '../unknown-delivery.ts'

/** A unit of which it is not known what it delivers otherwise than before: nothing was compared. */
export interface LeftOut {
  /** The key of the unit, or the name of what delivers it. */
  readonly key: string
  /**
   * Its build would ask for more than a limit allows, or holds a doubtful text; or what delivers it does not say what it is; or helm
   * did not render it although it had before; or a Secret newly says which cluster its address leads to, and so what is compared.
   */
  readonly why: 'not-built' | 'hidden' | 'not-rendered' | 'cluster-named'
  /** Where that stands: in what delivers it, else at the beginning of the file that says what is built. */
  readonly range?: SourceRange
  /** Equal only where the same is left out. */
  readonly digest: string
}

/**
 * What could not be looked at may do anything: a finding that names no team asks the administrators of every primary. It is
 * known by what the units make of the files, so that nobody's consent covers anything else.
 */
export function leftOutFindings(leftOut: readonly LeftOut[], rule: Rule, effect: Effect): readonly Finding[] {
  if (effect === 'off') return []
  return order
    .map((why) => ({ why, units: leftOut.filter((each) => each.why === why) }))
    .filter(({ units }) => units.length > 0)
    .map(({ why, units }) => {
      const { clause, rest, note } = wordsFor(why, units.length)
      const range = units.find((each) => each.range !== undefined)?.range
      return {
        rule: rule.id,
        code: 'unmodelled-change.left-out',
        severity: rule.severity,
        effect,
        status: 'introduced',
        clause,
        rest,
        ...(range !== undefined && { range }),
        because: leftOutNotes(units, note),
        todo: words('Let somebody who knows these units look at what they build'),
        resource: '',
        mesh: '',
        fingerprint: canonicalJson([
          'left-out',
          why,
          sha256(canonicalJson(units.map(identityOf).toSorted())),
        ]),
        teams: [],
      }
    })
}

/** In which they are told. */
const order: readonly LeftOut['why'][] = ['not-built', 'hidden', 'not-rendered', 'cluster-named']

interface WhyWords {
  readonly clause: Phrase
  readonly rest: Phrase
  /** What the units are, before the name of each. */
  readonly note: Phrase
}

function wordsFor(why: LeftOut['why'], count: number): WhyWords {
  const deliver = count === 1 ? 'unit delivers' : 'units deliver'
  const left = { clause: say`What ${count} ${deliver} is not compared`, note: words('left out') }
  switch (why) {
    case 'not-built':
      return {
        ...left,
        rest: words(
          ': what they build is too large, or holds a text that may be read in several ways, and what that does to requests is not known',
        ),
      }
    case 'hidden':
      return {
        ...left,
        rest: words(
          ': what is delivered hangs on a template, a generator or a program that is not followed, and what that does to requests is not known',
        ),
      }
    case 'not-rendered':
      return {
        ...left,
        rest: words(
          ': what helm makes of them is not known any more, and neither is what that does to requests',
        ),
      }
    case 'cluster-named':
      return {
        clause: say`What ${count} ${deliver} counts as in another cluster`,
        rest: words(
          ': a Secret newly says which cluster an address leads to, and so with what it is compared',
        ),
        note: words('delivered there'),
      }
  }
}

function leftOutNotes(units: readonly LeftOut[], what: Phrase): readonly Because[] {
  const shown = units.slice(0, 3)
  const more = units.length - shown.length
  return [
    ...shown.map(({ key, range }) => ({
      clause: say`${what}: ${quoted(key === '' ? '.' : key)}`,
      ...(range !== undefined && { range }),
    })),
    ...(more > 0 ? [{ clause: say`${more} more` }] : []),
  ]
}

function identityOf({ key, digest }: LeftOut): string {
  return canonicalJson([key, digest])
}

/** The units that cannot be followed and that a change may concern. Whoever agrees to what is not known agrees to nothing else. */
export function leftOutIn(
  givenUp: readonly BuiltUnit[],
  sides: { readonly base: DeployedSide; readonly merged: DeployedSide },
): readonly LeftOut[] {
  const units = givenUp.filter(({ built }) => built === 'not known').map(({ unit }) => unit)
  if (units.length === 0) return []
  const changed = changedPaths(sides.base, sides.merged)
  const affected = affectedUnits(units, changed, [...sides.base.files, ...sides.merged.files])
  const texts = sides.merged.files
    .filter(({ path }) => changed.has(path))
    .map(({ path, text }) => [path, text])
  const digest = sha256(canonicalJson([[...changed].toSorted(), texts]))
  const folders = foldersOf([...sides.base.files, ...sides.merged.files])
  const byKey = new Map(affected.map((unit) => [unit.key, unit]))
  return [...byKey.values()]
    .toSorted((a, b) => compareTexts(a.key, b.key))
    .map(({ key, by, folder }) => ({ key, why: 'not-built', digest, ...writtenIn(folders, by[0], folder) }))
}

/** The beginning of what says that a unit is delivered; of a root that nothing takes, of its kustomization. */
function writtenIn(folders: Folders, by: string | undefined, folder: string): Pick<LeftOut, 'range'> {
  const file = (by === undefined ? undefined : folders.file(by)) ?? folders.kustomization(folder)
  return file === undefined ? {} : { range: beginningOf(file) }
}

/** Its first character. */
export function beginningOf(file: SourceFile): SourceRange {
  return { file, start: 0, end: 0 }
}

function changedPaths(base: DeployedSide, merged: DeployedSide): ReadonlySet<string> {
  const before = new Map(base.files.map(({ path, text }) => [path, text]))
  const after = new Map(merged.files.map(({ path, text }) => [path, text]))
  const paths = new Set([...before.keys(), ...after.keys()])
  return new Set([...paths].filter((path) => before.get(path) !== after.get(path)))
}

/** What may deliver something that nobody here sees, and did not before, or says something else by now. */
export function newlyHidden({
  base,
  merged,
}: {
  readonly base: Pick<BuiltSide, 'unknown'>
  readonly merged: Pick<BuiltSide, 'unknown'>
}): readonly LeftOut[] {
  const known = new Set(base.unknown.map(identityOfUnknown))
  const found = merged.unknown.filter(
    (each) => each.hides !== undefined && !known.has(identityOfUnknown(each)),
  )
  const byName = new Map(found.map((each) => [each.of, each]))
  return [...byName].map(([key, each]) => ({
    key,
    why: 'hidden',
    digest: identityOfUnknown(each),
    range: each.range,
  }))
}

function identityOfUnknown({ code, of, detail, hides }: UnknownDelivery): string {
  return canonicalJson([code, of, detail, hides ?? null])
}

/** Units that count as in another cluster since a Secret newly gives an address its name: nothing shows that it is true. */
export function newlyNamed(
  units: Both<readonly BuiltUnit[]>,
  names: Both<ReadonlyMap<string, string>>,
): readonly LeftOut[] {
  const addresses = [...names.merged].filter(([address, name]) => names.base.get(address) !== name)
  const given = Map.groupBy(addresses, ([, name]) => name)
  const placeOfUnit = ({ unit }: BuiltUnit) => canonicalJson([unit.key, unit.destination ?? null])
  const known = new Set(units.base.map(placeOfUnit))
  return units.merged.flatMap((each): readonly LeftOut[] => {
    const said = given.get(each.unit.destination ?? '')
    if (said === undefined || known.has(placeOfUnit(each))) return []
    return [{ key: each.unit.key, why: 'cluster-named', digest: sha256(canonicalJson(said)) }]
  })
}
