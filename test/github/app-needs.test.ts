import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Granted, lacksOf, neededPermissions } from '../../src/github/app-needs.ts'

interface Manifest {
  readonly default_permissions: Granted['permissions']
  readonly default_events: readonly string[]
}

const { default_permissions: permissions, default_events: events } = parse(
  readFileSync('app.yml', 'utf8'),
) as Manifest

test('the App asks for exactly what is said to be lost without it, and lacks nothing then', () => {
  const needed = Object.entries(neededPermissions).map(([name, { access }]) => [name, access])

  expect(Object.fromEntries(needed)).toEqual(permissions)
  expect(lacksOf({ permissions, events })).toEqual([])
})

test.each(Object.keys(permissions))('without %s that is lacking, and nothing else', (name) => {
  const { [name]: access, ...others } = permissions

  expect(lacksOf({ permissions: others, events })).toMatchObject([
    { kind: 'permission', needed: `${name}: ${access}` },
  ])
})

test('reading is less than writing, and more than is needed is enough', () => {
  const lacking = lacksOf({ permissions: { ...permissions, checks: 'read', members: 'admin' }, events })

  expect(lacking).toEqual([
    { kind: 'permission', needed: 'checks: write', lost: 'no verdict can be written' },
  ])
})

test('an event that is not subscribed to is lacking', () => {
  const lacking = lacksOf({ permissions, events: events.filter((event) => event !== 'push') })

  expect(lacking).toMatchObject([{ kind: 'event', needed: 'push' }])
})
