import { afterAll, beforeAll, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Files, openTheatre, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'

let theatre: Theatre

beforeAll(async () => {
  theatre = await openTheatre()
})

afterAll(() => theatre.close())

/** A primary of catalog's own that nobody can reach: its Gateway serves no such host. */
const unreachable = (delegate: string): Files => ({
  'teams/catalog/gateway.yaml': `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: own, namespace: catalog }
spec:
  selector: { app: none }
  servers: [{ port: { number: 8888, name: http, protocol: HTTP }, hosts: ["none.example"] }]
`,
  'teams/catalog/own.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own, namespace: catalog }
spec:
  hosts: [own.example]
  gateways: [own]
  http:
    - match: [{ uri: { prefix: /log } }]
      delegate: ${delegate}
`,
})

/** Carla proposes and merges, with nobody's consent but her own; false where that is refused. */
async function mergedAlone(story: Story, files: Files): Promise<boolean> {
  const pull = await story.propose('carla', files)
  if ((await pull.verdict()).conclusion !== 'success') return false
  await theatre.github.mergePullRequest({ repo: story.repo, number: pull.number, by: 'carla' })
  await theatre.settle()
  return true
}

it.concurrent('an administrator of login`s namespace by one`s own making', async () => {
  const primary = bookinfoFiles()['mesh/bookinfo.yaml'] ?? ''
  const story = await theatre.story({
    files: {
      'mesh/bookinfo.yaml': primary.replace(/(name: vs-1\n +namespace: )ns1/, '$1login'),
      [login]: (bookinfoFiles()[login] ?? '').replace('namespace: ns1', 'namespace: login'),
    },
  })
  const newcomer = {
    'teams/catalog/spare.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: spare, namespace: login }
spec: { http: [{ route: [{ destination: { host: a } }] }] }
`,
  }
  const direct = await story.propose('carla', newcomer)
  expect(await direct.verdict()).toMatchObject({ waitsFor: ['login'] })

  if (!(await mergedAlone(story, unreachable('{ name: vs-1, namespace: login }')))) return
  const again = await story.propose('carla', newcomer)
  expect(await again.verdict()).toMatchObject({ waitsFor: ['login'] })
})

it.concurrent('the administrators of CODEOWNERS by one`s own making', async () => {
  const codeowners = '/teams/login/ @bookinfo/login\n/teams/catalog/ @bookinfo/catalog\n'
  const story = await theatre.story({ codeowners })
  const grab = { '.github/CODEOWNERS': `* @${story.org}/catalog\n` }
  const direct = await story.propose('carla', grab)
  expect(await direct.verdict()).toMatchObject({ waitsFor: ['an admin'] })

  if (!(await mergedAlone(story, unreachable('{ name: vs-1, namespace: ns1 }')))) return
  const again = await story.propose('carla', grab)
  expect((await again.verdict()).conclusion).not.toBe('success')
})

it.concurrent('an override without an administrator of the primary that serves the traffic', async () => {
  const story = await theatre.story({
    configuration: 'override: true\n',
    codeowners: '/teams/login/ @bookinfo/login\n/teams/catalog/ @bookinfo/catalog\n',
  })
  if (!(await mergedAlone(story, unreachable('{ name: vs-1, namespace: ns1 }')))) return
  const timeout = { [login]: `${bookinfoFiles()[login]}      timeout: 9s\n` }
  const pull = await story.propose('carla', timeout)
  expect(await pull.verdict()).toMatchObject({ waitsFor: ['login'] })
  await pull.approve('ciro', '/firebreak override we would like this')

  expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
})
