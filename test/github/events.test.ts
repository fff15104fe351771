import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { knownEvents, subscribedEvents } from '../../src/github/events.ts'

const manifest = parse(readFileSync('app.yml', 'utf8')) as { readonly default_events: readonly string[] }

test('the App subscribes to exactly what is said to be lost without it', () => {
  expect(Object.keys(subscribedEvents).toSorted()).toEqual(manifest.default_events.toSorted())
})

test('every event that is decoded is known', () => {
  const decoded = [...readFileSync('src/bot.ts', 'utf8').matchAll(/'(?<event>[a-z_]+)\.[a-z_]+'/g)]
  const events = new Set(decoded.map(({ groups }) => groups?.['event']))

  expect([...events].filter((event) => !knownEvents.includes(event ?? ''))).toEqual([])
  expect(events.size).toBeGreaterThan(8)
})
