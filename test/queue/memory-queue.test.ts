import { expect, test } from 'vitest'
import { createMemoryQueue } from '../../src/queue/memory-queue.ts'
import { holdsAsQueue, record, ref } from './check-queue.ts'

holdsAsQueue(createMemoryQueue)

test('closing waits for all that was added, since nobody else has it', async () => {
  const { queue, events } = record(createMemoryQueue, { concurrency: 1 })

  queue.add(ref(1))
  queue.add(ref(2))
  await queue.close()

  expect(events).toEqual(['start 1', 'end 1', 'start 2', 'end 2'])
})
