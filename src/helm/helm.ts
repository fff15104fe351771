import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, normalize, sep } from 'node:path'
import type { ChartRelease, ChartRenderer } from '../app/reading/chart-port.ts'
import type { ChartOutput, ChartParameter } from '../domain/deployment/releases/release.ts'
import { type BoundedEnd, runBounded } from './bounded-run.ts'
import { findProgram } from './find-program.ts'
import { remembering } from './remembering.ts'

/** Where helm is looked for, and how long it may take. */
export interface HelmOptions {
  /** As the variable of the environment has it. */
  readonly path: string
  /** Milliseconds, where that is not the budget. */
  readonly time?: number
}

/**
 * Helm 3 or 4 as it is found on the search path. Charts are hostile: each is written by itself, as regular files, into a folder that
 * is removed afterwards; nothing of the repository but the values and parameters that were read is on the command line, no schema
 * is looked at (it may name addresses), and no plugin is found.
 */
export function createHelm({ path, time }: HelmOptions): ChartRenderer {
  let found: Promise<string | undefined> | undefined
  return remembering({
    async render(release) {
      if (!isSafe(release)) return { kind: 'not-rendered', why: 'unsafe-name' }
      found ??= findHelm(path)
      const program = await found
      if (program === undefined) return { kind: 'not-rendered', why: 'no-helm' }
      return inScratch(async (directory) => {
        await writeRelease(release, directory)
        const args = argumentsFor(release)
        return outputOf(await runBounded({ program, args, directory, ...(time !== undefined && { time }) }))
      })
    },
  })
}

async function findHelm(path: string): Promise<string | undefined> {
  const program = await findProgram('helm', path)
  if (program === undefined) return undefined
  const end = await inScratch((directory) => runBounded({ program, args: ['version', '--short'], directory }))
  return end.kind === 'ended' && end.code === 0 && /^v[34]\./.test(end.output) ? program : undefined
}

async function inScratch<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'firebreak-chart-'))
  try {
    return await work(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

const name = /^[a-z0-9](?:[-a-z0-9.]{0,51}[a-z0-9])?$/
const namespaceName = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/

/** Names that are no options, and no paths that lead out of the folder. */
function isSafe(release: ChartRelease): boolean {
  return (
    name.test(release.name) &&
    (release.namespace === undefined || namespaceName.test(release.namespace)) &&
    [...release.chart.keys()].every(isInside)
  )
}

function isInside(path: string): boolean {
  const inside = normalize(path)
  return path !== '' && !path.includes('\0') && !inside.startsWith(sep) && inside.split(sep)[0] !== '..'
}

const chartFolder = 'chart'

function valuesFile(at: number): string {
  return `values-${at}.yaml`
}

async function writeRelease({ chart, values }: ChartRelease, directory: string): Promise<void> {
  for (const [path, content] of chart) await writeInto(join(directory, chartFolder, path), content)
  for (const [at, text] of values.entries()) await writeInto(join(directory, valuesFile(at)), text)
}

async function writeInto(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

/** Charts ask for these before they write what is compared here: a mesh has them. */
const versionsOfAMesh = [
  ...['v1', 'v1beta1', 'v1alpha3'].map((version) => `networking.istio.io/${version}`),
  ...['v1', 'v1beta1'].map((version) => `security.istio.io/${version}`),
  ...['v1', 'v1beta1'].map((version) => `gateway.networking.k8s.io/${version}`),
]

function argumentsFor({ name: release, namespace, values, set }: ChartRelease): readonly string[] {
  return [
    ...['template', release, `./${chartFolder}`],
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
    ...['--include-crds', '--skip-tests', '--skip-schema-validation'],
    ...versionsOfAMesh.flatMap((each) => ['--api-versions', each]),
    ...values.flatMap((_, at) => ['--values', `./${valuesFile(at)}`]),
    ...set.map(parameter),
  ]
}

function parameter({ name: path, value, isText }: ChartParameter): string {
  return `--set${isText === 'yes' ? '-string' : ''}=${path}=${value}`
}

/** A dump of its runtime means that it came to the end of its memory, or was ended from elsewhere. */
function outputOf(end: BoundedEnd): ChartOutput {
  if (end.kind === 'killed') return { kind: 'not-rendered', why: end.by }
  if (end.kind === 'not-started') return { kind: 'not-rendered', why: 'no-helm' }
  if (end.code === 0) return { kind: 'rendered', text: end.output }
  const complaint = /^Error: (?<said>.*)/ms.exec(end.complaint)?.groups?.['said']
  if (end.code !== 1 || complaint === undefined) return { kind: 'not-rendered', why: 'memory' }
  return { kind: 'refused', complaint: complaint.replace(/\n+Use --debug flag.*$/s, '').trim() }
}
