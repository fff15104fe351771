import { describe, expect, test } from 'vitest'
import { keyOfDefaults, keyOfOpinions, type Opinion } from '../../../src/app/grounds.ts'
import type { Observed } from '../../../src/app/observer.ts'
import type { Scope } from '../../../src/app/work/scope.ts'
import type { Standing } from '../../../src/app/work/standing.ts'
import { createSweep } from '../../../src/app/work/sweep.ts'
import { at, recordingLog } from '../../support/github.ts'
import { createInMemoryForge } from '../../support/in-memory-forge.ts'

const commits = {
  one: { 'README.md': '1', 'mesh/a.yaml': 'a' },
  two: { 'README.md': '2', 'mesh/a.yaml': 'a' },
  three: { 'README.md': '3', 'mesh/a.yaml': 'a' },
  moved: { 'README.md': '1', 'mesh/a.yaml': 'b' },
}

const now = { tip: 'one', opinions: 'leo' }
const asked = {
  owners: ['@o/login'],
  logins: ['carla', 'leo'],
  reviewers: ['leo'],
  codeowners: 'asked',
} as const
const grounds = { ...now, people: { asked, key: 'key' } }

function standing(over: Partial<Standing> = {}, number = 7): Standing {
  const run = { id: 1, state: 'success', grounds } as const
  return { ref: { ...at, number }, head: 'head', branch: 'main', now, run, ...over }
}

function world(found: readonly Standing[]) {
  const forge = createInMemoryForge()
  forge.standing = found
  forge.commits = commits
  const listed: string[] = []
  const { connect } = forge
  forge.connect = async (to) => {
    const connection = await connect(to)
    const listing: typeof connection.objects.listing = (sha, place) => {
      listed.push(sha)
      return connection.objects.listing(sha, place)
    }
    return { ...connection, objects: { ...connection.objects, listing } }
  }
  const asked: number[] = []
  const observed: Observed[] = []
  const log = recordingLog()
  const request = async (scope: Scope) => {
    if (scope.kind === 'pull-request') asked.push(scope.ref.number)
  }
  const options = { forge, request, observe: (fact: Observed) => void observed.push(fact), log }
  return { forge, asked, observed, listed, log, options, sweep: createSweep(options) }
}

describe('a verdict does not hold', () => {
  test.each<readonly [string, Partial<Standing>, 'stale' | 'unjudged']>([
    ['where a review says something else', { now: { ...now, opinions: 'nobody' } }, 'stale'],
    ['where its base has moved in what matters', { now: { ...now, tip: 'moved' } }, 'stale'],
    ['where its base branch is gone', { now: { ...now, tip: '' } }, 'stale'],
    ['where a success does not say what it rested on', { run: { id: 1, state: 'success' } }, 'stale'],
    [
      'where a refusal could be lifted',
      { run: { id: 1, state: 'refusal', grounds: { tip: 'moved' } } },
      'stale',
    ],
    ['where it was taken back', { run: { id: 1, state: 'cancelled', grounds } }, 'unjudged'],
    [
      'where somebody may not speak any more',
      { run: { id: 1, state: 'success', grounds: { ...now, people: { asked, key: 'before' } } } },
      'stale',
    ],
    [
      'where a refusal asked about somebody who may speak by now',
      { run: { id: 1, state: 'refusal', grounds: { ...now, people: { asked, key: 'before' } } } },
      'stale',
    ],
    [
      'where a success does not say whom it asked about',
      { run: { id: 1, state: 'success', grounds: now } },
      'stale',
    ],
  ])('%s', async (_, over, what) => {
    const { sweep, asked, observed, log } = world([standing(over)])

    await sweep(at, 'later')

    expect(asked).toEqual([7])
    expect(observed).toContainEqual({ kind: 'found', what, count: 1 })
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { what, count: 1 } }])
  })

  test('where there is none', async () => {
    const { run: _, ...none } = standing()
    const { sweep, asked } = world([none])

    await sweep(at, 'later')

    expect(asked).toEqual([7])
  })

  test('where the commit on which it rested is forgotten', async () => {
    const { sweep, asked, options } = world([standing({ now: { ...now, tip: 'two' } })])
    const { connect } = options.forge
    options.forge.connect = async (to) => {
      const connection = await connect(to)
      const gone = () => Promise.reject(Object.assign(new Error('Not Found'), { status: 404 }))
      return { ...connection, objects: { ...connection.objects, listing: gone } }
    }

    await sweep(at, 'later')

    expect(asked).toEqual([7])
  })
})

describe('a verdict holds', () => {
  test.each<readonly [string, Partial<Standing>]>([
    ['where all is as it was', {}],
    ['where its base has moved in what matters to nobody', { now: { ...now, tip: 'two' } }],
    [
      'where it rested on no opinion',
      { now: { ...now, opinions: 'new' }, run: { id: 1, state: 'success', grounds: { tip: 'one' } } },
    ],
    ['where a refusal does not say whom it asked about', { run: { id: 1, state: 'refusal', grounds: now } }],
    ['as what a fault has left, which is tried again by itself', { run: { id: 1, state: 'refusal' } }],
  ])('%s', async (_, over) => {
    const { sweep, asked, observed, log } = world([standing(over)])

    await sweep(at, 'start')

    expect(asked).toEqual([])
    expect(observed).toContainEqual({ kind: 'found', what: 'stale', count: 0 })
    expect(log.lines).toEqual([])
  })
})

describe('nobody is asked for over and over', () => {
  test('by a verdict that differs for nothing new', async () => {
    const { sweep, asked, forge } = world([standing({ now: { ...now, opinions: 'new' } })])
    await sweep(at, 'start')
    forge.standing = [
      standing({ now: { ...now, opinions: 'new' }, run: { id: 2, state: 'success', grounds } }),
    ]
    await sweep(at, 'later')
    expect(asked).toEqual([7])

    forge.standing = [standing({ now: { ...now, opinions: 'newer' } })]
    await sweep(at, 'later')
    expect(asked).toEqual([7, 7])
  })

  test('by an evaluation that is at work, unless it was so the last time', async () => {
    const { sweep, asked } = world([standing({ run: { id: 3, state: 'in-progress' } })])
    await sweep(at, 'later')
    expect(asked).toEqual([])

    await sweep(at, 'later')
    expect(asked).toEqual([7])
  })

  test('but at start by whatever is in progress', async () => {
    const { sweep, asked } = world([standing({ run: { id: 3, state: 'in-progress' } })])

    await sweep(at, 'start')

    expect(asked).toEqual([7])
  })

  test('but by what could not be asked', async () => {
    const { forge, options, asked } = world([standing({ now: { ...now, opinions: 'new' } })])
    let isFull = true
    const request = async (scope: Scope) => {
      if (isFull) throw new Error('the disk is full')
      await options.request(scope)
    }
    const sweep = createSweep({ ...options, forge, request })
    await expect(sweep(at, 'start')).rejects.toThrow('full')
    isFull = false

    await sweep(at, 'later')

    expect(asked).toEqual([7])
  })
})

describe('people', () => {
  const other = { id: 1, state: 'success', grounds: { ...now, people: { asked, key: 'before' } } } as const

  test('are asked about once for all pull requests of a repository, and not where nothing rests on them', async () => {
    const { forge, sweep } = world([
      standing(),
      standing({}, 8),
      standing({ run: { ...other, grounds: { tip: 'one' } } }, 9),
    ])
    const seen: number[] = []
    const { connect } = forge
    forge.connect = async (to) => {
      const connection = await connect(to)
      const keysOfPeople: typeof connection.repository.keysOfPeople = (verdicts) => {
        seen.push(verdicts.length)
        return connection.repository.keysOfPeople(verdicts)
      }
      return { ...connection, repository: { ...connection.repository, keysOfPeople } }
    }
    await sweep(at, 'later')
    expect(seen).toEqual([2])

    forge.standing = [standing({ run: { ...other, grounds: { tip: 'one' } } })]
    await sweep(at, 'later')
    expect(seen).toEqual([2])
  })

  test('that cannot be asked about keep nobody else from being found, and are asked about the next time', async () => {
    const { forge, sweep, asked } = world([
      standing({ now: { ...now, opinions: 'new' } }),
      standing({ run: other }, 8),
    ])
    forge.beforeRead = (what) => {
      if (what === 'keys of people') throw new Error('GitHub is away')
    }
    await expect(sweep(at, 'later')).rejects.toThrow('GitHub is away')
    expect(asked).toEqual([7])

    forge.beforeRead = () => undefined
    await sweep(at, 'later')
    expect(asked).toEqual([7, 8])
  })

  test('are not asked for over and over, though they cannot be asked about in between', async () => {
    const { forge, sweep, asked } = world([standing({ run: other })])
    await sweep(at, 'later')
    forge.beforeRead = (what) => {
      if (what === 'keys of people') throw new Error('GitHub is away')
    }
    await expect(sweep(at, 'later')).rejects.toThrow()
    forge.beforeRead = () => undefined
    await sweep(at, 'later')
    expect(asked).toEqual([7])

    forge.keyOfPeople = () => 'another one'
    await sweep(at, 'later')
    expect(asked).toEqual([7, 7])
  })
})

test('a move of the base is compared once for all pull requests, and never again', async () => {
  const pulls = (tip: string) =>
    Array.from({ length: 500 }, (_, index) => standing({ now: { ...now, tip } }, index + 1))
  const { forge, sweep, asked, listed } = world(pulls('two'))
  await sweep(at, 'start')
  expect(listed).toEqual(['one', 'two'])

  await sweep(at, 'later')
  expect(listed).toEqual(['one', 'two'])

  forge.standing = pulls('three')
  await sweep(at, 'later')
  expect(listed).toEqual(['one', 'two', 'two', 'three'])
  expect(asked).toEqual([])
})

describe('the default configuration', () => {
  const file = (text: string) => ({ kind: 'file', file: { path: 'o/.github:x', text } }) as const
  const resting = (defaults: string | undefined): Partial<Standing> => ({
    run: { id: 1, state: 'success', grounds: { ...grounds, ...(defaults !== undefined && { defaults }) } },
  })

  test('is read once, where verdicts rest on it, and they are asked for where it is another one', async () => {
    const [held, stale] = [keyOfDefaults(file('a')), keyOfDefaults({ kind: 'none' })]
    const { sweep, asked, forge } = world([standing(resting(held), 7), standing(resting(stale), 8)])
    forge.defaults = file('a')

    await sweep(at, 'later')
    await sweep(at, 'later')

    expect(asked).toEqual([8])
    expect(forge.reads.filter((what) => what === 'default configuration')).toHaveLength(2)
  })

  test('is not asked for where nothing rests on it', async () => {
    const { sweep, asked, forge } = world([standing(resting(undefined))])
    forge.defaults = file('a')

    await sweep(at, 'later')

    expect(asked).toEqual([])
    expect(forge.reads).not.toContain('default configuration')
  })
})

describe('the key of opinions', () => {
  const opinion = (over: Partial<Opinion> = {}): Opinion => ({
    by: { login: 'leo', bot: false },
    state: 'approved',
    at: '2026-01-01T00:00:00Z',
    body: 'Fine.',
    ...over,
  })
  const other = opinion({ by: { login: 'lina', bot: false } })

  test.each<readonly [string, readonly Opinion[]]>([
    ['nobody', []],
    ['somebody else', [other]],
    ['one more', [opinion(), other]],
    ['another opinion', [opinion({ state: 'changes-requested' })]],
    ['another time', [opinion({ at: '2026-01-01T00:00:01Z' })]],
    ['an override', [opinion({ body: '/firebreak override It burns' })]],
  ])('differs by %s', (_, opinions) => {
    expect(keyOfOpinions(opinions)).not.toBe(keyOfOpinions([opinion()]))
  })

  test('law: hangs neither on their order, nor on how a login is written, nor on what else they say', () => {
    const same = [
      other,
      opinion({ by: { login: 'Leo', bot: false }, body: 'Good.', at: '2026-01-01T00:00:00.000Z' }),
    ]
    expect(keyOfOpinions(same)).toBe(keyOfOpinions([opinion(), other]))
  })
})
