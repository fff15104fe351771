import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { firebreak } from '../commands/fake-terminal.ts'
import { fetchClone } from '../support/fetched-clone.ts'
import { openTheatre, owner, type Setting, type Story, type Theatre } from '../support/stage.ts'

const path = '.github/firebreak.yml'
const login = 'teams/login/vs-1.yaml'
const slower = { [login]: `${bookinfoFiles()[login]}      timeout: 9s\n` }
const observing = 'mode: observe\n'

describe('the configuration of the repository .github', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-defaults-'))
  const decisions = join(folder, 'decisions.jsonl')
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre({}, { decisions, catchUpMinutes: 1 / 60 })
  })

  afterAll(async () => {
    await theatre.close()
    rmSync(folder, { recursive: true })
  })

  async function storyWith(defaults: string | undefined, setting: Setting = {}): Promise<Story> {
    const story = await theatre.story(setting)
    const files = defaults === undefined ? { 'README.md': 'Ours' } : { [path]: defaults }
    await theatre.github.createRepository({ repo: `${story.org}/.github`, files, by: owner })
    await theatre.settle()
    return story
  }

  const write = (story: Story, text: string) =>
    theatre.github.push({
      repo: `${story.org}/.github`,
      branch: 'main',
      by: owner,
      files: { [path]: text },
      message: 'Change',
    })

  it('applies where the repository has none', async () => {
    const story = await storyWith(observing)

    const verdict = await (await story.propose('carla', slower)).verdict()

    expect(verdict.conclusion).toBe('success')
    expect(verdict.waitsFor).toEqual(['login'])
    expect(theatre.github.contractViolations()).toEqual([])
  })

  it('is replaced as a whole by a file of the repository itself', async () => {
    const story = await storyWith(observing, { configuration: 'complete: true\n' })

    expect((await (await story.propose('carla', slower)).verdict()).conclusion).toBe('action_required')
  })

  it('applies to whoever would replace it', async () => {
    const story = await storyWith('complete: true\n')

    const { conclusion, waitsFor } = await (
      await story.propose('carla', { ...slower, [path]: observing })
    ).verdict()

    expect(conclusion).toBe('action_required')
    expect(waitsFor).toEqual(['login', 'mesh-admins'])
  })

  it('is what is left to whoever takes the own file away', async () => {
    const story = await storyWith('moed: enforce\n', { configuration: 'complete: true\n' })

    const { conclusion, summary } = await (await story.propose('maya', { [path]: null })).verdict()

    expect(conclusion).toBe('failure')
    expect(summary).toContain(`${story.org}/.github:${path}`)
  })

  it('shuts every gate where it is invalid, at its place, but for whoever writes an own one', async () => {
    const story = await storyWith('complete: true\nmoed: observe\n')

    const verdict = await (await story.propose('lina', slower)).verdict()
    const way = await story.propose('maya', { [path]: 'complete: true\n' })

    expect(verdict.conclusion).toBe('failure')
    expect(verdict.title).toContain(`${story.org}/.github:${path} line 2`)
    expect(verdict.summary).toContain('give this repository its own')
    expect((await way.verdict()).conclusion).toBe('success')
  })

  it('counts for every open pull request as soon as it is changed', async () => {
    const story = await storyWith(observing)
    const pull = await story.propose('carla', slower)
    expect((await pull.verdict()).conclusion).toBe('success')

    await write(story, 'mode: enforce\n')

    expect((await pull.verdict()).conclusion).toBe('action_required')
  })

  it('is found to have changed where no event tells of it', async () => {
    const story = await storyWith(undefined)
    const pull = await story.propose('carla', slower)
    expect((await pull.verdict()).conclusion).toBe('action_required')
    theatre.github.injectDelivery({ event: 'push', effect: 'lose' })

    await write(story, observing)
    theatre.github.forgetDeliveries()

    const shut = { interval: 100 }
    await expect.poll(async () => (await pull.verdict()).conclusion, shut).toBe('success')
  })

  it('that cannot be read for now is no configuration that is not there', async () => {
    const story = await storyWith('complete: true\n')
    const refused = { kind: 'respond', status: 403 } as const
    theatre.github.inject({ path: /\.github\/contents/, effect: refused, times: 9 })
    theatre.github.inject({ path: /^\/graphql$/, effect: refused, times: 30 })
    const pull = await story.propose('carla', slower)

    const later = { interval: 100 }
    await expect.poll(async () => (await pull.verdict()).conclusion, later).toBe('action_required')

    const { sha } = theatre.github.pullRequest(story.repo, pull.number).head
    const said = theatre.github.checkRuns(story.repo, sha).map(({ output }) => output.summary ?? '')
    expect(said.join()).toContain(
      "GitHub answered 403 when asked for the configuration in the owner's repository .github",
    )
  })

  it('is kept with the decision, which comes out the same without that repository', async () => {
    const story = await storyWith(observing)
    await (await story.propose('carla', slower)).verdict()
    const clone = join(folder, story.org)
    await fetchClone(theatre.github, { repo: story.repo, by: 'maya', to: clone })
    const record = readFileSync(decisions, 'utf8')
      .split('\n')
      .findLast((line) => line.includes(`"owner":"${story.org}"`))
    const one = join(folder, 'one.jsonl')
    writeFileSync(one, record ?? '')

    const { code, out } = await firebreak(folder, 'replay', one, '--dir', clone)

    expect(record).toContain(`"path":"${story.org}/.github:${path}"`)
    expect(out).toContain('same: ')
    expect(code).toBe(0)
  })
})
