import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** What the package is made of. */
const sources = [
  ...[
    'package.json',
    'rolldown.config.ts',
    'tsconfig.json',
    'README.md',
    'SECURITY.md',
    'LICENSE',
    'CHANGELOG.md',
  ],
  ...[
    'src',
    'scripts',
    'docs',
    'schema',
    'app.yml',
    'action.yml',
    '.pre-commit-hooks.yaml',
    'package-lock.json',
    '.npmrc',
    '.gitignore',
  ],
  '.github/workflows/release.yml',
]

/** Somebody who has Node, npm and Git, and nothing of ours but the tarball. */
export interface Stranger {
  /** An empty folder to work in. */
  readonly folder: string
  /** As little as a shell gives, with a home that was empty. */
  readonly environment: Readonly<Record<string, string>>
  run(program: string, ...args: readonly string[]): Promise<Ended>
  end(): void
}

/** How a program has ended, and what it printed. */
interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Copies what the package is made of, and what releases it. */
export function copySources(to: string): void {
  for (const each of sources) cpSync(resolve(each), join(to, each), { recursive: true })
  symlinkSync(resolve('node_modules'), join(to, 'node_modules'))
}

/** Packs a copy of the working tree, so that the tree itself stays as it is; returns the tarball. */
export function packInto(folder: string): string {
  const copy = join(folder, 'sources')
  copySources(copy)
  const written = execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', folder], {
    cwd: copy,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  rmSync(copy, { recursive: true })
  const [packed] = JSON.parse(written.slice(written.indexOf('['))) as readonly { readonly filename: string }[]
  return join(folder, packed?.filename ?? '')
}

export function stranger(): Stranger {
  const place = mkdtempSync(join(tmpdir(), 'firebreak-stranger-'))
  const [folder, home] = [join(place, 'work'), join(place, 'home')]
  const programs = join(place, 'bin')
  for (const each of [folder, home, programs]) mkdirSync(each)
  // Whatever other Node there is: some look for it by its old name first.
  for (const name of ['node', 'nodejs']) symlinkSync(process.execPath, join(programs, name))
  const path = [programs, process.env['PATH'] ?? ''].join(delimiter)
  const environment = {
    HOME: home,
    PATH: path,
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  }
  return {
    folder,
    environment,
    async run(program, ...args) {
      try {
        const { stdout, stderr } = await promisify(execFile)(program, args, { cwd: folder, env: environment })
        return { code: 0, out: stdout, err: stderr }
      } catch (error) {
        const { code, stdout, stderr } = error as Ended & { readonly stdout: string; readonly stderr: string }
        return { code, out: stdout, err: stderr }
      }
    },
    end: () => rmSync(place, { recursive: true, force: true }),
  }
}
