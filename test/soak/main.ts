// Random faults over a local GitHub, with the outcome checked on every head.
//
//   npm run test:soak -- --seconds 600 --seed 7 --journal redis
//
// `--journal fleet`: three servers that share a Redis. `--only clock`: no faults but those whose name holds this.
// `--endless`: in the first round with each journal, and in some others, an evaluation never ends, which takes a quarter of a minute each.
// `SOAK_PATIENCE=600`: seconds until what is not right is lost, for a machine that has much else to do.
//
//   npm run test:soak -- --burst 200 --virtual-services 510 --concurrency 2
//
// `--profile FOLDER`: what the server's processor did, for Chrome's DevTools.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { hasRedis } from '../support/redis.ts'
import { openTheatre, type Story, type Theatre } from '../support/stage.ts'
import { type Beside, drawBeside, Lost, type Means, mostPatience, neverEnding } from './beside.ts'
import { playBurst } from './burst.ts'
import { createDraw, type Draw } from './draw.ts'
import { faults, type Target } from './faults.ts'
import { type Fleet, openFleet } from './fleet.ts'
import { actions, approve, noteHead, type Proposal, propose, wrongWith } from './proposals.ts'
import { createTally, type Tally } from './tally.ts'
import { watchGreens } from './watch.ts'

/** A known objection and a green may stand together for as long as it takes to tell GitHub, and be refused a few times. */
const longestGreen = 5_000
const repositories = 2
const proposalsOfEach = 3

interface Soak extends Target {
  readonly theatre: Theatre
  readonly proposals: readonly Proposal[]
  readonly tally: Tally
  readonly queued: Story
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
async function round(soak: Soak, isFirst: boolean): Promise<void> {
  const { draw, theatre, proposals, tally } = soak
  for (const proposal of proposals) {
    if (!proposal.approved && draw.below(2) === 0) await approve(proposal)
  }
  await quiet(soak)
  const possible = Object.keys(faults)
    .filter((name) => name !== 'Redis gone and back' || soak.redisAway)
    .filter((name) => name.includes(values.only))
  const struck = [...new Set(possible.length === 0 ? [] : drawSome(draw, 3, possible))]
  const beside = await besideIn(soak, isFirst)
  const acts = [draw.one(Object.keys(actions)), ...drawSome(draw, 4, Object.keys(actions))]
  const names = [...struck, ...acts, ...(beside ? [beside.name] : [])]
  tally.tried(names)
  const striking = Promise.all([beside?.begin(), ...struck.map((name) => faults[name]?.(soak))])
  for (const name of acts) {
    const proposal = draw.one(proposals)
    noteHead(proposal, theatre)
    await actions[name]?.(proposal, theatre)
    await pause(draw.below(200))
  }
  await striking
  await quiet({ theatre, proposals: [...proposals, ...(beside?.proposals ?? [])] })
  await beside?.end()
  tally.survived(names)
}

async function besideIn(soak: Soak, isFirst: boolean): Promise<Beside | undefined> {
  const { draw, theatre, proposals, queued, replaceForGood } = soak
  const stories = { usual: draw.one(proposals).story, queued }
  const means: Means = {
    quiet: (some) => quiet({ theatre, proposals: some }),
    replaceForGood,
    endless: values.endless,
  }
  return isFirst && values.endless
    ? neverEnding(stories.usual, theatre, means)
    : drawBeside(draw, stories, theatre, means)
}

/** What servers keep, and how many share it. */
const journals = { file: 'file', redis: 1, fleet: 3 } as const

async function soakWith(
  journal: keyof typeof journals,
  seed: number,
  seconds: number,
  tally: Tally,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-soak-'))
  const fleet = await openFleet(folder, journals[journal])
  const theatre = await openTheatre({}, {}, fleet.start)
  const { github } = theatre
  const draw = createDraw(seed)
  const proposals = await proposeAll(theatre)
  const queued = await theatre.story()
  github.protectBranch(queued.repo, 'main', { requiredChecks: ['firebreak'], mergeQueue: true })
  const watch = watchGreens(proposals, theatre, fleet.isWhole)
  const replacements = replacementsIn(fleet, {
    github,
    draw,
    servers: journal === 'fleet' ? journals.fleet : 1,
  })
  const { redisAway } = fleet
  try {
    await quiet({ proposals, theatre })
    const until = performance.now() + seconds * 1000
    const organizations = [...new Set(proposals.map(({ story }) => story.org))]
    const soak: Soak = {
      queued,
      organizations,
      theatre,
      github,
      draw,
      proposals,
      tally,
      ...replacements,
      redisAway,
    }
    await round(soak, true)
    while (performance.now() < until) await round(soak, false)
    if (github.contractViolations().length > 0) throw new Lost(github.contractViolations().join('\n'))
    if (watch.longest() > longestGreen)
      throw new Lost(`a known objection and a green stood together for ${watch.longest()} ms`)
    return watch.longest()
  } finally {
    watch.stop()
    await replacements.over()
    await fleet.close()
    await theatre.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One after the other, however many are wanted at once. */
function replacementsIn(
  fleet: Fleet,
  { github, draw, servers }: Pick<Target, 'github' | 'draw'> & { readonly servers: number },
): Pick<Target, 'replaceAfter' | 'replaceAll' | 'replaceForGood'> & { readonly over: () => Promise<void> } {
  let last = Promise.resolve()
  function next(work: () => Promise<void>): Promise<void> {
    last = last.then(work)
    return last
  }
  async function all(over?: Parameters<Target['replaceAll']>[0]): Promise<void> {
    for (let at = 0; at < servers; at++) await fleet.replace(github, at, over)
  }
  return {
    replaceAfter: (milliseconds, over) =>
      next(async () => {
        await pause(milliseconds)
        await fleet.replace(github, draw.below(servers), over)
      }),
    replaceAll: (over) => next(() => all(over)),
    replaceForGood: (over) =>
      next(() => {
        fleet.always(over)
        return all()
      }),
    over: () => last,
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

function isJournal(name: string): name is keyof typeof journals {
  return Object.hasOwn(journals, name)
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    journal: { type: 'string' },
    only: { type: 'string', default: '' },
    endless: { type: 'boolean', default: false },
    burst: { type: 'string' },
    'virtual-services': { type: 'string', default: '510' },
    profile: { type: 'string' },
    concurrency: { type: 'string', default: '4' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
if (values.burst === undefined) await soakAll()
else {
  const virtualServices = Number(values['virtual-services'])
  const concurrency = Number(values.concurrency)
  console.log(
    await playBurst({ pulls: Number(values.burst), virtualServices, concurrency, profile: values.profile }),
  )
}

/** With each kind of journal in turn; ends at the first thing that is lost. */
async function soakAll(): Promise<void> {
  const seed = Number(values.seed)
  const possible = Object.keys(journals).filter(isJournal)
  const all = possible.filter((each) => each === 'file' || hasRedis)
  const kinds = values.journal === undefined ? all : possible.filter((each) => each === values.journal)
  if (kinds.length === 0) throw new Error(`--journal is one of ${possible.join(', ')}`)
  const tally = createTally()
  console.log(`seed ${seed}`)
  try {
    for (const kind of kinds) {
      const longest = await soakWith(kind, seed, Number(values.seconds) / kinds.length, tally)
      console.log(`journal: ${kind}. The longest that a known objection stood beside a green: ${longest} ms.`)
    }
  } catch (error) {
    if (!(error instanceof Lost)) throw error
    console.error(`${error.message}\nTo see it again: npm run test:soak -- --seed ${seed}`)
    process.exitCode = 1
  } finally {
    console.log(tally.table())
  }
}
