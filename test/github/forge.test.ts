import { describe, expect, test } from 'vitest'
import { createGitHubForge } from '../../src/github/forge.ts'
import { at, github, recordingLog, testClient, withNock } from '../support/github.ts'

withNock()

function forge() {
  const asked: (number | undefined)[] = []
  const made = createGitHubForge({
    appId: 42,
    authenticate: async (installation) => {
      asked.push(installation)
      return testClient()
    },
    log: recordingLog(),
    observe: () => undefined,
    pause: async () => undefined,
  })
  return { asked, forge: made }
}

describe('a forge', () => {
  test('connects as the installation, and asks once who the App is', async () => {
    github().get('/app').reply(200, { id: 42, slug: 'firebreak' })
    const { asked, forge: made } = forge()

    await Promise.all([made.connect(at), made.connect({ ...at, installation: 2 })])
    await made.connect(at)

    expect(asked.filter((installation) => installation !== undefined)).toEqual([1, 2, 1])
  })

  test('asks again who the App is where GitHub failed to say', async () => {
    const { forge: made } = forge()
    github().get('/app').reply(502)
    await expect(made.connect(at)).rejects.toMatchObject({ status: 502 })

    github().get('/app').reply(200, { id: 42, slug: 'firebreak' })
    await expect(made.connect(at)).resolves.toHaveProperty('repository')
  })

  test('lists the repositories of an installation', async () => {
    github()
      .get('/installation/repositories')
      .query({ per_page: 100 })
      .reply(200, { total_count: 1, repositories: [{ name: 'mesh', owner: { login: 'bookinfo' } }] })

    expect(await forge().forge.repositories(1)).toEqual([at])
  })
})
