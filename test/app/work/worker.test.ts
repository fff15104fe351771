import { describe, expect, test } from 'vitest'
import { type Judge, judgePullRequest } from '../../../src/app/judge-pull-request.ts'
import { createWorker, type WorkerOptions } from '../../../src/app/work/worker.ts'
import { createFileJournal } from '../../../src/queue/file-journal.ts'
import { createMemoryQueue } from '../../../src/queue/memory-queue.ts'
import { noDecisions } from '../../../src/records/decision-log.ts'
import { at, pullRequest, recordingLog } from '../../support/github.ts'
import { charts } from '../../support/helm.ts'
import { createInMemoryForge, type InMemoryForge } from '../../support/in-memory-forge.ts'

function worker(forge: InMemoryForge, over: Partial<WorkerOptions> = {}) {
  const log = recordingLog()
  const paused: number[] = []
  const asked: { readonly after: number; readonly now: () => void }[] = []
  const made = createWorker({
    forge,
    charts,
    judge: judgePullRequest,
    decisions: noDecisions,
    journal: createFileJournal(':memory:'),
    createQueue: createMemoryQueue,
    concurrency: 2,
    log,
    pause: async (after) => {
      if (after < 30_000) paused.push(after)
      else await new Promise<void>((now) => void asked.push({ after, now }))
    },
    today: () => '2026-01-01',
    ...over,
  })
  return { log, paused, asked, ...made }
}

const numbers = (forge: InMemoryForge) => forge.runs.map(({ number }) => number).sort()

/** 7 and 8 share a head; 8 and 9 go into `release`. */
function threePulls(): InMemoryForge {
  const forge = createInMemoryForge()
  const { ref, head, base } = pullRequest()
  const release = { ...base, branch: 'release' }
  forge.pulls = [
    pullRequest(),
    pullRequest({ ref: { ...ref, number: 8 }, base: release }),
    pullRequest({ ref: { ...ref, number: 9 }, base: release, head: { ...head, sha: 'other' } }),
  ]
  return forge
}

test('a pull request that is asked for gets its verdict', async () => {
  const forge = threePulls()
  const { request, idle } = worker(forge)

  await request({ kind: 'pull-request', ref: { ...at, number: 8 } })
  await idle()

  expect(forge.runs).toMatchObject([{ number: 8, published: { report: { conclusion: 'success' } } }])
})

test('a pull request in a merge queue gets its verdict there anew as well; its turn alone concerns nothing else', async () => {
  const forge = threePulls()
  const group = { sha: 'group', parent: 'parent' }
  forge.mergeGroups = [group]
  const { request, idle } = worker(forge)

  await request({ kind: 'pull-request', ref: { ...at, number: 7, group } })
  await idle()
  expect(forge.runs.map(({ headSha }) => headSha)).toEqual(['group'])

  await request({ kind: 'pull-request', ref: { ...at, number: 7 } })
  await idle()
  expect(forge.runs.map(({ headSha }) => headSha)).toEqual(['group', pullRequest().head.sha, 'group'])
  expect(forge.runs.every(({ published }) => published !== undefined)).toBe(true)
})

describe('a push to a fork', () => {
  const { sha } = pullRequest().head
  const pushed = { kind: 'pushed-fork', ref: { ...at, number: 7 }, head: sha, by: 'lina' } as const

  test('is noted before it is evaluated', async () => {
    const forge = threePulls()
    const { request, idle } = worker(forge)

    await request(pushed)
    await idle()

    expect(forge.noted).toEqual([`7 ${sha} lina`])
    expect(forge.reads.indexOf('note pusher')).toBeLessThan(forge.reads.indexOf('begin'))
    expect(numbers(forge)).toEqual([7])
  })

  test.each([
    ['of an older head', { head: 'older' }, {}],
    ['of a pull request that was closed', {}, { state: 'closed' as const }],
  ])('%s is not noted', async (_, over, pull) => {
    const forge = threePulls()
    forge.pulls = [pullRequest(pull)]
    const { request, idle } = worker(forge)

    await request({ ...pushed, ...over })
    await idle()

    expect(forge.noted).toEqual([])
  })

  test('that cannot be noted is evaluated all the same, after it was tried again', async () => {
    const forge = threePulls()
    forge.beforeRead = (what) => {
      if (what === 'note pusher') throw new Error('502')
    }
    const { request, idle, log, paused } = worker(forge)

    await request(pushed)
    await idle()

    expect(paused).toHaveLength(2)
    expect(log.lines.map(({ level }) => level)).toContain('error')
    expect(numbers(forge)).toEqual([7])
  })
})

test('all open pull requests with a head are evaluated', async () => {
  const forge = threePulls()
  const { request, idle } = worker(forge)

  await request({ kind: 'head', repository: at, sha: pullRequest().head.sha })
  await idle()

  expect(numbers(forge)).toEqual([7, 8])
})

test('all open pull requests of a repository are evaluated', async () => {
  const forge = threePulls()
  const { request, idle } = worker(forge)

  await request({ kind: 'repository', repository: at })
  await idle()

  expect(numbers(forge)).toEqual([7, 8, 9])
})

describe('a base that has moved', () => {
  const moved = { kind: 'base', repository: at, branch: 'release', tip: 'tip' } as const

  test.each([
    ['nobody knows by what', undefined],
    ['by a manifest', ['README.md', 'mesh/a.yaml']],
    ['by CODEOWNERS', ['docs/CODEOWNERS']],
    ['by the configuration', ['.github/firebreak.yml']],
  ])('(%s) evaluates all into it', async (_, paths) => {
    const forge = threePulls()
    const { request, idle } = worker(forge)

    await request({ ...moved, ...(paths === undefined ? {} : { paths }) })
    await idle()

    expect(numbers(forge)).toEqual([8, 9])
  })

  test('by nothing that matters leaves every verdict as it was', async () => {
    const forge = threePulls()
    const { request, idle } = worker(forge)

    await request({ ...moved, paths: ['README.md'] })
    await idle()

    expect(forge.runs).toEqual([])
  })

  test('by what the configuration of the base calls a manifest evaluates all into it', async () => {
    const forge = threePulls()
    forge.base = { '.github/firebreak.yml': 'manifests: { include: ["**/*.tmpl"] }\n' }
    forge.merged = forge.base
    const { request, idle } = worker(forge)

    await request({ ...moved, paths: ['mesh/a.tmpl'] })
    await idle()

    expect(numbers(forge)).toEqual([8, 9])
  })
})

describe('what a branch has come to hold', () => {
  const push = { branch: 'release', before: 'before', after: 'after' }
  const scope = { kind: 'push', repository: at, push, isDefault: 'no', paths: ['mesh/a.yaml'] } as const
  const reads = async (forge: InMemoryForge, over: object) => {
    const { request, idle } = worker(forge)
    await request({ ...scope, ...over })
    await idle()
    return forge.reads.includes('push origin')
  }

  test('is looked into where it is the default branch, or protected', async () => {
    expect(await reads(createInMemoryForge(), { isDefault: 'yes' })).toBe(true)
    const forge = createInMemoryForge()
    forge.protectedBranches = ['release']
    expect(await reads(forge, {})).toBe(true)
  })

  test('is left alone in any other branch, and where nothing that matters was pushed', async () => {
    expect(await reads(createInMemoryForge(), {})).toBe(false)
    expect(await reads(createInMemoryForge(), { isDefault: 'yes', paths: ['README.md'] })).toBe(false)
  })

  test('is looked into where nobody knows what was pushed', async () => {
    expect(await reads(createInMemoryForge(), { isDefault: 'yes', paths: undefined })).toBe(true)
  })
})

describe('a change in a team', () => {
  const teams = { kind: 'teams', installation: 1, organization: 'BookInfo' } as const

  test('evaluates what names a team of the organization', async () => {
    const forge = threePulls()
    forge.base = { CODEOWNERS: '* @bookinfo/login\n' }
    forge.merged = forge.base
    const { request, idle } = worker(forge)

    await request(teams)
    await idle()

    expect(numbers(forge)).toEqual([7, 8, 9])
  })

  test.each([
    ['a repository', ['warn', 'warn', 'error']],
    ['a pull request', ['warn']],
  ])('that meets %s which cannot be read reaches all others', async (what, levels) => {
    const forge = threePulls()
    forge.base = { CODEOWNERS: '* @bookinfo/login\n' }
    forge.merged = forge.base
    const { connect } = forge
    forge.repositories = async () => [{ ...at, repo: 'disabled' }, at]
    forge.connect = (to) =>
      what === 'a repository' && to.repo === 'disabled' ? Promise.reject(new Error('403')) : connect(to)
    if (what === 'a pull request') {
      forge.repositories = async () => [at]
      let reads = 0
      forge.beforeRead = (read) => {
        if (read === 'pull request' && ++reads === 1) throw new Error('404')
      }
    }
    const { request, idle, log } = worker(forge)

    await request(teams)
    await idle()

    expect(numbers(forge)).toEqual([7, 8, 9])
    expect(log.lines.map(({ level }) => level).filter((level) => level !== 'info')).toEqual(levels)
  })

  test('or in who belongs to the organization evaluates what names that person', async () => {
    const forge = threePulls()
    forge.base = { CODEOWNERS: '* @Carol\n' }
    const { request, idle } = worker(forge)

    await request({ ...teams, login: 'dora' })
    await idle()
    expect(forge.runs).toEqual([])

    await request({ ...teams, login: 'carol' })
    await idle()
    expect(numbers(forge)).toEqual([7, 8, 9])
  })

  test('leaves alone what names none, and other organizations', async () => {
    const forge = threePulls()
    forge.base = { CODEOWNERS: '* @carol\n' }
    const { request, idle } = worker(forge)

    await request(teams)
    await request({ ...teams, organization: 'elsewhere' })
    await idle()

    expect(forge.runs).toEqual([])
  })
})

test('a forge that cannot be reached is tried again', async () => {
  const forge = threePulls()
  const { connect } = forge
  let failures = 2
  forge.connect = (at) => (failures-- > 0 ? Promise.reject(new Error('502')) : connect(at))
  const { request, idle } = worker(forge)

  await request({ kind: 'pull-request', ref: { ...at, number: 7 } })
  await idle()

  expect(numbers(forge)).toEqual([7])
})

describe('a list that cannot be read', () => {
  test('is read again', async () => {
    const forge = threePulls()
    let failures = 2
    forge.beforeRead = (what) => {
      if (what === 'open pull requests' && failures-- > 0) throw new Error('502')
    }
    const { request, idle, paused } = worker(forge)

    await request({ kind: 'head', repository: at, sha: 'other' })
    await idle()

    expect(numbers(forge)).toEqual([9])
    expect(paused).toHaveLength(2)
  })

  test('is given up aloud', async () => {
    const forge = threePulls()
    forge.beforeRead = (what) => {
      if (what === 'open pull requests') throw new Error('502')
    }
    const { request, idle, log } = worker(forge)

    await request({ kind: 'head', repository: at, sha: 'other' })
    await idle()

    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'warn', 'error', 'warn'])
  })
})

/** Judges nothing until it is opened. */
function heldJudge() {
  const { promise, resolve: open } = Promise.withResolvers<void>()
  const judge: Judge = (...given) => promise.then(() => judgePullRequest(...given))
  return { judge, open }
}

test('closing ends what is at work, and leaves what waits to whoever opens the journal next', async () => {
  const forge = threePulls()
  const { judge, open } = heldJudge()
  const journal = { ...createFileJournal(':memory:'), close: async () => undefined }
  const made = worker(forge, { concurrency: 1, judge, journal })
  for (const number of [7, 9]) await made.request({ kind: 'pull-request', ref: { ...at, number } })
  await expect.poll(() => made.load()).toEqual({ running: 1, waiting: 1 })

  const closed = made.close()
  open()
  await closed

  expect(forge.runs.filter(({ published }) => published !== undefined).map(({ number }) => number)).toEqual([
    7,
  ])
  expect((await journal.left()).map(({ scope }) => scope)).toEqual([
    { kind: 'pull-request', ref: { ...at, number: 9 } },
  ])
})

/** 9 is being judged, and nobody else is before it is opened. */
async function judgingNine() {
  const forge = threePulls()
  const { judge, open } = heldJudge()
  const made = worker(forge, { concurrency: 1, judge })
  await made.request({ kind: 'pull-request', ref: { ...at, number: 9 } })
  await expect.poll(() => numbers(forge)).toEqual([9])
  return { forge, open, ...made }
}

describe('what has to wait', () => {
  test('has a check run at once, which gives way to that of its evaluation', async () => {
    const { forge, open, request, idle } = await judgingNine()
    await request({ kind: 'pull-request', ref: { ...at, number: 7 } })
    await expect.poll(() => numbers(forge)).toEqual([7, 9])
    open()
    await idle()

    const ends = forge.runs.map(({ number, published, abandoned }) => [
      number,
      published?.report.conclusion,
      abandoned,
    ])
    expect(ends).toEqual([
      [9, 'success', undefined],
      [7, undefined, { kind: 'superseded', by: 'moved-on' }],
      [7, 'success', undefined],
    ])
  })

  test('is judged all the same where no run can be begun yet', async () => {
    const { forge, open, request, idle, log } = await judgingNine()
    forge.beforeRead = (what) => {
      if (what === 'begin') throw new Error('502')
    }

    await request({ kind: 'pull-request', ref: { ...at, number: 7 } })
    await expect.poll(() => log.lines).toMatchObject([{ message: 'check run could not be begun at once' }])
    forge.beforeRead = () => undefined
    open()
    await idle()

    expect(numbers(forge)).toEqual([7, 9])
  })

  test('and was closed meanwhile leaves no run in progress', async () => {
    const { forge, open, request, idle } = await judgingNine()
    await request({ kind: 'pull-request', ref: { ...at, number: 7 } })
    await expect.poll(() => numbers(forge)).toEqual([7, 9])
    forge.pulls = forge.pulls.map((pull) => (pull.ref.number === 7 ? { ...pull, state: 'merged' } : pull))
    open()
    await idle()

    expect(forge.runs.map(({ abandoned }) => abandoned)).toEqual([
      undefined,
      { kind: 'superseded', by: 'closed' },
    ])
  })
})

test('a run that gave way and cannot be ended keeps no other in progress', async () => {
  const { forge, open, request, idle, log } = await judgingNine()
  await request({ kind: 'pull-request', ref: { ...at, number: 7 } })
  await expect.poll(() => numbers(forge)).toEqual([7, 9])
  forge.beforeRead = (what) => {
    if (what === 'abandon') throw new Error('502')
  }
  open()
  await idle()

  expect(forge.runs.map(({ number, published }) => [number, published?.report.conclusion])).toEqual([
    [9, 'success'],
    [7, undefined],
    [7, 'success'],
  ])
  expect(log.lines.map(({ message }) => message)).toContain('a check run that gave way could not be ended')
})

describe('what was accepted', () => {
  test('is done by the next server where this one ends', async () => {
    const journal = createFileJournal(':memory:')
    await journal.note({ kind: 'pull-request', ref: { ...at, number: 8 } })
    const forge = threePulls()
    const { resume, idle } = worker(forge, { journal })

    await resume()
    await idle()

    expect(numbers(forge)).toEqual([8])
    expect(await journal.left()).toEqual([])
  })

  test('and failed is left, and tried again by the next server', async () => {
    const journal = createFileJournal(':memory:')
    const forge = threePulls()
    const { connect } = forge
    forge.connect = () => Promise.reject(new Error('502'))
    const first = worker(forge, { journal })
    await first.request({ kind: 'pull-request', ref: { ...at, number: 8 } })
    await first.idle()
    await first.resume()
    await first.idle()
    expect(await journal.left()).toHaveLength(1)

    forge.connect = connect
    const { resume, idle } = worker(forge, { journal })
    await resume()
    await idle()

    expect(numbers(forge)).toEqual([8])
    expect(await journal.left()).toEqual([])
  })
})

describe('what could not be done', () => {
  const refused = (status: number) => Object.assign(new Error('no'), { status })
  const eight = { kind: 'pull-request', ref: { ...at, number: 8 } } as const

  /** A forge that refuses with this status until it is mended. */
  async function refusing(status: number) {
    const forge = threePulls()
    const journal = createFileJournal(':memory:')
    const { connect } = forge
    forge.connect = () => Promise.reject(refused(status))
    const made = worker(forge, { journal })
    await made.request(eight)
    await made.idle()
    const mend = () => {
      forge.connect = connect
    }
    const isGivenUp = () => made.log.lines.some(({ message }) => message === 'it is not asked for again')
    const askAgain = async () => {
      const before = made.asked.length
      made.asked.at(-1)?.now()
      await expect
        .poll(() => made.asked.length > before || numbers(forge).length > 0 || isGivenUp())
        .toBe(true)
    }
    return { forge, journal, mend, askAgain, isGivenUp, ...made }
  }

  test.each([403, 401, 502])(
    'by a forge that says %s is asked for less and less often, as long as it takes',
    async (status) => {
      const { forge, journal, mend, askAgain, asked, idle } = await refusing(status)
      for (let times = 0; times < 9; times++) await askAgain()
      const waits = asked.map(({ after }) => after)
      expect(waits).toEqual(waits.toSorted((a, b) => a - b))
      expect(await journal.left()).toHaveLength(1)

      mend()
      await askAgain()
      await idle()

      expect(numbers(forge)).toEqual([8])
      expect(await journal.left()).toEqual([])
    },
  )

  test('by a forge that does not know the repository any more is given up in the end', async () => {
    const { journal, askAgain, isGivenUp, idle, asked } = await refusing(404)
    for (let times = 0; times < 20 && !isGivenUp(); times++) await askAgain()
    await idle()

    expect(asked.length).toBeGreaterThan(3)
    expect(isGivenUp()).toBe(true)
    expect(await journal.left()).toEqual([])
  })

  test('is not asked for again once an event has brought it to its verdict', async () => {
    const { forge, journal, mend, request, idle, asked } = await refusing(502)
    mend()
    await request(eight)
    await idle()
    expect(await journal.left()).toEqual([])

    asked.at(-1)?.now()
    await idle()

    expect(numbers(forge)).toEqual([8])
  })

  test.each([
    ['a pull request', eight],
    [
      'a push',
      {
        kind: 'push',
        repository: at,
        push: { branch: 'main', before: 'before', after: 'after' },
        isDefault: 'yes',
      },
    ],
  ] as const)('for %s waits since its event, as long as it takes', async (_, scope) => {
    const forge = threePulls()
    const journal = createFileJournal(':memory:')
    forge.beforeRead = () => {
      throw refused(502)
    }
    const event = { delivery: 'd-1', at: 5 }
    const { request, idle } = worker(forge, { journal })

    await request({ ...scope, event })
    await idle()

    expect(await journal.left()).toMatchObject([{ scope: { event } }])
  })

  test('for a push is done once the forge answers again', async () => {
    const forge = threePulls()
    const journal = createFileJournal(':memory:')
    forge.beforeRead = (what) => {
      if (what === 'push origin') throw refused(502)
    }
    const push = { branch: 'main', before: 'before', after: 'after' }
    const { request, idle, asked } = worker(forge, { journal })
    await request({ kind: 'push', repository: at, push, isDefault: 'yes' })
    await idle()
    expect(forge.told).toEqual([])
    expect(await journal.left()).toHaveLength(1)

    forge.beforeRead = () => undefined
    asked.at(-1)?.now()

    await expect.poll(() => journal.left()).toEqual([])
    expect(forge.told).toEqual([])
  })

  test('does not keep anybody from closing, and stays in the journal', async () => {
    const { journal, asked, close, idle, mend, forge } = await refusing(502)
    const { close: closeJournal } = journal
    Object.assign(journal, { close: async () => undefined })
    await close()
    mend()
    asked.at(-1)?.now()
    await idle()

    expect(forge.runs).toEqual([])
    expect(await journal.left()).toHaveLength(1)
    await closeJournal()
  })

  test('and was asked for twice is kept once', async () => {
    const forge = threePulls()
    const journal = createFileJournal(':memory:')
    forge.beforeRead = (what) => {
      if (what === 'open pull requests') throw refused(502)
    }
    const { request, idle } = worker(forge, { journal })
    const scope = { kind: 'head', repository: at, sha: 'other' } as const

    await request(scope)
    await idle()
    await request(scope)
    await idle()

    expect(await journal.left()).toHaveLength(1)
  })

  test('but was judged is asked for a few times for its comments alone', async () => {
    const forge = threePulls()
    forge.published = { unsaid: refused(502) }
    const { request, idle, asked, log } = worker(forge)
    await request(eight)
    await idle()
    const isGivenUp = () => log.lines.some(({ message }) => message === 'it is not asked for again')
    while (!isGivenUp()) {
      const before = forge.said.length
      asked.at(-1)?.now()
      await expect.poll(() => forge.said.length > before).toBe(true)
      await idle()
    }

    expect(asked).toHaveLength(7)
    expect(forge.said).toEqual(Array(7).fill(8))
    expect(forge.runs).toHaveLength(1)
  })

  test('but was judged is told of once it may be, and stands meanwhile', async () => {
    const forge = threePulls()
    forge.published = { unsaid: refused(403) }
    const journal = createFileJournal(':memory:')
    const { request, idle, asked } = worker(forge, { journal })
    await request({ ...eight, event: { delivery: 'd', at: 1 } })
    await idle()
    expect((await journal.left()).map(({ scope }) => scope.event)).toEqual([undefined])

    forge.published = {}
    asked.at(-1)?.now()
    await expect.poll(() => forge.said).toEqual([8])
    await idle()

    expect(forge.runs).toHaveLength(1)
    await expect.poll(async () => (await journal.left()).length).toBe(0)
  })

  test('of its comments is judged anew by whoever has not kept what was to be said', async () => {
    const forge = threePulls()
    const { request, idle } = worker(forge)

    await request({ kind: 'pull-request', ref: { ...at, number: 8, words: true } })
    await idle()

    expect(forge.runs).toMatchObject([{ number: 8, published: { report: { conclusion: 'success' } } }])
    expect(forge.said).toEqual([])
  })

  test('of its comments is not told of what has moved on', async () => {
    const forge = threePulls()
    forge.published = { unsaid: refused(403) }
    const { request, idle, asked } = worker(forge)
    await request(eight)
    await idle()

    forge.pulls = forge.pulls.map((pull) => ({ ...pull, head: { ...pull.head, sha: 'moved' } }))
    const before = forge.reads.length
    asked.at(-1)?.now()
    await expect.poll(() => forge.reads.length > before).toBe(true)
    await idle()

    expect(forge.said).toEqual([])
  })
})

test('a commit that no pull request has any more leaves no run in progress', async () => {
  const forge = threePulls()
  const { request, idle } = worker(forge)

  await request({ kind: 'head', repository: at, sha: 'nobodys' })
  await idle()

  expect(forge.ended).toEqual(['nobodys'])
})
