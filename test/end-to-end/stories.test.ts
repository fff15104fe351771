import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judge, surprises } from '../../demo/expectations.ts'
import { openStage, play, type Stage, seed } from '../../demo/play.ts'
import { scenes } from '../../demo/scenes.ts'
import { startServer } from '../../src/server.ts'

describe('the stories, from a push over a signed webhook to the check run', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage({}, startServer)
    await seed(stage.github, scenes)
  })

  afterAll(() => stage.close())

  describe.each(scenes)('$repository', (scene) => {
    it.each(scene.stories)('$name: $title', async (story) => {
      const played = await play(story, scene, stage)

      expect(surprises(story, played, judge(story, scene))).toEqual([])
    })
  })

  it('the local GitHub never broke its own description', () => {
    expect(stage.github.contractViolations()).toEqual([])
  })
})
