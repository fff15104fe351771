import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts'
import { openTheatre, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const timeout = (seconds: number) => ({ [login]: `${bookinfoFiles()[login]}      timeout: ${seconds}s\n` })

describe.skipIf(!hasRedis)('a queue that outlives the server', () => {
  let redis: RedisServer
  let theatre: Theatre

  beforeAll(async () => {
    redis = await startRedis()
    theatre = await openTheatre({}, { redisUrl: redis.url })
  })

  afterAll(async () => {
    await theatre.close()
    await redis.stop()
  })

  it('brings every pull request to the same verdict, before and after another server takes over', async () => {
    const story = await theatre.story()
    const foreign = await story.propose('carla', timeout(3))
    const own = await story.propose('lina', timeout(9))
    expect(await foreign.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
    expect((await own.verdict()).conclusion).toBe('success')

    await theatre.restart()
    await foreign.approve('leo')

    expect((await foreign.verdict()).conclusion).toBe('success')
  })
})
