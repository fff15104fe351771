import { describe, expect, test } from 'vitest'
import { checkPullRequest } from '../../src/app/check-pull-request.ts'
import { judgePullRequest } from '../../src/app/judge-pull-request.ts'
import { noDecisions } from '../../src/records/decision-log.ts'
import { pullRequest, recordingLog } from '../support/github.ts'
import { charts } from '../support/helm.ts'
import { createInMemoryForge, type InMemoryForge } from '../support/in-memory-forge.ts'

const primary = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bookinfo, namespace: mesh }
spec:
  hosts: [bookinfo.example]
  gateways: [mesh/gateway]
  http:
    - match: [{ uri: { prefix: /log } }]
      delegate: { name: login, namespace: mesh }
`
const secondary = (destination: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: login, namespace: mesh }
spec:
  http:
    - match: [{ uri: { prefix: /login } }]
      route: [{ destination: { host: ${destination} } }]
`
const mesh = {
  '.github/CODEOWNERS': 'mesh/ @bookinfo/admins\nlogin/ @bookinfo/login\n',
  'mesh/bookinfo.yaml': primary,
  'login/login.yaml': secondary('one'),
  'README.md': 'Hello',
}

async function check(forge: InMemoryForge) {
  const log = recordingLog()
  const paused: number[] = []
  const [pull] = forge.pulls
  if (pull === undefined) throw new Error('no pull request')
  const world = {
    ...(await forge.connect(pull.ref)),
    charts,
    judge: judgePullRequest,
    decisions: noDecisions,
    log,
    pause: async (milliseconds: number) => void paused.push(milliseconds),
    today: () => '2026-01-01',
  }
  await checkPullRequest(pull.ref, world)
  return { log, paused }
}

function meshForge(merged: Record<string, string> = {}): InMemoryForge {
  return Object.assign(createInMemoryForge(), { base: mesh, merged: { ...mesh, ...merged } })
}

const edited = { 'login/login.yaml': secondary('two') }
const verdict = (forge: InMemoryForge, at = 0) => forge.runs[at]?.published?.report

describe('a verdict', () => {
  test('asks the team whose traffic somebody else changes', async () => {
    const forge = meshForge(edited)

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('action_required')
    expect(verdict(forge)?.title).toContain('login')
    expect(verdict(forge)?.reviewers).toEqual(['@bookinfo/login'])
    expect(forge.runs[0]?.published?.facts.length).toBeGreaterThan(0)
  })

  test('lets a team change its own', async () => {
    const forge = meshForge(edited)
    forge.people = { membership: (owner) => (owner === '@bookinfo/login' ? 'member' : 'no-member') }

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('success')
  })

  test('suggests what GitHub can take, where the lines of the branch are those after the merge', async () => {
    const broken = secondary('one').replace(
      'match: [{ uri: { prefix: /login } }]',
      'match:\n        - uri: { prefix: /login }\n        - uri: { prefix: /account }',
    )
    const forge = meshForge({ 'login/login.yaml': broken })
    forge.diffLines = new Map([['login/login.yaml', [[1, 9]]]])
    const comments = async () => {
      await check(forge)
      return verdict(forge, forge.runs.length - 1)
        ?.reviewComments.map(({ body }) => body)
        .join('')
    }

    expect(await comments()).toContain('```suggestion\n```')
    forge.head = { ...forge.merged, 'login/login.yaml': `# not on main yet\n${broken}` }
    expect(await comments()).toContain('Take line 8 out of `login/login.yaml`.')
    expect(await comments()).not.toContain('suggestion')
  })

  test('begins its run before anything of the pull request is judged', async () => {
    const forge = meshForge(edited)

    await check(forge)

    expect(forge.reads.slice(0, 2)).toEqual(['pull request', 'begin'])
  })

  test('on what concerns no mesh is success at once, without reading either side', async () => {
    const forge = meshForge({ 'README.md': 'Bye' })

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('success')
    expect(forge.reads.filter((what) => what === 'files of commit')).toEqual([])
    expect(forge.reads).not.toContain('diff lines')
    expect(forge.reads).not.toContain('people')
  })

  test('is not given on a pull request that is merged', async () => {
    const forge = meshForge(edited)
    forge.pulls = [pullRequest({ state: 'merged' })]

    await check(forge)

    expect(forge.runs).toEqual([])
  })
})

test('an override is logged, with who, when and why', async () => {
  const forge = meshForge(edited)
  forge.base = { ...forge.base, '.github/firebreak.yml': 'override: true\n' }
  forge.merged = { ...forge.merged, '.github/firebreak.yml': 'override: true\n' }
  const at = '2026-01-01T10:00:00Z'
  const body = '/firebreak override the shop is down'
  const { sha: commit } = pullRequest().head
  const by = { login: 'maya', bot: false }
  forge.people = {
    reviews: [{ by, state: 'approved', commit, at, mayWrite: true, body }],
    membership: (owner, login) => (owner === '@bookinfo/admins' && login === 'maya' ? 'member' : 'no-member'),
  }

  const { log } = await check(forge)

  expect(verdict(forge)?.conclusion).toBe('success')
  expect(log.lines).toContainEqual({
    level: 'warn',
    message: 'a verdict is set aside',
    fields: expect.objectContaining({
      number: 7,
      head: commit,
      override: { by: 'maya', at, reason: 'the shop is down' },
    }),
  })
})

describe('what GitHub says of CODEOWNERS', () => {
  const unknown = {
    line: 2,
    column: 8,
    kind: 'Unknown owner',
    path: '.github/CODEOWNERS',
    message: 'Unknown owner on line 2: make sure the team @bookinfo/login exists',
  }

  test('decides: an owner whom it does not know satisfies nobody, member or not', async () => {
    const forge = meshForge(edited)
    forge.people = { membership: () => 'member' }
    forge.codeownersErrors = () => [unknown]

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('action_required')
    expect(verdict(forge)?.summary).toContain('GitHub does not count `@bookinfo/login` as an owner')
  })

  test('is asked of both sides where CODEOWNERS changes, and what is new about it blocks', async () => {
    const forge = meshForge({ '.github/CODEOWNERS': `${mesh['.github/CODEOWNERS']}new/ @bookinfo/none\n` })
    forge.people = { membership: () => 'member' }
    const message = 'Unknown owner on line 3: make sure the team @bookinfo/none exists'
    forge.codeownersErrors = (sha) => (sha === 'merged' ? [{ ...unknown, line: 3, message }] : [])

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('failure')
    expect(verdict(forge)?.summary).toContain('GitHub does not count `@bookinfo/none` as an owner')
  })

  test('is not asked where nothing matters to the mesh', async () => {
    const forge = meshForge({ 'README.md': 'Bye' })

    await check(forge)

    expect(forge.reads).not.toContain('CODEOWNERS errors')
  })

  test('is an assumption where it says nothing', async () => {
    const forge = meshForge(edited)
    forge.codeownersErrors = () => 'no-answer'

    await check(forge)

    expect(verdict(forge)?.summary).toContain('GitHub does not say what it makes of')
  })
})

describe('no verdict is possible, so the gate stays shut', () => {
  test.each([
    ['a conflict', { kind: 'conflict', paths: ['login/login.yaml'] }, 'login/login.yaml'],
    ['an unknown merge', { kind: 'unknown', because: { code: 'tree-cut' } }, 'too large to be listed'],
  ] as const)('on %s', async (_, side, words) => {
    const forge = meshForge(edited)
    forge.side = side

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('failure')
    expect(verdict(forge)?.summary).toContain(words)
  })

  test.each([
    ['the base side cannot be read as a whole', 'tip', { kind: 'truncated', path: '' }],
    ['the merged side holds too many files', 'commit', { kind: 'truncated', path: '' }],
    ['a manifest becomes a symbolic link', 'commit', { kind: 'symlink', path: 'login/login.yaml' }],
  ] as const)('where %s', async (_, side, problem) => {
    const forge = meshForge(edited)
    forge.problems = (kind) => (kind === side ? [problem] : [])

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('failure')
    expect(verdict(forge)?.summary).toContain('cannot be read')
  })

  test('but not where something was unreadable before and is left alone', async () => {
    const forge = meshForge({ ...edited })
    forge.people = { membership: () => 'member' }
    forge.problems = () => [{ kind: 'symlink', path: 'elsewhere.yaml' }]

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('success')
  })

  const linked = async (path: string, link: 'symlink' | 'submodule') => {
    const forge = meshForge()
    forge.side = { kind: 'commit', sha: 'merged', changed: [{ path, status: 'added', link }] }
    await check(forge)
    return verdict(forge)
  }

  test.each([
    ['login/more', 'symlink', 'a symbolic link'],
    ['login/deep/down/more', 'symlink', 'a symbolic link'],
    ['mesh/more', 'submodule', 'a submodule'],
    ['login', 'symlink', 'a symbolic link'],
  ] as const)('where %s leads elsewhere out of a folder of the mesh', async (path, link, words) => {
    const report = await linked(path, link)

    expect(report?.conclusion).toBe('failure')
    expect(report?.summary).toContain(path)
    expect(report?.summary).toContain(`it is ${words}`)
  })

  test.each([
    ['docs/more', 'symlink'],
    ['more', 'submodule'],
    ['loginpage/more', 'symlink'],
  ] as const)('but not where %s does, beside the mesh', async (path, link) => {
    expect((await linked(path, link))?.conclusion).toBe('success')
  })

  test('where somebody else wrote a check run under our name', async () => {
    const forge = meshForge({ 'README.md': 'Bye' })
    forge.impostors = ['GitHub Actions']

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('failure')
    expect(verdict(forge)?.summary).toContain('GitHub Actions')
  })
})

describe('the judge', () => {
  test('is the base side: a pull request cannot give itself what it wants to change', async () => {
    const forge = meshForge({ ...edited, '.github/CODEOWNERS': '* @carol\n' })
    forge.people = { membership: (owner) => (owner === '@carol' ? 'member' : 'no-member') }

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('action_required')
  })

  test('may choose other files for manifests', async () => {
    const configuration = 'manifests: { include: ["nowhere/**"] }\n'
    const forge = meshForge(edited)
    forge.base = { ...mesh, '.github/firebreak.yml': configuration }
    forge.merged = { ...forge.base, ...edited }

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('success')
  })
})

describe('what moves meanwhile', () => {
  const moveOnce = (forge: InMemoryForge, over: Parameters<typeof pullRequest>[0]) => {
    forge.beforeRead = (what) => {
      if (what === 'people') forge.pulls = [pullRequest(over)]
    }
  }

  test('as the base does is evaluated again on the same run', async () => {
    const forge = meshForge(edited)
    moveOnce(forge, { base: { branch: 'main', tip: 'newer' } })

    await check(forge)

    expect(forge.runs).toHaveLength(1)
    expect(verdict(forge)?.conclusion).toBe('action_required')
    expect(forge.reads.filter((what) => what === 'people')).toHaveLength(2)
  })

  test.each([
    ['the head', { head: { sha: 'newer', branch: 'topic' } }],
    ['the base branch', { base: { branch: 'release', tip: 'other' } }],
  ])('as %s does gets a run of its own, and the old one is superseded', async (_, over) => {
    const forge = meshForge(edited)
    moveOnce(forge, over)

    await check(forge)

    expect(forge.runs[0]?.abandoned).toMatchObject({ kind: 'superseded' })
    expect(verdict(forge, 1)?.conclusion).toBe('action_required')
  })

  test('by being closed has no verdict', async () => {
    const forge = meshForge(edited)
    moveOnce(forge, { state: 'closed' })

    await check(forge)

    expect(forge.runs).toMatchObject([{ abandoned: { kind: 'superseded' } }])
    expect(verdict(forge)).toBeUndefined()
  })

  test('and never rests is given up in the end, shut', async () => {
    const forge = meshForge(edited)
    let tip = 0
    forge.beforeRead = (what) => {
      if (what === 'people') forge.pulls = [pullRequest({ base: { branch: 'main', tip: `tip ${tip++}` } })]
    }

    await check(forge)

    expect(forge.runs).toMatchObject([{ abandoned: { kind: 'fault' } }])
  })
})

describe('a fault', () => {
  const failing = (
    times: number,
    what: string,
    error: Error = Object.assign(new Error('no'), { status: 502 }),
  ) => {
    const forge = meshForge(edited)
    let left = times
    forge.beforeRead = (read) => {
      if (read === what && left-- > 0) throw error
    }
    return forge
  }

  test.each(['merged side', 'people', 'publish'])('that passes (%s) is only a delay', async (what) => {
    const forge = failing(2, what)

    const { paused } = await check(forge)

    expect(verdict(forge)?.conclusion).toBe('action_required')
    expect(paused).toHaveLength(2)
  })

  test('that stays ends the run as a fault that names it, and is logged', async () => {
    const forge = failing(Number.POSITIVE_INFINITY, 'people')

    const { log } = await check(forge)

    expect(forge.runs).toMatchObject([
      { abandoned: { kind: 'fault', because: 'GitHub answered 502', again: 'by-itself' } },
    ])
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(3)
  })

  test('of our own keeps its words to the log', async () => {
    const forge = failing(Number.POSITIVE_INFINITY, 'people', new Error('a secret'))

    await check(forge)

    expect(JSON.stringify(forge.runs)).not.toContain('a secret')
    expect(forge.runs).toMatchObject([{ abandoned: { kind: 'fault' } }])
  })

  test('before there is a run is tried again, then told to the caller', async () => {
    const passing = failing(2, 'begin')
    await check(passing)
    expect(verdict(passing)?.conclusion).toBe('action_required')

    await expect(check(failing(Number.POSITIVE_INFINITY, 'begin'))).rejects.toThrow('no')
  })
})

describe('a turn in a merge queue', () => {
  const group = { sha: 'group', parent: 'parent' }

  async function checkTurn(forge: InMemoryForge) {
    const { ref } = pullRequest()
    const world = {
      ...(await forge.connect(ref)),
      charts,
      judge: judgePullRequest,
      decisions: noDecisions,
      log: recordingLog(),
      pause: async () => undefined,
      today: () => '2026-01-01',
    }
    await checkPullRequest({ ...ref, group }, world)
  }

  test('is judged against what the queue merges before it', async () => {
    const forge = meshForge(edited)

    await checkTurn(forge)

    expect(verdict(forge)?.conclusion).toBe('action_required')
    expect(forge.tips).toEqual(['parent'])
  })

  test('is over when its pull request moves on, for the queue makes another', async () => {
    const forge = meshForge(edited)
    forge.beforeRead = (what) => {
      if (what === 'people') forge.pulls = [pullRequest({ head: { sha: 'newer', branch: 'topic' } })]
    }

    await checkTurn(forge)

    expect(forge.runs).toMatchObject([{ abandoned: { kind: 'superseded' } }])
  })

  test('does not mind that the tip of the base moves', async () => {
    const forge = meshForge(edited)
    forge.beforeRead = (what) => {
      if (what === 'people') forge.pulls = [pullRequest({ base: { branch: 'main', tip: 'newer' } })]
    }

    await checkTurn(forge)

    expect(verdict(forge)?.conclusion).toBe('action_required')
  })
})

describe('pull requests with the same head and base', () => {
  const twins = (over: Parameters<typeof pullRequest>[0] = {}) => {
    const forge = meshForge(edited)
    const author = { login: 'lina', bot: false }
    const { ref } = pullRequest()
    forge.pulls = [pullRequest({ author }), pullRequest({ ref: { ...ref, number: 8 }, ...over })]
    forge.people = {
      membership: (owner, login) =>
        owner === '@bookinfo/login' && login === 'lina' ? 'member' : 'no-member',
    }
    return forge
  }

  test('share the worst verdict, for they share the check run', async () => {
    const forge = twins()

    await check(forge)

    expect(verdict(forge)?.conclusion).toBe('action_required')
    expect(verdict(forge)?.title).toMatch(/^#8, same commits: /)
  })

  test('are superseded by the last of them that is closed without merging, and by no other', async () => {
    const forge = twins()
    const [first, second] = forge.pulls.map((each) => ({ ...each, state: 'closed' as const }))
    if (first === undefined || second === undefined) throw new Error('two of them')

    forge.pulls = [first, { ...second, state: 'open' }]
    await check(forge)
    expect(forge.runs).toEqual([])

    forge.pulls = [first, second]
    await check(forge)
    expect(forge.runs).toMatchObject([{ number: 7, abandoned: { kind: 'superseded' } }])
  })

  test('of another base or head do not concern each other', async () => {
    for (const over of [
      { base: { branch: 'release', tip: 'x' } },
      { head: { sha: 'other', branch: 'topic' } },
    ]) {
      const forge = twins(over)
      await check(forge)
      expect(verdict(forge)?.conclusion).toBe('success')
    }
  })
})
