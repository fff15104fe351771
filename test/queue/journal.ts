import { expect, test } from 'vitest'
import type { Journal } from '../../src/app/work/journal.ts'
import type { Scope } from '../../src/app/work/scope.ts'
import { ref } from './check-queue.ts'

const scope = (number: number): Scope => ({ kind: 'pull-request', ref: ref(number) })

/** What every `Journal` promises. `open` opens the same one again. */
export function holdsAsJournal(open: (name: string) => Journal): void {
  test('what is noted is left until it is done, in this process and in the next', async () => {
    const journal = open('left')
    const one = await journal.note(scope(1))
    await journal.note(scope(2))
    await one.done()
    await journal.close()

    const next = open('left')
    const left = await next.left()
    expect(left.map((entry) => entry.scope)).toEqual([scope(2)])

    for (const entry of left) await entry.done()
    expect(await next.left()).toEqual([])
    await next.close()
  })

  test('says that it can keep something, and what it is for which event', async () => {
    const journal = open('event')
    const asked = { ...scope(1), event: { delivery: 'd-1', at: 5 } }
    const isWell = () =>
      journal.check().then(
        () => true,
        () => false,
      )
    await expect.poll(isWell).toBe(true)
    await journal.note(asked)

    expect((await journal.left()).map((entry) => entry.scope)).toEqual([asked])
    await journal.close()
  })

  test('the same, asked for twice, is two', async () => {
    const journal = open('twice')
    const one = await journal.note(scope(1))
    await journal.note(scope(1))
    await one.done()

    expect(await journal.left()).toHaveLength(1)
    await journal.close()
  })
}
