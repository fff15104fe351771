import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { teams } from '../../demo/bookinfo.ts'
import { judge, surprises } from '../../demo/expectations.ts'
import { openStage, play, type Stage, seed } from '../../demo/play.ts'
import { scenes } from '../../demo/scenes.ts'
import { startServer } from '../../src/server.ts'
import { firebreak } from '../commands/fake-terminal.ts'
import { fetchClone } from '../support/fetched-clone.ts'

describe('the stories, from a push over a signed webhook to the check run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-stories-'))
  const decisions = join(folder, 'decisions.jsonl')
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage({}, startServer, { decisions })
    await seed(stage.github, scenes)
  })

  afterAll(async () => {
    await stage.close()
    rmSync(folder, { recursive: true })
  })

  describe.each(scenes)('$repository', (scene) => {
    it.each(scene.stories)('$name: $title', async (story) => {
      const played = await play(story, scene, stage)

      expect(surprises(story, played, judge(story, scene))).toEqual([])
    })
  })

  it.each(scenes)(
    'every verdict on $repository comes out the same in a clone',
    async ({ repository: repo }) => {
      const [, name = ''] = repo.split('/')
      await fetchClone(stage.github, { repo, by: teams['mesh-admins'][0], to: join(folder, name) })
      const lines = readFileSync(decisions, 'utf8').split('\n')
      const own = lines.filter((line) => line.includes(`"repo":"${name}"`))
      const records = join(folder, `${name}.jsonl`)
      writeFileSync(records, own.join('\n'))

      const { out } = await firebreak(folder, 'replay', records, '--dir', name)

      expect(own.length).toBeGreaterThan(2)
      expect(out.split('\n').filter((line) => !line.startsWith('same: '))).toEqual([''])
    },
  )

  it('the local GitHub never broke its own description', () => {
    expect(stage.github.contractViolations()).toEqual([])
  })
})
