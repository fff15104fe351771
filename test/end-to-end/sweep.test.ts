import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { openTheatre, type Proposed, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const slower = { [login]: `${bookinfoFiles()[login]}      timeout: 9s\n` }

/** Between two sweeps, in milliseconds. */
const interval = 500

describe('a server that goes on', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre({}, { catchUpMinutes: interval / 60_000 })
  })

  afterAll(() => theatre.close())

  /** Two more sweeps have ended. */
  async function sweeps(): Promise<void> {
    await theatre.settle()
    await pause(2 * interval + 200)
    await theatre.settle()
  }

  function runsOn(story: Story, { number }: Proposed): readonly unknown[] {
    const { github } = theatre
    return github.checkRuns(story.repo, github.pullRequest(story.repo, number).head.sha).map(({ id }) => id)
  }

  async function green(story: Story): Promise<Proposed> {
    const pull = await story.propose('carla', slower)
    await pull.approve('leo')
    expect((await pull.verdict()).conclusion).toBe('success')
    return pull
  }

  const shut = { timeout: 30_000, interval: 100 }

  it('shuts the gate at an objection of which no event tells', async () => {
    const { github } = theatre
    const story = await theatre.story()
    const pull = await green(story)
    github.injectDelivery({ event: 'pull_request_review', action: 'submitted', effect: 'lose' })
    await pull.review('leo', 'REQUEST_CHANGES', 'No.')
    github.forgetDeliveries()

    await expect.poll(async () => (await pull.verdict()).conclusion, shut).toBe('action_required')

    const runs = runsOn(story, pull)
    await sweeps()
    expect(runsOn(story, pull)).toEqual(runs)
  })

  it('judges anew against a base of whose move no event tells', async () => {
    const { github } = theatre
    const story = await theatre.story()
    const pull = await green(story)
    github.injectDelivery({ event: 'push', effect: 'lose' })
    await story.push('olga', 'main', { [login]: 'kind: [' })
    github.forgetDeliveries()

    await expect.poll(async () => (await pull.verdict()).conclusion, shut).not.toBe('success')

    const runs = runsOn(story, pull)
    await sweeps()
    expect(runsOn(story, pull)).toEqual(runs)
  })

  it('judges a head of which no event tells', async () => {
    const { github } = theatre
    const story = await theatre.story()
    const pull = await green(story)
    for (const event of ['pull_request', 'push', 'check_suite'])
      github.injectDelivery({ event, effect: 'lose' })
    await pull.push('carla', { [login]: null })
    github.forgetDeliveries()

    await expect.poll(async () => (await pull.verdict()).conclusion, shut).toBe('failure')
  })

  it('evaluates nothing where nothing is otherwise, and asks little', async () => {
    const { github } = theatre
    const story = await theatre.story()
    const pulls = [await green(story), await story.propose('lina', { 'README.md': 'One.' })]
    await pulls[1]?.approve('maya')
    await sweeps()
    const runs = pulls.map((pull) => runsOn(story, pull))
    const before = github.requests().length

    await sweeps()

    expect(pulls.map((pull) => runsOn(story, pull))).toEqual(runs)
    const asked = github.requests().slice(before)
    const ofStory = asked.filter(({ path }) => path.includes(`/${story.repo}/`))
    expect(ofStory).toEqual([])
    expect(asked.some(({ path }) => path === '/graphql')).toBe(true)
  })

  it('evaluates nothing where the base has moved and no verdict depends on it', async () => {
    const { github } = theatre
    const story = await theatre.story()
    const pull = await green(story)
    await sweeps()
    const runs = runsOn(story, pull)
    await story.push('olga', 'main', { 'README.md': 'Two.' })

    await sweeps()
    expect(runsOn(story, pull)).toEqual(runs)

    const before = github.requests().length
    await sweeps()
    const asked = github.requests().slice(before)
    expect(asked.filter(({ path }) => path.includes(`/${story.repo}/`))).toEqual([])
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
