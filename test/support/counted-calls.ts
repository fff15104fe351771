import { setTimeout as pause } from 'node:timers/promises'
import type { Simulator } from '@firebreak/simulator'
import { openStage, type Stage, type Start } from '../../demo/play.ts'
import type { Settings } from '../../src/settings.ts'

type LoggedRequest = ReturnType<Simulator['requests']>[number]

/** The calls of one evaluation, from its event to its last word, by route. */
export interface CountedCalls {
  readonly total: number
  readonly byRoute: ReadonlyMap<string, number>
}

/** The three evaluations that are counted: of a server that knows nothing, of one that knows the rest, and of a change that matters to nobody. */
export interface CountedCases {
  readonly cold: CountedCalls
  readonly warm: CountedCalls
  readonly untouched: CountedCalls
}

const repo = 'shop/mesh'
const teams = 40

/** A mesh of as many VirtualServices, those of each team in a folder of its own. */
function manyManifests(count: number): Readonly<Record<string, string>> {
  const files = Array.from({ length: count }, (_, at) => [pathOf(at), manifestOf(at, 1)] as const)
  const owners = Array.from({ length: teams }, (_, at) => `/teams/team-${at}/ @shop/team-${at}\n`)
  return {
    ...Object.fromEntries(files),
    '.github/CODEOWNERS': `* @shop/mesh-admins\n${owners.join('')}`,
    'docs/guide/README.md': 'How to use it.\n',
  }
}

function pathOf(at: number): string {
  return `teams/team-${at % teams}/service-${at}.yaml`
}

function manifestOf(at: number, seconds: number): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: service-${at}
  namespace: shop
spec:
  hosts: [service-${at}.example]
  gateways: [mesh]
  http:
    - timeout: ${seconds}s
      route: [{ destination: { host: service-${at}.shop.svc.cluster.local } }]
`
}

/** Counts the three, one after the other, on a local GitHub with a repository of so many manifests. */
export async function countCalls(
  manifests: number,
  start: Start,
  settings: Partial<Settings> = {},
): Promise<CountedCases> {
  const stage = await openStage({}, start, settings)
  try {
    await seedShop(stage, manifests)
    return {
      cold: await callsOf(stage, { [pathOf(3)]: manifestOf(3, 2) }),
      warm: await callsOf(stage, { [pathOf(43)]: manifestOf(43, 2) }),
      untouched: await callsOf(stage, { 'docs/guide/README.md': 'How to use it well.\n' }),
    }
  } finally {
    await stage.close()
  }
}

async function seedShop({ github, settle, restart }: Stage, manifests: number): Promise<void> {
  github.createUser('olga')
  github.createOrganization('shop', ['olga'])
  github.createTeam({ organization: 'shop', slug: 'mesh-admins', members: ['olga'] })
  for (let at = 0; at < teams; at++)
    github.createTeam({ organization: 'shop', slug: `team-${at}`, members: ['lina', 'leo'] })
  await github.createRepository({
    repo,
    files: manyManifests(manifests),
    by: 'olga',
    teams: Object.fromEntries(Array.from({ length: teams }, (_, at) => [`team-${at}`, 'write' as const])),
  })
  github.protectBranch(repo, 'main', { requiredChecks: ['firebreak'] })
  await settle()
  // What was judged of the first push is forgotten with the server.
  await restart()
  await settle()
}

async function callsOf(
  { github, settle }: Stage,
  files: Readonly<Record<string, string>>,
): Promise<CountedCalls> {
  const branch = `topic-${github.requests().length}`
  const at = { repo, branch, by: 'lina', message: 'Change' }
  await github.push({ ...at, from: 'main', files })
  await settle()
  const before = github.requests().length
  await openOne(github, branch)
  await settle()
  return counted(github.requests().slice(before))
}

function openOne(github: Simulator, head: string): Promise<number> {
  return github.openPullRequest({ repo, title: head, author: 'lina', head, base: 'main' })
}

function counted(requests: readonly LoggedRequest[]): CountedCalls {
  const byRoute = new Map<string, number>()
  for (const request of requests) {
    const route = routeOf(request)
    byRoute.set(route, (byRoute.get(route) ?? 0) + 1)
  }
  return { total: requests.length, byRoute }
}

/** Without what tells one repository, commit or number from another. */
function routeOf({ method, path }: LoggedRequest): string {
  const [route = ''] = path.split('?')
  const plain = route
    .replace(`/repos/${repo}`, '')
    .replace(/[0-9a-f]{40}(?:\.\.\.[0-9a-f]{40})?/, 'SHA')
    .replace(/\/\d+(?=\/|$)/g, '/N')
    .replace(/team-\d+/, 'TEAM')
  return `${method} ${plain}`
}

/** How long a burst of pull requests took, in seconds since the first was opened. */
export interface Burst {
  /** To the first verdict, to the half of them, and to the last. */
  readonly verdicts: readonly number[]
  /** Until nothing was left to be said. */
  readonly over: number
}

/** Opens so many pull requests at once, each of which changes one file, before a server that keeps to GitHub's pace. */
export async function timeBurst(count: number, start: Start): Promise<Burst> {
  const stage = await openStage({}, start, { pace: 'github' })
  const { github } = stage
  try {
    await seedShop(stage, 200)
    for (let at = 0; at < count; at++)
      await github.push({
        repo,
        branch: `burst-${at}`,
        by: 'lina',
        message: 'Change',
        from: 'main',
        files: { [pathOf(at)]: manifestOf(at, 2) },
      })
    const began = performance.now()
    const seconds = () => Math.round((performance.now() - began) / 1000)
    for (let at = 0; at < count; at++) await openOne(github, `burst-${at}`)
    const watching = watchVerdicts(github, count, seconds)
    await stage.settle()
    return { verdicts: await watching, over: seconds() }
  } finally {
    await stage.close()
  }
}

async function watchVerdicts(
  github: Simulator,
  count: number,
  seconds: () => number,
): Promise<readonly number[]> {
  const at: number[] = []
  const heads = Array.from({ length: count }, (_, index) => github.pullRequest(repo, index + 1).head.sha)
  while (at.length < count) {
    const done = heads.filter((head) => github.checkRuns(repo, head).at(-1)?.status === 'completed').length
    while (at.length < done) at.push(seconds())
    await pause(200)
  }
  return [at[0] ?? 0, at[Math.floor(count / 2)] ?? 0, at.at(-1) ?? 0]
}
