import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Compared, comparePair, type Disagreement, witnessesOf } from './compare.ts'
import { writeDocumentation } from './documentation.ts'
import { envoyVersion } from './envoy.ts'
import {
  type Frozen,
  type JudgedObject,
  type KindFigures,
  type Recording,
  readRecording,
  writeFrozen,
  writeObjects,
  writeRecording,
  writeSubsets,
} from './frozen.ts'
import { istioVersion, startIstio } from './istio.ts'
import { type Answers, type Asked, admittedOf, type MeshKind, type MeshPair, meshKinds } from './mesh.ts'
import { missingOracle, type Oracles, type Question, startOracles } from './oracles.ts'
import { type Ours, oursOf } from './ours.ts'
import { randomPair, seedOf } from './random-pair.ts'
import { remembering } from './remembering.ts'
import { randomRequests } from './requests.ts'
import { shrink } from './shrink.ts'
import { skipFor, skips } from './skips.ts'
import { askSubsets, type FoundSubsets, misfound } from './subsets.ts'
import { mostTellingFirst } from './telling.ts'
import { misjudged, randomObjects } from './validation.ts'

const requestsPerPair = 100

/** So many pairs share one process of Envoy. */
const batch = 24

interface Options {
  readonly meshes: number
  readonly keep: number
  readonly from: number
  /** How many objects with odd values the webhook is asked about. */
  readonly objects: number
  /** How many meshes of DestinationRules it is asked about. */
  readonly rules: number
  /** Compare only, and keep nothing. */
  readonly dry: boolean
  /** What is kept of the others stays as it is. */
  readonly kinds: readonly MeshKind[]
  /** A folder of what the oracles were asked before, which they are not asked again. */
  readonly answers?: string
}

/** `npm run conformance:record`: asks Istio and Envoy about fresh meshes, and keeps what they said where we agree. */
async function record(options: Options): Promise<void> {
  const missing = missingOracle()
  if (missing !== undefined) throw new Error(missing)
  const started = startOracles()
  const oracles = options.answers === undefined ? started : remembering(started, options.answers)
  try {
    const recorded: RecordedKind[] = []
    for (const kind of options.kinds) recorded.push(await recordKind(kind, options, oracles))
    const unexplained = recorded.flatMap((each) => each.unexplained)
    await report(unexplained, started)
    // What is asked besides is not asked again for one kind alone.
    const isWhole = options.kinds.length === meshKinds.length
    const judged = isWhole ? await judgedObjects(options) : []
    const wrong = misjudged(judged)
    for (const { object, refused } of wrong.slice(0, shown))
      process.stdout.write(`${refused ? 'refused' : 'admitted'}, and not by us: ${JSON.stringify(object)}\n`)
    process.stdout.write(`${wrong.length} of ${judged.length} objects are judged otherwise by us.\n`)
    const rules = isWhole ? await foundSubsets(options) : []
    const astray = misfound(rules)
    for (const each of astray.slice(0, shown)) process.stdout.write(`subsets: ${JSON.stringify(each)}\n`)
    process.stdout.write(`${astray.length} pods of ${rules.length} meshes have other subsets than we say.\n`)
    if (unexplained.length + wrong.length + astray.length > 0) process.exitCode = 1
    else if (!options.dry) keep({ recorded, ...(isWhole && { besides: { judged, rules } }) }, options)
  } finally {
    oracles.end()
  }
}

/** What the webhook says of objects with odd values. */
async function judgedObjects({ objects: count, from }: Options): Promise<readonly JudgedObject[]> {
  const istio = startIstio()
  const objects = randomObjects(from, count)
  const { verdicts } = await istio.answer(objects, [])
  istio.end()
  return objects.map((object, index) => ({ object, refused: verdicts[index] !== '' }))
}

/** Which subsets pods have by random DestinationRules. */
async function foundSubsets({ from, rules: count }: Options): Promise<readonly FoundSubsets[]> {
  const istio = startIstio()
  const found = await askSubsets(istio, from, count)
  istio.end()
  return found
}

interface RecordedKind {
  readonly figures: KindFigures
  readonly frozen: readonly Frozen[]
  readonly unexplained: readonly Disagreement[]
}

async function recordKind(
  kind: MeshKind,
  { meshes, from }: Options,
  oracles: Oracles,
): Promise<RecordedKind> {
  const frozen: Frozen[] = []
  const compared: Compared[] = []
  let refusedByEnvoy = 0
  for (let start = from; start < from + meshes; start += batch) {
    const count = Math.min(batch, from + meshes - start)
    const questions = await questionsOf(kind, { start, count }, oracles)
    const answers = await oracles.ask(questions.map(withoutRefused))
    for (const [index, { pair, asked, refused, ours }] of questions.entries()) {
      const said = answers[index]
      if (said === undefined) refusedByEnvoy++
      const given: Frozen = said
        ? { pair, asked, answers: { ...said, refused } }
        : { pair, asked: [], answers: { refused, before: [], after: [] } }
      frozen.push(given)
      compared.push(comparePair(given.pair, given.asked, { answers: given.answers, ours }))
    }
    process.stderr.write(`${kind}: ${start + count - from} of ${meshes}\n`)
  }
  const disagreements = compared.flatMap((each) => each.disagreements)
  return {
    figures: figuresOf(kind, compared, refusedByEnvoy),
    frozen,
    unexplained: disagreements.filter((each) => skipFor(each) === undefined),
  }
}

interface Prepared extends Question {
  readonly refused: Answers['refused']
  /** Of what the webhook admits. */
  readonly ours: Ours
}

/** Fresh pairs, what the webhook says of them, and requests: random ones, and the witnesses of what we announce. */
async function questionsOf(
  kind: MeshKind,
  { start, count }: { readonly start: number; readonly count: number },
  oracles: Oracles,
): Promise<readonly Prepared[]> {
  const seeds = Array.from({ length: count }, (_, index) => seedOf(kind, start + index))
  const pairs = seeds.map((seed) => randomPair(kind, seed))
  const verdicts = await oracles.ask(pairs.map((pair) => ({ pair: { ...pair, pods: [] }, asked: [] })))
  return pairs.map((pair, index) => {
    const refused = verdicts[index]?.refused ?? { base: [], merged: [] }
    const admitted = admittedOf(pair, refused)
    const ours = oursOf(admitted)
    const asked = [
      ...randomRequests(admitted, seeds[index] ?? 0, requestsPerPair),
      ...witnessesOf(admitted, ours).map((each) => each.asked),
    ]
    return { pair, asked: distinct(asked), refused, ours }
  })
}

function withoutRefused({ pair, asked, refused }: Prepared): Question {
  return { pair: admittedOf(pair, refused), asked }
}

function distinct(asked: readonly Asked[]): readonly Asked[] {
  return [...new Map(asked.map((each) => [JSON.stringify(each), each])).values()]
}

function figuresOf(kind: MeshKind, compared: readonly Compared[], refusedByEnvoy: number): KindFigures {
  const sum = (count: (each: Compared) => number) => compared.reduce((total, each) => total + count(each), 0)
  const disagreements = compared.flatMap((each) => each.disagreements)
  const skipped = skips.map((skip) => {
    const count = disagreements.filter((each) => skipFor(each) === skip).length
    return [skip.class, count] as const
  })
  return {
    kind,
    pairs: compared.length,
    objects: sum(({ objects }) => objects),
    requests: sum(({ requests }) => requests),
    witnesses: sum(({ witnesses }) => witnesses),
    refusedByEnvoy,
    skipped: Object.fromEntries(skipped.filter(([, count]) => count > 0)),
  }
}

/** So many disagreements are made small and shown; the rest is like them, more often than not. */
const shown = 5

async function report(unexplained: readonly Disagreement[], oracles: Oracles): Promise<void> {
  const byPair = [...Map.groupBy(unexplained, ({ pair }) => pair).values()]
  process.stdout.write(
    `${unexplained.length} disagreements in ${byPair.length} pairs are in no class of the skip list.\n`,
  )
  for (const [first] of byPair.slice(0, shown)) {
    if (first === undefined) continue
    const { about, asked, ours, theirs } = first
    process.stdout.write(
      `${about}: we say ${ours}; Istio and Envoy: ${theirs}; ${JSON.stringify(asked)}. Made small:\n`,
    )
    process.stdout.write(`${describe(await shrink(first, oracles))}\n`)
  }
}

/** A disagreement for whoever mends it: both sides, the request, and what is said. */
function describe({ about, pair, asked, ours, theirs }: Disagreement): string {
  const written = (objects: MeshPair['base']) =>
    objects.filter(({ kind }) => kind !== 'Service').map((each) => `  ${JSON.stringify(each)}`)
  return [
    `${about}: we say ${ours}; Istio and Envoy: ${theirs}`,
    `request: ${JSON.stringify(asked)}`,
    ...['base:', ...written(pair.base)],
    ...['merged:', ...written(pair.merged)],
    '',
  ].join('\n')
}

interface Kept {
  readonly recorded: readonly RecordedKind[]
  /** Absent where only some kinds are recorded. */
  readonly besides?: { readonly judged: readonly JudgedObject[]; readonly rules: readonly FoundSubsets[] }
}

/** So many objects are kept for each pair of a kind. */
const objectsPerPair = 20

/** And so many meshes of DestinationRules. */
const rulesPerPair = 4

function keep({ recorded, besides }: Kept, { keep: kept }: Options): void {
  mkdirSync(join(import.meta.dirname, 'frozen'), { recursive: true })
  for (const { figures, frozen } of recorded)
    writeFrozen(figures.kind, mostTellingFirst(frozen).slice(0, kept))
  const versions = { istio: istioVersion(), envoy: envoyVersion() ?? '' }
  const figures = recorded.map((each) => each.figures)
  const recording =
    besides === undefined ? withKinds(figures, versions) : recordingOf(figures, besides, versions)
  if (besides !== undefined) {
    writeSubsets(besides.rules.slice(0, rulesPerPair * kept))
    writeObjects(besides.judged.slice(0, objectsPerPair * kept))
  }
  writeRecording(recording)
  writeDocumentation(recording)
}

type Versions = Pick<Recording, 'istio' | 'envoy'>

function recordingOf(
  figures: readonly KindFigures[],
  { judged, rules }: NonNullable<Kept['besides']>,
  versions: Versions,
): Recording {
  return {
    ...versions,
    figures,
    objects: { asked: judged.length, refused: judged.filter(({ refused }) => refused).length },
    destinationRules: {
      meshes: rules.length,
      asked: rules.reduce((sum, { found }) => sum + found.length, 0),
    },
  }
}

/** What was recorded before, with other figures of some kinds: all of the same oracles. */
function withKinds(figures: readonly KindFigures[], { istio, envoy }: Versions): Recording {
  const before = readRecording()
  if (before.istio !== istio || before.envoy !== envoy)
    throw new Error('The other kinds were recorded with other versions: record all kinds')
  const all = [
    ...before.figures.filter((each) => figures.every(({ kind }) => kind !== each.kind)),
    ...figures,
  ]
  return { ...before, figures: meshKinds.flatMap((kind) => all.filter((each) => each.kind === kind)) }
}

const { values } = parseArgs({
  options: {
    meshes: { type: 'string', default: '200' },
    objects: { type: 'string', default: '2000' },
    rules: { type: 'string', default: '1000' },
    keep: { type: 'string', default: '50' },
    from: { type: 'string', default: '0' },
    dry: { type: 'boolean', default: false },
    kind: { type: 'string', multiple: true, default: [...meshKinds] },
    answers: { type: 'string' },
  },
})

await record({
  meshes: Number(values.meshes),
  objects: Number(values.objects),
  rules: Number(values.rules),
  keep: Number(values.keep),
  from: Number(values.from),
  dry: values.dry,
  kinds: meshKinds.filter((kind) => values.kind.includes(kind)),
  ...(values.answers !== undefined && { answers: values.answers }),
})
