import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filesOf, type LargeMesh, writeBothSides } from './large-mesh.ts'
import { commandCost, median, type ProcessCost, parsingOf, processCost } from './process-cost.ts'
import { type Files, writeFiles } from './write-files.ts'

/** One row of the targets: processor time beside what it should take, which is so many times what others take in the same run. */
export interface CommandBenchmark {
  readonly name: string
  readonly milliseconds: number
  readonly target: number
  readonly targetSays: string
}

const mesh: LargeMesh = { primaries: 20, secondaries: 50, routes: 10 }

/** What commands cost in processes of their own: whatever they start is theirs. */
export function benchCommands(): readonly CommandBenchmark[] {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-commands-'))
  try {
    return [
      start(),
      clone(join(folder, 'clone'), 'two refs of a clone, 1,020 VirtualServices', [
        filesOf(mesh, false),
        filesOf(mesh, true),
      ]),
      clone(join(folder, 'many'), '30,000 files in a clone, 40 manifests, one line changed', [
        many(false),
        many(true),
      ]),
      oneHost(join(folder, 'host')),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function timeOf(measure: () => ProcessCost): number {
  return median(measure).milliseconds
}

/** How many requests `explain` answers in a second of processor time, once the mesh is read. */
export function benchExplain(): number {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-explain-'))
  try {
    writeBothSides(folder, mesh)
    const [one, all] = [1, asked].map((count) => {
      const input = join(folder, `${count}.ndjson`)
      writeFileSync(input, requests(count))
      return timeOf(() =>
        commandCost(['explain', join(folder, 'base'), '--requests', input, '--format', 'json']),
      )
    })
    return (asked - 1) / (((all ?? 0) - (one ?? 0)) / 1000)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const asked = 10_000

function requests(count: number): string {
  return Array.from({ length: count }, (_, at) => {
    const path = `/area-${at % mesh.secondaries}/part-${at % mesh.routes}/x`
    return `${JSON.stringify({ method: 'GET', scheme: 'http', authority: `host-${at % mesh.primaries}.example`, path, headers: {} })}\n`
  }).join('')
}

function start(): CommandBenchmark {
  return {
    name: 'firebreak rules',
    milliseconds: timeOf(() => commandCost(['rules'])),
    target: 3 * timeOf(() => processCost([process.execPath, '-e', '0'])),
    targetSays: '3 x node -e 0',
  }
}

/** What Git takes to say the same difference, and js-yaml to parse the manifests of one side. */
function clone(folder: string, name: string, [base, head]: readonly [Files, Files]): CommandBenchmark {
  writeFiles(folder, base)
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'gc.auto=0', ...args], {
      cwd: folder,
      stdio: 'pipe',
    })
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-qm', 'base')
  git('tag', 'base')
  writeFiles(folder, head)
  git('commit', '-qam', 'head')
  const differing = timeOf(() => processCost(['git', 'diff', '--raw', 'base', 'main'], { cwd: folder }))
  const blobs = processCost(['git', 'ls-files', '-s', '*.yaml'], { cwd: folder }).stdout
  const input = blobs.replaceAll(/^\d+ (\S+).*$/gm, '$1')
  const reading = timeOf(() => processCost(['git', 'cat-file', '--batch'], { cwd: folder, input }))
  return {
    name,
    milliseconds: timeOf(() => commandCost(['check', '--base', 'base', '--head', 'main'], { cwd: folder })),
    target: 2 * parsingOf(folder) + differing + reading,
    targetSays: '2 x js-yaml, git diff and git cat-file',
  }
}

function* many(isChanged: boolean): Files {
  yield* filesOf({ primaries: 2, secondaries: 19, routes: 10 }, false)
  if (isChanged) yield ['primaries/primary-1.yaml', changedPrimary()]
  for (let at = 0; at < 30_000; at += 1)
    yield [`src/module-${at % 300}/file-${at}.ts`, `export const at = ${at}\n`]
}

function changedPrimary(): string {
  const [, text = ''] =
    [...filesOf({ primaries: 2, secondaries: 19, routes: 10 }, false)].find(
      ([path]) => path === 'primaries/primary-1.yaml',
    ) ?? []
  return text.replace('prefix: /area-7/', 'prefix: /area-seven/')
}

/** One host with 10,000 routes, all rules asked. */
function oneHost(folder: string): CommandBenchmark {
  const side = (timeout: string): Files => [['mesh.yaml', hostOf(10_000, timeout)]]
  writeFiles(join(folder, 'base'), side('1s'))
  writeFiles(join(folder, 'head'), side('2s'))
  const sides = ['--base', join(folder, 'base'), '--head', join(folder, 'head')]
  return {
    name: 'one host with 10,000 routes, --existing',
    milliseconds: timeOf(() => commandCost(['check', ...sides, '--existing'])),
    target: 3 * parsingOf(join(folder, 'base')),
    targetSays: '3 x js-yaml',
  }
}

function hostOf(routes: number, timeoutOfFirst: string): string {
  const entries = Array.from(
    { length: routes },
    (_, at) =>
      `    - match:\n        - uri:\n            prefix: /part-${at}/\n      timeout: ${at === 0 ? timeoutOfFirst : '1s'}\n      route:\n        - destination:\n            host: service-${at}\n`,
  )
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: all\n  namespace: shop\nspec:\n  hosts:\n    - all.example\n  gateways:\n    - shop/entry\n  http:\n${entries.join('')}`
}
