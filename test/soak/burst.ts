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
}

const [organization, repo, author] = ['org', 'org/mesh', 'carla']
const primaries = 10

/** Opens them as fast as the local GitHub can, waits for every verdict, and says how long each has taken from its event. */
export async function playBurst(burst: Burst): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-burst-'))
  let server: SpawnedServer | undefined
  const stage = await openStage({ limits: { deliveryTimeout: 600_000 } }, async (settings) => {
    const environment = { JOURNAL: join(folder, 'journal'), CONCURRENCY: String(burst.concurrency) }
    server = await spawnServer(settings, environment)
    const webhookUrl = `${server.url}/api/github/webhooks`
    return { url: webhookUrl, webhookUrl, idle: async () => {}, close: async () => {} }
  })
  const memory = watchMemory(() => server?.pid)
  try {
    const { github } = stage
    const files = new Map(
      filesOf({ primaries, secondaries: burst.virtualServices / primaries - 1, routes: 4 }, false),
    )
    await prepare(github, files)
    const began = performance.now()
    const waits = await openAll(github, changesOf(files, burst.pulls))
    const seconds = (performance.now() - began) / 1000
    return told(burst, { waits, seconds, webhooks: webhooksOf(github), peak: memory.peak() })
  } finally {
    memory.stop()
    await server?.end('SIGKILL')
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

/** One after the other another route of another secondary gets a timeout of its own. */
function changesOf(
  files: ReadonlyMap<string, string>,
  count: number,
): readonly Readonly<Record<string, string>>[] {
  const secondaries = [...files].filter(([path]) => path.startsWith('teams/'))
  return Array.from({ length: count }, (_, at) => {
    const [path = '', text = ''] = secondaries[at % secondaries.length] ?? []
    return { [path]: text.replace('      route:\n', `      timeout: ${at + 1}s\n      route:\n`) }
  })
}

/** Milliseconds from the event of each to its verdict. */
async function openAll(
  github: Simulator,
  changes: readonly Readonly<Record<string, string>>[],
): Promise<readonly number[]> {
  const waiting = new Map<string, number>()
  const waits: number[] = []
  let opened = 0
  const look = setInterval(() => {
    for (const [sha, since] of waiting) {
      if (!github.checkRuns(repo, sha).some(({ conclusion }) => conclusion !== null)) continue
      waiting.delete(sha)
      waits.push(performance.now() - since)
    }
  }, 20)
  for (const files of changes) {
    const branch = `topic-${++opened}`
    await github.push({ repo, branch, by: author, files, from: 'main', message: 'Change' })
    const number = await github.openPullRequest({ repo, title: branch, author, head: branch, base: 'main' })
    waiting.set(github.pullRequest(repo, number).head.sha, performance.now())
  }
  while (waits.length < changes.length) await pause(50)
  clearInterval(look)
  return waits
}

function webhooksOf(github: Simulator): readonly number[] {
  return github.deliveries().map(({ duration }) => duration * 1000)
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
  readonly webhooks: readonly number[]
  readonly peak: number
}

function told({ pulls, virtualServices }: Burst, { waits, seconds, webhooks, peak }: Measured): string {
  const row = (name: string, values: readonly number[]) =>
    `${name.padEnd(20)} p50 ${quantile(values, 0.5)} ms   p99 ${quantile(values, 0.99)} ms\n`
  return [
    `${pulls} pull requests at once, ${virtualServices} VirtualServices, ${seconds.toFixed(1)} s to the last verdict\n`,
    row('event to verdict', waits),
    row('webhook', webhooks),
    `peak memory          ${peak} MiB\n`,
  ].join('')
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
}
