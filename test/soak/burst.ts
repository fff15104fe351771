import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Simulator } from '@firebreak/simulator'
import { filesOf } from '../../bench/large-mesh.ts'
import { openStage } from '../../demo/play.ts'
import { type SpawnedServer, spawnServer } from '../support/spawned-server.ts'

/** How many pull requests are opened, on a mesh of how many VirtualServices, and how many are judged at a time. */
export interface Burst {
  readonly pulls: number
  readonly virtualServices: number
  readonly concurrency: number
  /** Where the server leaves what its processor did. */
  readonly profile: string | undefined
}

const [organization, repo, author] = ['org', 'org/mesh', 'carla']
const primaries = 10

/** Opens them at once, waits for every verdict, and says how long each has taken from its event. */
export async function playBurst(burst: Burst): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-burst-'))
  let server: SpawnedServer | undefined
  let relay: ChildProcess | undefined
  const stage = await openStage({ limits: { deliveryTimeout: 600_000 } }, async (settings) => {
    const environment = { JOURNAL: join(folder, 'journal'), CONCURRENCY: String(burst.concurrency) }
    const profiling = burst.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${burst.profile}`]
    server = await spawnServer(settings, environment, [...profiling, 'src/server.ts'])
    relay = fork('test/soak/relay.ts', [`${server.url}/api/github/webhooks`])
    const [port] = await once(relay, 'message')
    const webhookUrl = `http://127.0.0.1:${port}/`
    return { url: webhookUrl, webhookUrl, idle: async () => {}, close: async () => {} }
  })
  const memory = watchMemory(() => server?.pid)
  try {
    const { github } = stage
    const files = new Map(
      filesOf({ primaries, secondaries: burst.virtualServices / primaries - 1, routes: 4 }, false),
    )
    await prepare(github, files)
    const heads = await pushAll(github, changesOf(files, burst.pulls))
    const began = performance.now()
    const waits = await openAll(github, heads)
    const seconds = (performance.now() - began) / 1000
    relay?.send('')
    const webhooks = {
      seen: webhooksOf(github),
      relayed: relay === undefined ? [] : (await once(relay, 'message'))[0],
    }
    const processor = { ...(await processorOf(server?.pid)), github: process.cpuUsage().user / 1e6 }
    const metrics = await (await fetch(`${server?.url}/metrics`)).text()
    return told(burst, { waits, seconds, webhooks, processor, metrics, peak: memory.peak() })
  } finally {
    memory.stop()
    relay?.disconnect()
    // A profile is written by whoever ends by itself.
    await server?.end(burst.profile === undefined ? 'SIGKILL' : 'SIGTERM')
    await stage.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function prepare(github: Simulator, files: ReadonlyMap<string, string>): Promise<void> {
  github.createOrganization(organization, [author])
  const slugs = ['platform', ...Array.from({ length: primaries }, (_, at) => `team-${at}`)]
  for (const slug of slugs) github.createTeam({ organization, slug, members: [author] })
  await github.createRepository({
    repo,
    files: Object.fromEntries(files),
    by: author,
    teams: Object.fromEntries(slugs.map((slug) => [slug, 'write' as const])),
  })
  await github.idle()
}

type Change = Readonly<Record<string, string>>

/** One after the other another route of another secondary gets a timeout of its own. */
function changesOf(files: ReadonlyMap<string, string>, count: number): readonly Change[] {
  const secondaries = [...files].filter(([path]) => path.startsWith('teams/'))
  return Array.from({ length: count }, (_, at) => {
    const [path = '', text = ''] = secondaries[at % secondaries.length] ?? []
    return { [path]: text.replace('      route:\n', `      timeout: ${at + 1}s\n      route:\n`) }
  })
}

/** A branch for each, which no event asks to be judged. */
async function pushAll(github: Simulator, changes: readonly Change[]): Promise<ReadonlyMap<string, string>> {
  const heads = new Map<string, string>()
  for (const files of changes) {
    const branch = `topic-${heads.size + 1}`
    heads.set(branch, await github.push({ repo, branch, by: author, files, from: 'main', message: 'Change' }))
  }
  await github.idle()
  return heads
}

/** Opens all at once; milliseconds from when each was opened to its verdict. */
async function openAll(github: Simulator, heads: ReadonlyMap<string, string>): Promise<readonly number[]> {
  const waiting = new Map<string, number>()
  const waits: number[] = []
  const look = setInterval(() => {
    for (const [sha, since] of waiting) {
      if (!github.checkRuns(repo, sha).some(({ conclusion }) => conclusion !== null)) continue
      waiting.delete(sha)
      waits.push(performance.now() - since)
    }
  }, 20)
  const opening = [...heads].map(async ([branch, sha]) => {
    await github.openPullRequest({ repo, title: branch, author, head: branch, base: 'main' })
    waiting.set(sha, performance.now())
  })
  await Promise.all(opening)
  while (waits.length < heads.size) await pause(50)
  clearInterval(look)
  return waits
}

function webhooksOf(github: Simulator): readonly number[] {
  return github.deliveries().map(({ duration }) => duration * 1000)
}

/** Seconds of a processor that a process has taken: the thread of its loop, and all others. */
async function processorOf(pid: number | undefined) {
  const [loop, all] = await Promise.all(
    [`/proc/${pid}/task/${pid}/stat`, `/proc/${pid}/stat`].map(async (path) => {
      const fields = (await readFile(path, 'utf8')).replace(/^.*\) /, '').split(' ')
      const [user, system] = [fields[11], fields[12]]
      return (Number(user) + Number(system)) / ticksPerSecond
    }),
  )
  return { loop: loop ?? 0, others: (all ?? 0) - (loop ?? 0) }
}

/** Of Linux, for programs. */
const ticksPerSecond = 100

/** How late the loop of the server was within its last minute, in milliseconds. */
function lagIn(metrics: string): number {
  return Math.round(
    1000 * Number(/^firebreak_loop_lag_seconds\{quantile="0.99"\} (\S+)$/m.exec(metrics)?.[1]),
  )
}

/** Within how many milliseconds the server itself has answered such a part of all webhooks. */
function answeredWithin(metrics: string, part: number): number {
  const rows = [...metrics.matchAll(/^firebreak_webhook_seconds_bucket\{le="(?<le>\S+)"\} (?<count>\d+)$/gm)]
  const buckets = rows.map(({ groups }) => ({
    le: Number(groups?.['le']?.replace('+Inf', 'Infinity')),
    count: Number(groups?.['count']),
  }))
  const all = buckets.at(-1)?.count ?? 0
  return 1000 * (buckets.find(({ count }) => count >= part * all)?.le ?? Number.NaN)
}

/** The most that a process has had so far, in mebibytes, as Linux says it. */
function watchMemory(pid: () => number | undefined) {
  let peak = 0
  const timer = setInterval(async () => {
    const text = await readFile(`/proc/${pid()}/status`, 'utf8').catch(() => '')
    peak = Math.max(peak, Number(/^VmHWM:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024)
  }, 500)
  return { peak: () => Math.round(peak), stop: () => clearInterval(timer) }
}

interface Measured {
  readonly waits: readonly number[]
  readonly seconds: number
  /** Milliseconds to the answer: as GitHub has seen them, and as whoever does nothing else. */
  readonly webhooks: { readonly seen: readonly number[]; readonly relayed: readonly number[] }
  /** Seconds. */
  readonly processor: { readonly loop: number; readonly others: number; readonly github: number }
  /** Of the server, as Prometheus would read them. */
  readonly metrics: string
  readonly peak: number
}

function told(
  { pulls, virtualServices }: Burst,
  { waits, seconds, webhooks, processor, metrics, peak }: Measured,
): string {
  const row = (name: string, values: readonly number[]) =>
    `${name.padEnd(20)} p50 ${quantile(values, 0.5)} ms   p99 ${quantile(values, 0.99)} ms\n`
  return [
    `${pulls} pull requests at once, ${virtualServices} VirtualServices, ${seconds.toFixed(1)} s to the last verdict\n`,
    row('event to verdict', waits),
    row('webhook, relayed', webhooks.relayed),
    row('  as GitHub sees it', webhooks.seen),
    `  by the server      p50 <= ${answeredWithin(metrics, 0.5)} ms   p99 <= ${answeredWithin(metrics, 0.99)} ms\n`,
    `loop of the server   p99 ${lagIn(metrics)} ms late\n`,
    `processor            loop ${processor.loop.toFixed(1)} s, other threads ${processor.others.toFixed(1)} s, the local GitHub ${processor.github.toFixed(1)} s\n`,
    `peak memory          ${peak} MiB\n`,
  ].join('')
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
}
