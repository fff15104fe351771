import { expect, test } from 'vitest'
import { createInstruments } from '../../src/operations/instruments.ts'
import { parseExposition } from '../support/exposition.ts'

test('a version from a package file is escaped like any label', async () => {
  const text = await createInstruments('1.0"}\n').text()

  expect(text).toContain('firebreak_build_info{version="1.0\\"}\\n"} 1\n')
})

test('what the table does not list is other, however much of it there is', async () => {
  const instruments = createInstruments('1')
  for (let count = 0; count < 100; count++) instruments.add('events', { event: `made-up-${count}` })

  const samples = parseExposition(await instruments.text())

  const events = samples.filter(({ name, value }) => name === 'firebreak_events_total' && value > 0)
  expect(events).toEqual([{ name: 'firebreak_events_total', labels: { event: 'other' }, value: 100 }])
})

test('two servers in one process share nothing', async () => {
  const [one, other] = [createInstruments('1'), createInstruments('1')]
  one.add('overrides', {})

  expect(await one.text()).toContain('firebreak_overrides_total 1\n')
  expect(await other.text()).toContain('firebreak_overrides_total 0\n')
})
