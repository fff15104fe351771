import type { Comparison } from '../../diff/comparison.ts'
import { meshFilesOf } from '../../manifest/files/mesh-files.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { sortedTeams, type Team } from '../../ownership/team.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { memoized } from '../../source/memoized.ts'
import { pathOf } from '../../terms/code.ts'
import type { Verb } from '../../unmodelled/unjudged.ts'
import { happens } from '../../unmodelled/unjudged-words.ts'
import { briefly } from '../../words/few-of.ts'
import { type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault } from '../rule.ts'
import { buildFaultNotes } from './build-fault-notes.ts'
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
  const { range, because, ...about } = wordsFor(subject, verbOf(before, after, comparison), touched)
  const fault = {
    ...about,
    because: [...buildFaultNotes(says(before), says(after)), ...(because ?? [])],
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
  /** Those that hold something that decides about requests on both sides. */
  readonly ofMesh: ReadonlySet<string>
}

const filesOf = memoized((comparison: Comparison): BothSides => {
  const { base, merged } = comparison
  const texts = ({ manifests }: Snapshot) => new Map(manifests.files.map(({ path, text }) => [path, text]))
  return {
    base: texts(base),
    merged: texts(merged),
    ofMesh: decidingIn(base).intersection(decidingIn(merged)),
  }
})

/** The files with objects that decide about requests, be it by a part of them. */
function decidingIn({ manifests }: Snapshot): ReadonlySet<string> {
  return meshFilesOf(manifests).union(manifests.partly ?? new Set())
}

/** A layer that reaches nothing on one side may be there all the same. */
function verbOf(before: readonly Unmodelled[], after: readonly Unmodelled[], comparison: Comparison): Verb {
  const { base, merged } = filesOf(comparison)
  const path = (after[0] ?? before[0])?.path ?? ''
  if (before.length === 0 && !base.has(path)) return 'new'
  return after.length === 0 && !merged.has(path) ? 'removed' : 'changed'
}

function wordsFor(subject: Unmodelled, verb: Verb, touched: TouchedByLayer): Omit<Fault, 'fingerprint'> {
  return {
    code: subject.code,
    clause: say`${subject.name} in ${pathOf(subject.path)} ${happens[verb]}, and what that does to requests is not known here`,
    range: rangeOf(subject.node),
    because: [note(reachWords(touched)), note(subject.why)],
    todo: words('Let somebody who knows it look at it'),
    resource: subject.resource,
    ...(subject.kind !== undefined && { kind: subject.kind }),
    mesh: subject.mesh,
  }
}

function reachWords(touched: TouchedByLayer): Phrase {
  if (touched === 'mesh') return words('It may reach any manifest of the mesh')
  return say`It reaches ${briefly(touched.map(pathOf))}`
}

interface Asked {
  readonly teams: readonly Team[]
  readonly administrators: boolean
}

/** The owners of a layer, and of the files that are parts of it, are asked where their own text is another one. */
function askedBy(touched: TouchedByLayer, layers: readonly Unmodelled[], comparison: Comparison): Asked {
  const { ownership } = comparison
  const { base, merged } = filesOf(comparison)
  const written = layers.flatMap(({ path, says = [] }) => [path, ...says.flatMap(({ from }) => from ?? [])])
  const own = [...new Set(written)].filter((path) => base.get(path) !== merged.get(path))
  const reached = touched === 'mesh' ? [] : touched.map((path) => ownership.ownersOf(path))
  const owned = [...reached, ...own.map((path) => ownership.ownersOf(path))].filter(
    ({ owners }) => owners.length > 0,
  )
  return {
    teams: sortedTeams(owned),
    administrators: touched === 'mesh' || reached.some(({ owners }) => owners.length === 0),
  }
}
