import type { Comparison } from '../diff/comparison.ts'
import { canonicalJson } from '../manifest/json.ts'
import type { Statement } from '../manifest/layers/statement.ts'
import { meshFilesOf } from '../manifest/mesh-files.ts'
import { sortedTeams, type Team } from '../ownership/team.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import type { Because } from '../source/diagnostic.ts'
import { rangeOf } from '../source/located.ts'
import { at, textsOf } from '../unmodelled/written.ts'
import { code, pathOf } from '../wording/code.ts'
import { guessed, told } from '../words/told.ts'
import type { Fault } from './rule.ts'
import { type TouchedByLayer, touchedByLayer } from './touched-by-layers.ts'
import { contentsOf, type Unmodelled } from './unmodelled.ts'

/**
 * A layer that says something else of mesh manifests: a question to the owners of those that it concerns, and of the
 * layer itself; to the administrators for what nobody owns, and where it may concern all. One that concerns none is silent.
 */
export function* layerFaults(
  before: readonly Unmodelled[],
  after: readonly Unmodelled[],
  comparison: Comparison,
): Iterable<Fault> {
  const subject = after[0] ?? before[0]
  if (subject === undefined) return
  const says = (some: readonly Unmodelled[]) => some.flatMap((each) => each.says ?? [])
  const touched = touchedByLayer(says(before), says(after), filesOf(comparison).ofMesh)
  if (touched !== 'mesh' && touched.length === 0) return
  const { range, notes, ...words } = wordsFor(subject, verbOf(before, after, comparison), touched)
  const fault = {
    ...words,
    because: [...lostPatches(says(before), says(after)), ...(notes ?? [])],
    ...(after.length > 0 && range && { range }),
  }
  const fingerprint = [subject.key, contentsOf(before), contentsOf(after)]
  const { teams, administrators } = askedBy(touched, [...before, ...after], comparison)
  if (teams.length > 0) yield { ...fault, fingerprint: canonicalJson(fingerprint), teams }
  if (!comparison.ownership.known)
    yield { ...fault, fingerprint: canonicalJson(fingerprint), effect: 'report' }
  else if (administrators) yield { ...fault, fingerprint: canonicalJson([...fingerprint, 'administrators']) }
}

/** The files of both sides, as many layers are asked about them. */
interface BothSides {
  readonly base: ReadonlyMap<string, string>
  readonly merged: ReadonlyMap<string, string>
  /** Those that hold something of the mesh on both sides. */
  readonly ofMesh: ReadonlySet<string>
}

const known = new WeakMap<Comparison, BothSides>()

function filesOf(comparison: Comparison): BothSides {
  const before = known.get(comparison)
  if (before !== undefined) return before
  const { base, merged } = comparison
  const texts = ({ manifests }: Snapshot) => new Map(manifests.files.map(({ path, text }) => [path, text]))
  const sides = {
    base: texts(base),
    merged: texts(merged),
    ofMesh: meshFilesOf(base.manifests).intersection(meshFilesOf(merged.manifests)),
  }
  known.set(comparison, sides)
  return sides
}

/** Patches that find nothing any more: Kustomize builds nothing at all then. */
function lostPatches(before: readonly Statement[], after: readonly Statement[]): readonly Because[] {
  const lostIn = (some: readonly Statement[]) =>
    some.flatMap(({ what }) => textsOf(at(what, 'finds nothing')).join(' ') || [])
  const known = new Set(lostIn(before))
  return lostIn(after)
    .filter((each) => !known.has(each))
    .map((each) => ({
      ...told(
        `A patch in it is for ${code(each)}, which is not among what it builds: Kustomize builds nothing then.`,
      ),
    }))
}

/** A layer that reaches nothing on one side may be there all the same. */
function verbOf(before: readonly Unmodelled[], after: readonly Unmodelled[], comparison: Comparison): string {
  const { base, merged } = filesOf(comparison)
  const path = (after[0] ?? before[0])?.path ?? ''
  if (before.length === 0 && !base.has(path)) return 'is new'
  return after.length === 0 && !merged.has(path) ? 'is removed' : 'changes'
}

function wordsFor(subject: Unmodelled, verb: string, touched: TouchedByLayer): Omit<Fault, 'fingerprint'> {
  const range = rangeOf(subject.node)
  return {
    ...told(
      `${subject.name} in ${pathOf(subject.path)} ${verb}, and what that does to requests is not known here.`,
    ),
    ...(range && { range }),
    because: [{ ...told(reachWords(touched)) }, { ...told(subject.why) }],
    todo: guessed('Let somebody who knows it look at it.'),
    resource: subject.resource,
    mesh: subject.mesh,
  }
}

function reachWords(touched: TouchedByLayer): string {
  if (touched === 'mesh') return 'It may reach any manifest of the mesh.'
  const some = touched.slice(0, 3).map(pathOf).join(', ')
  return `It reaches ${some}${touched.length > 3 ? ` and ${touched.length - 3} more` : ''}.`
}

interface Asked {
  readonly teams: readonly Team[]
  readonly administrators: boolean
}

/** The owners of a layer are asked where its own text is another one: what it names may change without it. */
function askedBy(touched: TouchedByLayer, layers: readonly Unmodelled[], comparison: Comparison): Asked {
  const { ownership } = comparison
  const { base, merged } = filesOf(comparison)
  const own = layers.map(({ path }) => path).filter((path) => base.get(path) !== merged.get(path))
  const reached = touched === 'mesh' ? [] : touched.map((path) => ownership.ownersOf(path))
  const owned = [...reached, ...own.map((path) => ownership.ownersOf(path))].filter(
    ({ owners }) => owners.length > 0,
  )
  return {
    teams: sortedTeams(owned),
    administrators: touched === 'mesh' || reached.some(({ owners }) => owners.length === 0),
  }
}
