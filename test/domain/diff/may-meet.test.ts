import { expect, it } from 'vitest'
import { mayMeet } from '../../../src/domain/diff/may-meet.ts'
import { unmetered } from '../../../src/domain/language/string-set.ts'
import { boxFor, exact, plenty, prefix } from '../../support/worked-mesh.ts'

const [log, login, shop] = [boxFor(prefix('/log')), boxFor(exact('/login')), boxFor(prefix('/shop'))]

it('boxes meet where some request lies in both', () => {
  expect(mayMeet(log, login, unmetered)).toBe(true)
  expect(mayMeet(log, shop, unmetered)).toBe(false)
})

it('what there is no work left to find out may be', () => {
  expect(mayMeet(log, shop, plenty(0))).toBe(true)
})
