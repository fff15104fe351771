import { afterAll, beforeAll, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import type { Files } from '../support/stage.ts'
import { owner as olga, openTheatre, type Theatre } from '../support/stage.ts'

let theatre: Theatre

beforeAll(async () => {
  theatre = await openTheatre()
})

afterAll(() => theatre.close())

/** Takes every request of a host away from whoever answers it by the primary on `*`. */
const captures = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: everything, namespace: catalog }
spec:
  hosts: ["shop.example"]
  gateways: [default/bookinfo-gateway]
  http: [{ route: [{ destination: { host: elsewhere } }] }]
`
const own = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: own, namespace: catalog }
spec:
  selector: { app: none }
  servers: [{ port: { number: 8888, name: http, protocol: HTTP }, hosts: ["none.example"] }]
`
const wanted = { conclusion: 'action_required', waitsFor: ['login', 'mesh-admins'] }

it.concurrent('a mesh of one`s own, made by writing a Gateway of one`s own twice', async () => {
  const story = await theatre.story()
  const direct = await story.propose('carla', { 'teams/catalog/a/everything.yaml': captures })
  expect(await direct.verdict()).toMatchObject(wanted)

  const first = await story.propose('carla', {
    'teams/catalog/a/own.yaml': own,
    'teams/catalog/b/own.yaml': own,
  })
  if ((await first.verdict()).conclusion !== 'success') return
  await theatre.github.mergePullRequest({ repo: story.repo, number: first.number, by: 'carla' })
  await theatre.settle()

  const second = await story.propose('carla', { 'teams/catalog/a/everything.yaml': captures })
  expect((await second.verdict()).conclusion).not.toBe('success')
})

it.concurrent('a mesh of one`s own, made by a VirtualService without a namespace', async () => {
  const story = await theatre.story()
  const spare = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: spare }
spec: { http: [{ route: [{ destination: { host: a } }] }] }
`
  const files = { 'teams/catalog/a/spare.yaml': spare, 'teams/catalog/b/spare.yaml': spare }
  const first = await story.propose('carla', files)
  if ((await first.verdict()).conclusion !== 'success') return
  await theatre.github.mergePullRequest({ repo: story.repo, number: first.number, by: 'carla' })
  await theatre.settle()

  const second = await story.propose('carla', { 'teams/catalog/a/everything.yaml': captures })
  expect((await second.verdict()).conclusion).not.toBe('success')
})

it.concurrent('a file beside the folders that are taken for meshes', async () => {
  const story = await theatre.story({
    codeowners: '/clusters/ @bookinfo/mesh-admins\n/teams/catalog/ @bookinfo/catalog\n',
  })
  const files: Record<string, Files[string]> = {}
  for (const [path, text] of Object.entries(bookinfoFiles())) {
    if (!path.endsWith('.yaml')) continue
    files[path] = null
    for (const cluster of ['prod', 'dev']) files[`clusters/${cluster}/${path}`] = text
  }
  await story.push(olga, 'main', files)
  const pull = await story.propose('carla', { 'teams/catalog/everything.yaml': captures })

  expect((await pull.verdict()).conclusion).not.toBe('success')
})

it.concurrent('a wildcard over another team`s host, beside a primary of one`s own', async () => {
  const host = (name: string, of: string, http: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${name} }
spec:
  hosts: ["${of}"]
  gateways: [default/bookinfo-gateway]
  http: [{ ${http} }]
`
  const primary = (team: string) =>
    host(
      team,
      `${team}.example`,
      `match: [{ uri: { prefix: / } }], delegate: { name: part, namespace: ${team} }`,
    )
  const secondary = (team: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: part, namespace: ${team} }
spec: { http: [{ match: [{ uri: { prefix: / } }], route: [{ destination: { host: ${team} } }] }] }
`
  const ofTeam = (team: string) => ({
    [`teams/${team}/own.yaml`]: primary(team),
    [`teams/${team}/part.yaml`]: secondary(team),
  })
  const shop = {
    'mesh/bookinfo.yaml': (bookinfoFiles()['mesh/bookinfo.yaml'] ?? '').replace('"*"', 'shop.test'),
  }
  const wildcard = {
    'teams/catalog/all.yaml': host(
      'catalog-all',
      '*.example',
      'route: [{ destination: { host: elsewhere } }]',
    ),
  }
  const without = await theatre.story({ files: { ...shop, ...ofTeam('login') } })
  const asked = await without.propose('carla', wildcard)
  expect(await asked.verdict()).toMatchObject({ waitsFor: ['login'] })

  const story = await theatre.story({ files: { ...shop, ...ofTeam('login'), ...ofTeam('catalog') } })
  const pull = await story.propose('carla', wildcard)
  expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
})
