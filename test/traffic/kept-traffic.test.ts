import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { budgets } from '../../src/domain/budgets.ts'
import { createTrafficLogs } from '../../src/traffic/kept-traffic.ts'
import { folder, write } from '../commands/fake-terminal.ts'

const line = (path: string, count = 1) =>
  `${JSON.stringify({ method: 'GET', authority: 'a.example', path, count })}\n`
const text = (path: string, host: string) =>
  `[2026-11-29T10:00:00.000Z] "GET ${path} HTTP/2" 200 - via_upstream - "-" 0 12 3 2 "-" "curl" "6f9-1" "${host}" "10.0.0.7:9080"\n`

/** What is held, after everything else was collected. */
function heap(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

const shop = { owner: 'shop', repo: 'mesh' }

it('keeps each request of a repository once, without what its query was', async () => {
  const logs = createTrafficLogs(
    folder({ 'shop/mesh/a.log': line('/a?x=1', 2) + line('/a?x=2', 3) + line('/a', 4) }),
    () => 0,
  )

  expect(await logs.of(shop)).toMatchObject({
    beyond: 0,
    requests: [
      { path: '/a', count: 5, queryUnknown: true },
      { path: '/a', count: 4 },
    ],
  })
})

it('counts the requests of further paths than are kept', async () => {
  const many = Array.from({ length: budgets.trafficKept.size + 10 }, (_, at) => line(`/${at}`, 2)).join('')
  const kept = await createTrafficLogs(folder({ 'shop/mesh/a.log': many }), () => 0).of(shop)

  expect(kept).toMatchObject({ beyond: 20 })
  expect(kept).toHaveProperty('requests.length', budgets.trafficKept.size)
})

it('reads again after a while, and answers meanwhile by what it has', async () => {
  const path = folder({ 'shop/mesh/a.log': line('/a') })
  let now = 0
  const logs = createTrafficLogs(path, () => now)
  const paths = async () => JSON.stringify(await logs.of(shop))

  await paths()
  write(path, { 'shop/mesh/a.log': line('/b') })
  expect(await paths()).toContain('/a')
  now = budgets.trafficRefresh.size * 1000
  expect(await paths()).toContain('/a')
  await expect.poll(paths).toContain('/b')
})

it('reads once for however many ask at once', async () => {
  const logs = createTrafficLogs(folder({ 'shop/mesh/a.log': line('/a') }), () => 0)
  const [one, other] = await Promise.all([logs.of(shop), logs.of(shop)])

  expect(one).toBe(other)
})

it('keeps nothing of a log but its requests', async () => {
  const filler = text('/common/path/that/is/long', 'common.host.example').repeat(4_000)
  const rare = Array.from(
    { length: 60 },
    (_, at) => text(`/rare/path/${at}`, `rare-${at}.host.example`) + filler,
  )
  const logs = createTrafficLogs(folder({ 'shop/mesh/a.log': rare.join('') }), () => 0)
  const before = heap()
  const kept = await logs.of(shop)

  expect(heap() - before).toBeLessThan(filler.length * 10)
  expect(kept).toHaveProperty('requests.length', 61)
})

it.each([
  ['a repository without a folder', shop],
  ['a name that leads elsewhere', { owner: '..', repo: 'secret' }],
  ['a name with a slash', { owner: 'shop', repo: '../secret' }],
])('%s is unreadable, and no fault', async (_, repository) => {
  expect(await createTrafficLogs(folder({ 'secret/a.log': line('/a') }), () => 0).of(repository)).toBe(
    'unreadable',
  )
})

it('forgets the repository that has been read longest ago where there are too many, and no other', async () => {
  const most = budgets.trafficRepositories.size
  const repositories = Array.from({ length: most + 1 }, (_, each) => ({ owner: 'shop', repo: `r${each}` }))
  const path = folder(Object.fromEntries(repositories.map(({ repo }) => [`shop/${repo}/a.log`, line('/a')])))
  const logs = createTrafficLogs(path, () => 0)
  const read = new Map<string, unknown>()
  for (const each of repositories) read.set(each.repo, await logs.of(each))

  const isKept = await Promise.all(
    repositories.slice(1).map(async (each) => (await logs.of(each)) === read.get(each.repo)),
  )
  expect(isKept).toEqual(Array(most).fill(true))
  expect(await logs.of({ owner: 'shop', repo: 'r0' })).not.toBe(read.get('r0'))
})
