import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { openTheatre, type Proposed, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const slower = { [login]: `${bookinfoFiles()[login]}      timeout: 9s\n` }

const refusals = [
  ['an outage', /./, { status: 502 }],
  ['a rate limit that is used up', /./, { status: 403, headers: { 'x-ratelimit-remaining': '0' } }],
  ['a secondary rate limit', /check-runs/, { status: 429, headers: { 'retry-after': '1' } }],
  [
    'a permission that is missing for a while',
    /check-runs$/,
    { status: 403, body: { message: 'Resource not accessible by integration' } },
  ],
  ['a key that GitHub does not know for a while', /access_tokens|^\/app$/, { status: 401 }],
] as const

describe('a fault of GitHub that passes', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
  })

  afterAll(() => theatre.close())

  const conclusion = async (pull: Proposed) => (await pull.verdict()).conclusion
  const becomes = (pull: Proposed, what: string) => expect.poll(() => conclusion(pull)).toBe(what)
  const runsOf = (story: Story, { number }: Proposed) =>
    theatre.github.checkRuns(story.repo, theatre.github.pullRequest(story.repo, number).head.sha)
  const inProgress = (story: Story, pull: Proposed) =>
    runsOf(story, pull).filter(({ status }) => status !== 'completed').length

  it.each(refusals)('%s only delays the verdict', async (_, path, answer) => {
    const story = await theatre.story()
    theatre.github.inject({ path, effect: { kind: 'respond', ...answer }, times: 8 })

    const pull = await story.propose('lina', slower)

    await becomes(pull, 'success')
    expect(inProgress(story, pull)).toBe(0)
  })

  it('in the middle of an evaluation says that nothing could be decided, and is decided by itself later', async () => {
    const story = await theatre.story()
    theatre.github.inject({ path: /\/activity/, effect: { kind: 'respond', status: 500 }, times: 6 })

    const pull = await story.propose('carla', slower)

    await becomes(pull, 'action_required')
    const failures = runsOf(story, pull).filter((run) => run.conclusion === 'failure')
    expect(failures.map(({ output }) => output.title)).toEqual(
      Array(2).fill('Cannot decide: GitHub answered 500'),
    )
    expect(failures[0]?.output.summary).toContain('by itself')
  })

  it('that refuses the one comment delays it alone', async () => {
    const story = await theatre.story()
    const { github } = theatre
    const path = /\/issues\/\d+\/comments$/
    github.inject({ method: 'POST', path, effect: { kind: 'respond', status: 502 }, times: 4 })
    github.inject({ method: 'POST', path, effect: { kind: 'commit-then-502' } })

    const pull = await story.propose('carla', slower)

    await expect.poll(() => github.comments(story.repo, pull.number).length).toBeGreaterThan(0)
    await becomes(pull, 'action_required')
    expect(github.comments(story.repo, pull.number)).toHaveLength(1)
  })

  it('that keeps who is in a team from us is looked for by itself, and the verdict says meanwhile whom it concerns', async () => {
    const story = await theatre.story()
    const { github } = theatre
    github.inject({ path: /\/teams\/|graphql/, effect: { kind: 'respond', status: 403 }, times: 12 })

    const pull = await story.propose('lina', slower)

    await becomes(pull, 'success')
    const before = runsOf(story, pull).filter((run) => run.conclusion === 'action_required')
    expect(before.length).toBeGreaterThan(0)
    expect(before[0]?.output.summary).toContain('cannot be looked up')
  })

  it('after a check run was begun all the same leaves no run in progress', async () => {
    const story = await theatre.story()
    theatre.github.inject({ method: 'POST', path: /\/check-runs$/, effect: { kind: 'commit-then-502' } })

    const pull = await story.propose('lina', slower)

    await becomes(pull, 'success')
    expect(runsOf(story, pull)).toHaveLength(2)
    expect(inProgress(story, pull)).toBe(0)
  })

  it('while its base is changed leaves no run under the name of the base that it had', async () => {
    const story = await theatre.story()
    const { github } = theatre
    await story.push('maya', 'release', { 'README.md': 'Release' }, { from: 'main' })
    await theatre.settle()
    github.inject({ path: /\/git\/(trees|blobs)\//, effect: { kind: 'delay', milliseconds: 1_000 } })
    const pull = await story.propose('lina', slower)
    await expect.poll(() => runsOf(story, pull).length).toBe(1)
    github.inject({
      method: 'PATCH',
      path: /check-runs/,
      effect: { kind: 'respond', status: 502 },
      times: 4,
    })

    await pull.retarget('lina', 'release')

    const released = async () => (await pull.verdict('firebreak (release)')).conclusion
    await expect.poll(released).toBe('success')
    await expect.poll(() => inProgress(story, pull)).toBe(0)
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
