import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { owner as olga, openTheatre, type Proposed, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const catalog = 'teams/catalog/vs-2.yaml'
const text = (path: string) => bookinfoFiles()[path] ?? ''
const slower = { [login]: `${text(login)}      timeout: 3s\n` }
const notes = { 'NOTES.md': 'Of the branch.\n' }

/** Whoever moves the base leaves GitHub's test merge behind. */
const moved = { [catalog]: `# Moved.\n${text(catalog)}` }

const waits = { conclusion: 'action_required', waitsFor: ['login'] }
const open = { conclusion: 'success', waitsFor: [] }

/** Other histories, and the law over them, are in test/adapters/github-merge-base.test.ts. */
describe('the overlay with several merge bases', () => {
  let theatre: Theatre
  let mirrored: Theatre
  const directory = mkdtempSync(join(tmpdir(), 'firebreak-mirrors-'))

  beforeAll(async () => {
    const mirrors = { directory, path: process.env['PATH'] ?? '' }
    theatre = await openTheatre()
    mirrored = await openTheatre({}, { mirrors })
  })

  afterAll(async () => {
    await Promise.all([theatre.close(), mirrored.close()])
    rmSync(directory, { recursive: true })
  })

  /**
   * login makes its route slower on main; the branch parted before that, main merged the branch, and the branch main, but
   * with its own files: a revert that lies not between the branch and the merge base that GitHub names.
   */
  async function crissCross(story: Story, { github }: Theatre): Promise<Proposed> {
    const parted = (await github.branchTip(story.repo, 'main')) ?? ''
    const slow = await story.push('lina', 'main', slower)
    await story.push('carla', 'topic', notes, { from: parted })
    await story.push(olga, 'main', notes, { merges: ['topic'] })
    await story.push('carla', 'topic', {}, { merges: [slow] })
    return story.open('carla', 'topic')
  }

  it.concurrent('after a push to the base no verdict is possible until the branch is up to date', async () => {
    const story = await theatre.story()
    const pull = await crissCross(story, theatre)
    expect(await pull.verdict()).toMatchObject(waits)

    await story.push(olga, 'main', moved)
    const verdict = await pull.verdict()
    expect(verdict.conclusion).toBe('failure')
    expect(verdict.summary).toContain('merged commits of each other in several places')
    expect(verdict.summary).toContain('Bring the branch up to date with its base')

    await theatre.github.updateBranch({ repo: story.repo, number: pull.number, by: 'carla' })
    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('where there is a mirror Git merges all of them', async () => {
    const story = await mirrored.story()
    const pull = await crissCross(story, mirrored)
    await story.push(olga, 'main', moved)

    expect(await pull.verdict()).toMatchObject(waits)
  })

  it.concurrent('a merge that takes back what an owner wrote is a push that counts', async () => {
    const story = await theatre.story()
    const parted = (await theatre.github.branchTip(story.repo, 'main')) ?? ''
    await story.push('lina', 'topic', slower, { from: parted })
    const met = await story.push(olga, 'main', { 'README.md': 'Main.\n' })
    await story.push(olga, 'main', slower, { merges: ['topic'] })
    await story.push('carla', 'topic', { [login]: text(login) }, { merges: [met] })
    const pull = await story.open('lina', 'topic')

    const verdict = await pull.verdict()
    expect(verdict).toMatchObject(waits)
    expect(verdict.summary).toContain('carla pushed to this branch')
  })

  it.concurrent('a branch that has merged its base, and an octopus of its own, keep their verdict', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', { [catalog]: `${text(catalog)}      timeout: 2s\n` })
    await story.push('carla', 'a', { 'a.md': 'a\n' }, { from: 'main' })
    await story.push('carla', 'b', { 'b.md': 'b\n' }, { from: 'main' })
    await pull.push('carla', { 'a.md': 'a\n', 'b.md': 'b\n' }, { merges: ['a', 'b'] })
    await story.push('lina', 'main', slower)
    expect(await pull.verdict()).toMatchObject(open)

    await theatre.github.updateBranch({ repo: story.repo, number: pull.number, by: 'carla' })
    await story.push('lina', 'main', { [login]: text(login) })
    expect(await pull.verdict()).toMatchObject(open)
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
    expect(mirrored.github.contractViolations()).toEqual([])
  })
})
