import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { memoizedByText } from '../src/domain/source/memoized.ts'
import type { Answers, Asked, End, KubernetesObject, MeshKind, MeshPair } from './mesh.ts'
import { meshKinds } from './mesh.ts'
import type { FoundSubsets } from './subsets.ts'

const folder = join(import.meta.dirname, 'frozen')

/** A pair, what was asked of it, and what the oracles said. */
export interface Frozen {
  readonly pair: MeshPair
  readonly asked: readonly Asked[]
  readonly answers: Answers
}

/** Which oracles were asked, and how much. */
export interface Recording {
  readonly istio: string
  readonly envoy: string
  /** All that was compared when it was recorded: more than what is kept. */
  readonly figures: readonly KindFigures[]
  /** How many objects with odd values the webhook was asked about, and how many of them it refuses. */
  readonly objects: { readonly asked: number; readonly refused: number }
  readonly destinationRules: RuleFigures
}

/** An object with odd values, and whether the webhook refuses it. */
export interface JudgedObject {
  readonly object: KubernetesObject
  readonly refused: boolean
}

/** How many meshes of DestinationRules there are, and of how many services pods were asked which subsets they have. */
interface RuleFigures {
  readonly meshes: number
  readonly asked: number
}

export interface KindFigures {
  readonly kind: MeshKind
  readonly pairs: number
  readonly objects: number
  readonly requests: number
  readonly witnesses: number
  /** Pairs of which Envoy refuses what Istio sends: their requests are not compared. */
  readonly refusedByEnvoy: number
  /** Disagreements by class of the skip list. */
  readonly skipped: Readonly<Record<string, number>>
}

interface Line {
  readonly pair: MeshPair
  readonly asked: readonly Asked[]
  readonly refused: Answers['refused']
  readonly ends: readonly End[]
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** The pairs of a kind as they are kept, or so many of them: the most telling ones come first. */
export function readFrozen(kind: MeshKind, count?: number): readonly Frozen[] {
  return linesOf(kind)
    .slice(0, count)
    .map((line) => {
      const { pair, asked, refused, ends, before, after } = JSON.parse(line) as Line
      const endsAt = (indexes: readonly number[]) => indexes.flatMap((index) => ends[index] ?? [])
      return { pair, asked, answers: { refused, before: endsAt(before), after: endsAt(after) } }
    })
}

const linesOf = memoizedByText((kind) =>
  gunzipSync(readFileSync(pathOf(kind)))
    .toString()
    .split('\n')
    .slice(0, -1),
)

/** Keeps the pairs of a kind; equal ends once. */
export function writeFrozen(kind: MeshKind, kept: readonly Frozen[]): void {
  const lines = kept.map(({ pair, asked, answers }) => {
    const ends = new Map<string, number>()
    const indexOf = (end: End) => {
      const key = JSON.stringify(end)
      const index = ends.get(key) ?? ends.size
      ends.set(key, index)
      return index
    }
    const [before, after] = [answers.before.map(indexOf), answers.after.map(indexOf)]
    const table = [...ends.keys()].map((key) => JSON.parse(key) as End)
    return `${JSON.stringify({ pair, asked, refused: answers.refused, ends: table, before, after })}\n`
  })
  writeFileSync(pathOf(kind), gzipSync(lines.join(''), { level: 9 }))
}

/** The objects that are kept with the webhook's answers. */
export function readObjects(): readonly JudgedObject[] {
  return linesOf('objects').map((line) => JSON.parse(line) as JudgedObject)
}

export function writeObjects(judged: readonly JudgedObject[]): void {
  const lines = judged.map((each) => `${JSON.stringify(each)}\n`)
  writeFileSync(pathOf('objects'), gzipSync(lines.join(''), { level: 9 }))
}

/** The DestinationRules that are kept with the subsets that pods have by them. */
export function readSubsets(): readonly FoundSubsets[] {
  return linesOf('destination-rules').map((line) => JSON.parse(line) as FoundSubsets)
}

export function writeSubsets(found: readonly FoundSubsets[]): void {
  const lines = found.map((each) => `${JSON.stringify(each)}\n`)
  writeFileSync(pathOf('destination-rules'), gzipSync(lines.join(''), { level: 9 }))
}

export function readRecording(): Recording {
  return JSON.parse(readFileSync(join(folder, 'recording.json'), 'utf8')) as Recording
}

export function writeRecording(recording: Recording): void {
  writeFileSync(join(folder, 'recording.json'), `${JSON.stringify(recording, undefined, 2)}\n`)
}

/** The kinds that something is kept of. */
export function frozenKinds(): readonly MeshKind[] {
  const files = readdirSync(folder)
  return meshKinds.filter((kind) => files.includes(`${kind}.jsonl.gz`))
}

function pathOf(kind: string): string {
  return join(folder, `${kind}.jsonl.gz`)
}
