import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mutations } from './mutations.ts'

const program = join(import.meta.dirname, 'mutated.ts')

/** How many differences each mutation shows, and last the engine without any. */
const differences = execFileSync(process.execPath, [program], { encoding: 'utf8' })
  .trimEnd()
  .split('\n')
  .map(Number)

it.each(mutations.map(({ name }, index) => ({ index, name })))('it is told apart that $name', ({ index }) => {
  expect(differences[index]).toBeGreaterThan(0)
})

it('without a mutation there are none', () => {
  expect(mutations.length).toBeGreaterThanOrEqual(5)
  expect(differences.slice(mutations.length)).toEqual([0])
})
