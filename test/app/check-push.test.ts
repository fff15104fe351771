import { describe, expect, test } from 'vitest'
import { checkPush } from '../../src/app/check-push.ts'
import { judgePullRequest } from '../../src/app/judge-pull-request.ts'
import { noDecisions } from '../../src/records/decision-log.ts'
import { at, pullRequest, recordingLog } from '../support/github.ts'
import { charts } from '../support/helm.ts'
import { createInMemoryForge, type InMemoryForge } from '../support/in-memory-forge.ts'

const login = (destination: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: login, namespace: mesh }
spec:
  hosts: [login.example]
  http:
    - route: [{ destination: { host: ${destination} } }]
`
const base = { '.github/CODEOWNERS': 'login/ @bookinfo/login\n', 'login/login.yaml': login('one') }
const push = { branch: 'main', before: 'before', after: 'after' }

function meshForge(merged: Record<string, string>): InMemoryForge {
  return Object.assign(createInMemoryForge(), { base, merged: { ...base, ...merged } })
}

async function check(forge: InMemoryForge) {
  const log = recordingLog()
  const paused: number[] = []
  const undone = await checkPush(
    { ...at, push },
    {
      ...(await forge.connect(at)),
      charts,
      judge: judgePullRequest,
      decisions: noDecisions,
      log,
      pause: async (milliseconds) => void paused.push(milliseconds),
      today: () => '2026-01-01',
    },
  )
  return { log, paused, undone }
}

const edited = { 'login/login.yaml': login('two') }
const isLogin = (owner: string) =>
  owner === '@bookinfo/login' ? ('member' as const) : ('no-member' as const)
const told = ({ told: all }: InMemoryForge) =>
  all.map(({ told: each }) => ('kind' in each ? each : each.report.title))

describe('a push without a pull request', () => {
  test('by whoever may not make the change alone is told', async () => {
    const forge = meshForge(edited)

    const { log } = await check(forge)

    expect(told(forge)).toEqual([expect.stringMatching(/^Merged without login: /)])
    expect(forge.reads).not.toContain('people')
    expect(forge.reads).not.toContain('impostors')
    expect(forge.reads).not.toContain('diff lines')
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn' })
  })

  test('by an owner is told nowhere', async () => {
    const forge = meshForge(edited)
    forge.people = { membership: isLogin }

    await check(forge)

    expect(forge.told).toEqual([])
  })

  test('of a mistake is told, whoever made it', async () => {
    const forge = meshForge({ 'login/login.yaml': login('two').replace('hosts', 'hots') })
    forge.people = { membership: isLogin }

    await check(forge)

    expect(told(forge)).toEqual([expect.stringMatching(/^Merged although blocked: /)])
  })

  test('that changes nothing of the mesh is told nowhere', async () => {
    const forge = meshForge({ 'README.md': 'Hello' })

    await check(forge)

    expect(forge.told).toEqual([])
  })
})

describe('a pull request that was merged', () => {
  const pull = pullRequest({
    state: 'merged',
    base: { branch: 'main', tip: 'before' },
    group: { sha: 'after', parent: 'before' },
  })
  const review = {
    by: { login: 'leo', bot: false },
    state: 'approved' as const,
    commit: pull.head.sha,
    at: '2026-01-01T00:00:00Z',
    mayWrite: true,
    body: '',
  }

  test('is judged with those who took part in it', async () => {
    const forge = meshForge(edited)
    forge.origin = () => ({ kind: 'merged', pull, by: { login: 'olga', bot: false } })
    forge.people = {
      reviews: [review],
      membership: (owner, who) => (isLogin(owner) === 'member' && who === 'leo' ? 'member' : 'no-member'),
    }

    await check(forge)
    expect(forge.told).toEqual([])

    forge.people = { ...forge.people, reviews: [] }
    await check(forge)
    expect(told(forge)).toEqual([expect.stringMatching(/^Merged without login: /)])
    expect(forge.told[0]?.told).toMatchObject({
      report: { summary: expect.stringContaining('`olga` merged') },
    })
  })
})

describe('a pull request that was green', () => {
  const pull = pullRequest({
    base: { branch: 'main', tip: 'before' },
    group: { sha: 'after', parent: 'before' },
  })

  test('for this very base is not judged again', async () => {
    const forge = meshForge(edited)
    forge.origin = () => ({ kind: 'merged', pull, greenAt: 'before' })

    await check(forge)

    expect(forge.reads).toEqual(['push origin'])
  })

  test('for a base that differs by nothing that matters is not judged again', async () => {
    const forge = meshForge(edited)
    forge.origin = () => ({ kind: 'merged', pull, greenAt: 'older' })
    forge.side = { kind: 'commit', sha: 'before', changed: [{ path: 'README.md', status: 'modified' }] }

    await check(forge)

    expect(forge.told).toEqual([])
    expect(forge.reads).not.toContain('people')
  })

  test('for a base that has changed since is judged again', async () => {
    const forge = meshForge(edited)
    forge.origin = () => ({ kind: 'merged', pull, greenAt: 'older' })

    await check(forge)

    expect(told(forge)).toEqual([expect.stringMatching(/^Merged without login: /)])
  })
})

test('what a merge queue let in is not judged again', async () => {
  const forge = meshForge(edited)
  forge.origin = () => ({ kind: 'judged' })

  await check(forge)

  expect(forge.reads).toEqual(['push origin'])
})

describe('a fault', () => {
  test('is tried again', async () => {
    const forge = meshForge(edited)
    let failures = 2
    forge.beforeRead = (what) => {
      if (what === 'push origin' && failures-- > 0) throw new Error('502')
    }

    const { paused } = await check(forge)

    expect(paused).toHaveLength(2)
    expect(told(forge)).toHaveLength(1)
  })

  test.each([401, 403, 429, 502])(
    'of a forge that says %s is told nowhere, and left for another try',
    async (status) => {
      const forge = meshForge(edited)
      forge.beforeRead = (what) => {
        if (what === 'merged side') throw Object.assign(new Error('no'), { status })
      }

      const { undone } = await check(forge)

      expect(told(forge)).toEqual([])
      expect(undone).toMatchObject({ error: { status }, lacks: 'verdict' })
    },
  )

  test('that stays is told as one', async () => {
    const forge = meshForge(edited)
    forge.beforeRead = (what) => {
      if (what === 'merged side') throw Object.assign(new Error('gone'), { status: 404 })
    }

    const { undone } = await check(forge)

    expect(told(forge)).toEqual([{ kind: 'fault', because: 'GitHub answered 404', again: 'by-hand' }])
    expect(undone).toBeUndefined()
  })
})
