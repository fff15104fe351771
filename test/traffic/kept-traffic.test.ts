import { expect, it } from 'vitest'
import { budgets } from '../../src/domain/budgets.ts'
import { createTrafficLogs } from '../../src/traffic/kept-traffic.ts'
import { folder, write } from '../commands/fake-terminal.ts'

const line = (path: string, count = 1) =>
  `${JSON.stringify({ method: 'GET', authority: 'a.example', path, count })}\n`
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
  expect(await paths()).toContain('/b')
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
