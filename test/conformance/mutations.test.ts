import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mutations } from './mutations.ts'

const root = join(import.meta.dirname, '../..')

/** Replays what is frozen in a process whose engine has a mutation, up to the first difference. */
function replayed(mutation: number): Promise<{ readonly code: unknown; readonly said: string }> {
  const given = ['--import', './test/conformance/mutated.ts', 'conformance/main.ts', '--fail-fast']
  const env = { ...process.env, MUTATION: String(mutation) }
  return new Promise((resolve) => {
    execFile(process.execPath, given, { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, said: stdout + stderr }),
    )
  })
}

it.each(mutations.map(({ name }, index) => ({ index, name })))(
  'it is told apart that $name',
  async ({ index }) => {
    const { code, said } = await replayed(index)

    expect(said).toMatch(/ [1-9]\d* differences/)
    expect(code).toBe(1)
  },
)
