import { spawnSync } from 'node:child_process'
import { here } from './measured-check.ts'

/** Processor time of a program and of all that it has started. */
export interface ProcessCost {
  readonly milliseconds: number
  readonly stdout: string
}

/** Runs a program to its end; what the shell says of its children is processor time, so that others on the machine do not count. */
export function processCost(
  command: readonly string[],
  { cwd, input }: { readonly cwd?: string; readonly input?: string } = {},
): ProcessCost {
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', '"$@"; status=$?; times; exit $status', 'sh', ...command],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      ...(cwd !== undefined && { cwd }),
      ...(input !== undefined && { input }),
    },
  )
  const end = /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\n$/.exec(stdout)
  if (end === null || status === null || status > 1) throw new Error(`${command.join(' ')}: ${stderr}`)
  const [, userMinutes, user, systemMinutes, system] = end.map(Number)
  const seconds = 60 * ((userMinutes ?? 0) + (systemMinutes ?? 0)) + (user ?? 0) + (system ?? 0)
  return {
    milliseconds: seconds * 1000,
    stdout: stdout.slice(0, stdout.lastIndexOf('\n', end.index - 2) + 1),
  }
}

/** The same of the release that was built last. */
export function commandCost(args: readonly string[], where?: Parameters<typeof processCost>[1]): ProcessCost {
  return processCost([process.execPath, here('../dist/cli.js'), ...args], where)
}

/** Processor time of js-yaml to parse every manifest of a folder once, in a process of its own, without reading the files. */
export function parsingOf(folder: string): number {
  return median(() => {
    const { stdout } = processCost([process.execPath, here('parse-once.ts'), folder])
    return JSON.parse(stdout) as { readonly milliseconds: number }
  }).milliseconds
}

/** Of three runs the one in the middle. */
export function median<T extends { readonly milliseconds: number }>(measure: () => T): T {
  const [, middle] = [measure(), measure(), measure()].sort((a, b) => a.milliseconds - b.milliseconds)
  if (middle === undefined) throw new Error('Nothing was measured')
  return middle
}
