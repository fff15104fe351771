import { describe, expect, test } from 'vitest'
import { redeliverLost } from '../../src/github/deliveries.ts'
import { github, testClient, withNock } from '../support/github.ts'

withNock()

const since = '2026-01-01T12:00:00Z'
let ids = 0

const attempt = (guid: string, status: string, time = '13:00') => ({
  id: ++ids,
  guid,
  status,
  delivered_at: `2026-01-01T${time}:00Z`,
})

function page(attempts: readonly object[], cursor?: string, next?: string): void {
  github()
    .get('/app/hook/deliveries')
    .query(cursor === undefined ? { per_page: 100 } : { per_page: 100, cursor })
    .reply(
      200,
      attempts,
      next === undefined
        ? {}
        : { link: `<https://api.github.com/app/hook/deliveries?per_page=100&cursor=${next}>; rel="next"` },
    )
}

function again(id: number): void {
  github().post(`/app/hook/deliveries/${id}/attempts`).reply(202, {})
}

describe('an event', () => {
  test('that did not arrive is asked for once more, by its latest attempt', async () => {
    const [late, early] = [attempt('a', 'timed out'), attempt('a', 'failed to connect to host')]
    page([late, attempt('b', 'OK'), early])
    again(late.id)

    expect(await redeliverLost(testClient(), since)).toBe(1)
  })

  test('that arrived in the end is let be, be it on another page', async () => {
    page([attempt('a', 'timed out')], undefined, 'c')
    page([attempt('a', 'OK')], 'c')

    expect(await redeliverLost(testClient(), since)).toBe(0)
  })

  test('that was refused three times is given up', async () => {
    page(['Invalid HTTP Response: 500', 'timed out', 'timed out'].map((status) => attempt('a', status)))

    expect(await redeliverLost(testClient(), since)).toBe(0)
  })

  test('of earlier is none of ours, and nothing before it is read', async () => {
    page([attempt('a', 'OK'), attempt('b', 'timed out', '11:59')], undefined, 'never-asked-for')

    expect(await redeliverLost(testClient(), since)).toBe(0)
  })
})
