import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a process has cost: processor time, and the memory that it held at most. */
export interface Cost {
  readonly milliseconds: number
  readonly mebibytes: number
}

/** How a check ended in a process of its own; the cost is absent where it was ended by force, or by a fault of ours. */
export interface MeasuredCheck {
  readonly status: number | null
  readonly stdout: string
  readonly cost?: Cost
}

/** Checks two folders in a process of its own by the release that was built last, the loading of it included. */
export function measuredCheck(
  { base, head }: { readonly base: string; readonly head: string },
  { more = [], seconds }: { readonly more?: readonly string[]; readonly seconds?: number } = {},
): MeasuredCheck {
  const loaded = ['--import', here('usage.ts'), here('../dist/cli.js')]
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [...loaded, 'check', '--base', base, '--head', head, ...more],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      ...(seconds !== undefined && { timeout: seconds * 1000, killSignal: 'SIGKILL' }),
    },
  )
  const said = stderr.trim().split('\n').at(-1) ?? ''
  if (signal !== null || !said.startsWith('{')) return { status, stdout }
  return { status, stdout, cost: JSON.parse(said) as Cost }
}

export function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url))
}
