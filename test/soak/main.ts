// Random faults over a local GitHub, with the outcome checked on every head.
//
//   npm run test:soak -- --seconds 600 --seed 7 --journal redis
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { freePort, hasRedis, type RedisServer, startRedis } from '../support/redis.ts'
import { replaceableServer } from '../support/spawned-server.ts'
import { openTheatre, type Theatre } from '../support/stage.ts'
import { createDraw, type Draw } from './draw.ts'
import { faults, type Target } from './faults.ts'
import { actions, approve, noteHead, type Proposal, propose, wrongWith } from './proposals.ts'
import { createTally, type Tally } from './tally.ts'
import { watchGreens } from './watch.ts'

/** Longer than this nothing is waited for, at the pace of these servers: a two-hundredth of every pause. */
const mostPatience = 120_000
/** A known objection and a green may stand together for as long as it takes to tell GitHub, and be refused a few times. */
const longestGreen = 5_000
const repositories = 2
const proposalsOfEach = 3

/** Thrown where something is not as it has to be. */
class Lost extends Error {
  override readonly name = 'Lost'
}

interface Soak extends Target {
  readonly theatre: Theatre
  readonly proposals: readonly Proposal[]
  readonly tally: Tally
}

/** Waits until nothing is wrong any more, and stays so. */
async function quiet({ proposals, theatre }: Pick<Soak, 'proposals' | 'theatre'>): Promise<void> {
  const until = performance.now() + mostPatience
  let calm = 0
  while (calm < 3) {
    await pause(100)
    await theatre.github.idle()
    for (const proposal of proposals) noteHead(proposal, theatre)
    const wrong = proposals.flatMap((proposal) => wrongWith(proposal, theatre))
    calm = wrong.length === 0 ? calm + 1 : 0
    if (performance.now() > until) throw new Lost(wrong.join('\n'))
  }
}

function drawSome<T>(draw: Draw, most: number, of: readonly T[]): readonly T[] {
  const count = draw.below(most + 1)
  return Array.from({ length: count }, () => draw.one(of))
}

/** Some of the proposals are approved, others lose it, while a few faults strike; then everything must be right again. */
async function round(soak: Soak): Promise<void> {
  const { draw, theatre, proposals, tally } = soak
  for (const proposal of proposals) {
    if (!proposal.approved && draw.below(2) === 0) await approve(proposal)
  }
  await quiet(soak)
  const possible = Object.keys(faults).filter((name) => name !== 'Redis gone and back' || soak.redisAway)
  const struck = [...new Set(drawSome(draw, 3, possible))]
  const acts = [draw.one(Object.keys(actions)), ...drawSome(draw, 4, Object.keys(actions))]
  tally.tried([...struck, ...acts])
  const striking = Promise.all(struck.map((name) => faults[name]?.(soak)))
  for (const name of acts) {
    const proposal = draw.one(proposals)
    noteHead(proposal, theatre)
    await actions[name]?.(proposal, theatre)
    await pause(draw.below(200))
  }
  await striking
  await quiet(soak)
  tally.survived([...struck, ...acts])
}

/** One server after the other, and what they keep. */
async function openServers(folder: string, redis: boolean) {
  const persistent = [
    '--dir',
    mkdtempSync(join(folder, 'redis-')),
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
  ]
  const redisPort = await freePort()
  let running: RedisServer | undefined = redis ? await startRedis(redisPort, persistent) : undefined
  const server = replaceableServer(
    {
      PORT: String(await freePort()),
      CATCH_UP_MINUTES: '10',
      ...(running ? { REDIS_URL: running.url } : { JOURNAL: join(folder, 'journal') }),
    },
    ['test/soak/server.ts'],
  )
  const redisAway = async () => {
    await running?.stop()
    await pause(300)
    running = await startRedis(redisPort, persistent)
  }
  const close = async () => {
    await server.kill()
    await running?.stop()
  }
  return { server, close, redisAway: redis ? redisAway : undefined }
}

async function soakWith(redis: boolean, seed: number, seconds: number, tally: Tally): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-soak-'))
  const { server, close, redisAway } = await openServers(folder, redis)
  const theatre = await openTheatre({}, {}, server.start)
  const { github } = theatre
  const draw = createDraw(seed)
  const proposals = await proposeAll(theatre)
  let up = true
  const watch = watchGreens(proposals, theatre, () => up)
  let killing = Promise.resolve()
  const killAfter = (milliseconds: number) => {
    killing = killing.then(async () => {
      await pause(milliseconds)
      up = false
      await server.kill()
      await server.replace(github)
      up = true
    })
    return killing
  }
  try {
    await quiet({ proposals, theatre })
    const until = performance.now() + seconds * 1000
    const soak: Soak = { theatre, github, draw, proposals, tally, killAfter, redisAway }
    while (performance.now() < until) await round(soak)
    if (github.contractViolations().length > 0) throw new Lost(github.contractViolations().join('\n'))
    if (watch.longest() > longestGreen)
      throw new Lost(`a known objection and a green stood together for ${watch.longest()} ms`)
    return watch.longest()
  } finally {
    watch.stop()
    await killing
    await close()
    await theatre.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function proposeAll(theatre: Theatre): Promise<readonly Proposal[]> {
  const proposals: Proposal[] = []
  for (let each = 0; each < repositories; each++) {
    const story = await theatre.story()
    await story.push('maya', 'release', { 'README.md': 'Release' }, { from: 'main' })
    for (let one = 0; one < proposalsOfEach; one++) proposals.push(await propose(story))
  }
  return proposals
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    journal: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const seed = Number(values.seed)
const journals = hasRedis ? ['file', 'redis'] : ['file']
const kinds = values.journal === undefined ? journals : [values.journal]
const tally = createTally()
console.log(`seed ${seed}`)
try {
  for (const kind of kinds) {
    const longest = await soakWith(kind === 'redis', seed, Number(values.seconds) / kinds.length, tally)
    console.log(`journal: ${kind}. The longest that a known objection stood beside a green: ${longest} ms.`)
  }
} catch (error) {
  if (!(error instanceof Lost)) throw error
  console.error(`${error.message}\nTo see it again: npm run test:soak -- --seed ${seed}`)
  process.exitCode = 1
} finally {
  console.log(tally.table())
}
