import { expect, test } from 'vitest'
import { createReadiness } from '../../src/operations/readiness.ts'

const well = async () => undefined

test('a server is ready where nothing is missing', async () => {
  const readiness = createReadiness({ parts: { store: well, app: well, accepting: well }, patience: 50 })

  expect(await readiness()).toEqual(new Map())
})

test('every part that is missing is named, what fails with its reason and what never answers in time', async () => {
  const readiness = createReadiness({
    parts: {
      store: () => new Promise(() => {}),
      app: () => Promise.reject(new Error('no key')),
      accepting: async () => 'it stops',
    },
    patience: 50,
  })

  expect(await readiness()).toEqual(
    new Map([
      ['store', 'it does not answer'],
      ['app', 'no key'],
      ['accepting', 'it stops'],
    ]),
  )
})
