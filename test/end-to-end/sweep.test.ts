import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { openTheatre, owner, type Proposed, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const slower = { [login]: `${bookinfoFiles()[login]}      timeout: 9s\n` }

/** What was asked about a story other than who may write there. */
function besidesPeople(asked: readonly { readonly path: string }[], { repo }: Story): readonly string[] {
  return asked
    .map(({ path }) => path)
    .filter((path) => path.includes(`/${repo}/`))
    .filter((path) => !/\/collaborators\/\w+\/permission$|\/codeowners\/errors\?/.test(path))
}

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

  const shut = { interval: 100 }

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

  describe('shuts the gate where whoever approved may not speak any more, and no event tells', () => {
    it.each<readonly [string, (story: Story) => void]>([
      [
        'who has left the team',
        ({ org }) => theatre.github.removeMember({ organization: org, slug: 'login' }, 'leo', owner),
      ],
      [
        'whose team may not write any more',
        ({ repo }) => theatre.github.grant(repo, { team: 'login' }, 'read'),
      ],
      [
        'who has left the organization',
        ({ org }) => theatre.github.removeFromOrganization(org, 'leo', owner),
      ],
    ])('%s', async (_, change) => {
      const { github } = theatre
      const story = await theatre.story()
      const pull = await green(story)
      for (const event of ['membership', 'organization']) github.injectDelivery({ event, effect: 'lose' })
      change(story)
      github.forgetDeliveries()

      await expect.poll(async () => (await pull.verdict()).conclusion, shut).toBe('action_required')

      const runs = runsOn(story, pull)
      await sweeps()
      expect(runsOn(story, pull)).toEqual(runs)
    })
  })

  it('opens the gate where whoever approved is in the team by now, and no event tells', async () => {
    const { github } = theatre
    const story = await theatre.story()
    const pull = await story.propose('carla', slower)
    await pull.approve('maya')
    expect((await pull.verdict()).conclusion).toBe('action_required')
    github.injectDelivery({ event: 'membership', effect: 'lose' })
    github.addMember({ organization: story.org, slug: 'login' }, 'maya', { by: owner })
    github.forgetDeliveries()

    await expect.poll(async () => (await pull.verdict()).conclusion, shut).toBe('success')
  })

  it('leaves a green as it is while GitHub does not say who is in teams, and looks again', async () => {
    const { github } = theatre
    const story = await theatre.story()
    const pull = await green(story)
    await sweeps()
    const runs = runsOn(story, pull)
    github.inject({ path: /\/collaborators\//, effect: { kind: 'respond', status: 502 }, times: 4 })
    await sweeps()
    expect(runsOn(story, pull)).toEqual(runs)

    github.injectDelivery({ event: 'membership', effect: 'lose' })
    github.removeMember({ organization: story.org, slug: 'login' }, 'leo', owner)
    github.forgetDeliveries()
    await expect.poll(async () => (await pull.verdict()).conclusion, shut).toBe('action_required')
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
    expect(besidesPeople(asked, story)).toEqual([])
    // Three sweeps: two people who agreed, and one base branch.
    expect(asked.filter(({ path }) => path.includes(`/${story.repo}/`)).length).toBeLessThanOrEqual(3 * 3)
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
    expect(besidesPeople(asked, story)).toEqual([])
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
