import { afterAll, describe, expect, test } from 'vitest'
import { type Judge, judgePullRequest } from '../../src/app/judge-pull-request.ts'
import { JudgingLimit, JudgingNotBegun } from '../../src/app/judging-limit.ts'
import { digestsOf, shownBy } from '../../src/github/checks/shown.ts'
import { createJudgingThreads, type JudgingOptions, type JudgingThreads } from '../../src/judging/threads.ts'
import { pullRequest, recordingLog } from '../support/github.ts'
import { charts } from '../support/helm.ts'
import { createInMemoryForge, type InMemoryForge } from '../support/in-memory-forge.ts'

const opened: JudgingThreads[] = []
afterAll(() => Promise.all(opened.map((threads) => threads.close())))

function open(options: Partial<JudgingOptions> = {}): JudgingThreads {
  const threads = createJudgingThreads({ threads: 1, ...options })
  opened.push(threads)
  return threads
}

/** Starting a thread takes a while, so most tests share one. */
const threads = open({ threads: 2 })

const login = (destination: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: login, namespace: mesh }
spec:
  hosts: [login.example]
  http: [{ route: [{ destination: { host: ${destination} } }] }]
`

/** A check that was finished before anybody approved. */
const shown = (facts: readonly string[]) => [shownBy('2026-01-01T09:00:00Z', digestsOf(facts))]

/** Somebody changes what login owns, and lina of login approves of it, who had been shown nothing. */
function changedForge(): InMemoryForge {
  const forge = createInMemoryForge()
  const codeowners = { '.github/CODEOWNERS': 'login/ @bookinfo/login\n' }
  forge.base = { ...codeowners, 'login/login.yaml': login('one') }
  forge.merged = { ...codeowners, 'login/login.yaml': login('two') }
  forge.people = {
    reviews: [
      {
        by: { login: 'lina', bot: false },
        state: 'approved',
        commit: pullRequest().head.sha,
        at: '2026-01-01T10:00:00Z',
        mayWrite: true,
        body: '',
      },
    ],
    shown: shown([]),
    membership: (owner, who) => (owner === '@bookinfo/login' && who === 'lina' ? 'member' : 'no-member'),
  }
  return forge
}

async function worldOf(
  forge: InMemoryForge,
): Promise<Parameters<Judge>[1] & { log: ReturnType<typeof recordingLog> }> {
  const { repository, objects } = await forge.connect(pullRequest().ref)
  return { repository, objects, charts, log: recordingLog(), today: () => '2026-01-01' }
}

describe('in a thread', () => {
  test('a pull request gets the very verdict that it gets here', async () => {
    const forge = changedForge()
    const here = await judgePullRequest(pullRequest(), await worldOf(forge))

    expect(here.report.conclusion).toBe('action_required')
    expect(await threads.judge(pullRequest(), await worldOf(forge))).toEqual(here)
  })

  test('an approval counts for what the check had listed', async () => {
    const forge = changedForge()
    const { facts } = await judgePullRequest(pullRequest(), await worldOf(forge))
    forge.people = { ...forge.people, shown: shown(facts) }
    expect((await threads.judge(pullRequest(), await worldOf(forge))).report.conclusion).toBe('success')

    forge.people = { ...forge.people, shown: shown([]) }
    expect((await threads.judge(pullRequest(), await worldOf(forge))).report.conclusion).toBe(
      'action_required',
    )
  })

  test('whatever is logged is logged here', async () => {
    const world = await worldOf(changedForge())
    await threads.judge(pullRequest(), world)

    expect(world.log.lines).toContainEqual(expect.objectContaining({ message: 'two sides read' }))
  })

  test('GitHub refuses with its status', async () => {
    const forge = changedForge()
    forge.beforeRead = (what) => {
      if (what === 'merged side')
        throw Object.assign(new Error('Bad gateway'), { status: 502, request: () => 1 })
    }

    const judged = threads.judge(pullRequest(), await worldOf(forge))

    await expect(judged).rejects.toMatchObject({ message: 'Bad gateway', status: 502 })
  })

  test('a file that was read is not asked for again', async () => {
    const forge = changedForge()
    const asked: string[] = []
    const world = await worldOf(forge)
    const objects = {
      ...world.objects,
      blob: (...object: Parameters<typeof world.objects.blob>) => {
        asked.push(object[0])
        return world.objects.blob(...object)
      },
    }
    const ref = { ...pullRequest().ref, repo: 'another' }

    await threads.judge(pullRequest({ ref }), { ...world, objects })
    const first = asked.length
    await threads.judge(pullRequest({ ref }), { ...world, objects })

    expect(first).toBeGreaterThan(0)
    expect(asked).toHaveLength(first)
  })

  test('as many as there are threads are judged at a time, and each in its turn', async () => {
    const world = await worldOf(changedForge())
    const judged = Array.from({ length: 5 }, () => threads.judge(pullRequest(), world))

    const conclusions = (await Promise.all(judged)).map(({ report }) => report.conclusion)

    expect(new Set(conclusions)).toEqual(new Set(['action_required']))
  })
})

describe('beyond a limit', () => {
  test('a judgement is ended, while here everything goes on', async () => {
    const hurried = open({ seconds: 0.001 })
    let ticks = 0
    const ticking = setInterval(() => ticks++, 1)

    const judged = hurried.judge(pullRequest(), await worldOf(changedForge()))

    await expect(judged).rejects.toThrow('judging it took more than 0.001 seconds, and was ended')
    clearInterval(ticking)
    expect(ticks).toBeGreaterThan(0)
  })

  test('the time that a thread takes to begin is not its own, and a thread that does not begin is ended', async () => {
    const late = open({ startSeconds: 0.001 })

    const judged = late.judge(pullRequest(), await worldOf(changedForge()))

    await expect(judged).rejects.toThrow('no thread began to judge it within 0.001 seconds')
    await expect(judged).rejects.toBeInstanceOf(JudgingNotBegun)
  })

  test('of memory it is ended, too', async () => {
    const poor = open({ memory: 4 })

    await expect(poor.judge(pullRequest(), await worldOf(changedForge()))).rejects.toBeInstanceOf(
      JudgingLimit,
    )
  })

  test('the next one has another thread', async () => {
    const forge = changedForge()
    const one = open()
    const ended = one.judge(pullRequest(), await worldOf(forge))
    await one.close()
    await expect(ended).rejects.toThrow('the thread that judged it has ended')

    expect(await one.judge(pullRequest(), await worldOf(changedForge()))).toHaveProperty('report')
  })
})
