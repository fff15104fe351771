import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'rolldown'
import { programOptions } from '../../rolldown.config.ts'

const kept = resolve('node_modules/.cache/firebreak')
const beside = ['package.json', 'package-lock.json', 'app.yml', 'schema', 'docs']

let made: Promise<string> | undefined

/**
 * A program as it is released, of the sources as they are now: it starts in a third of the time that the sources take. Built once for
 * all tests, by whoever needs it first.
 */
export async function builtProgram(name: 'cli' | 'server'): Promise<string> {
  made ??= buildPrograms()
  return join(await made, 'dist', `${name}.js`)
}

async function buildPrograms(): Promise<string> {
  const folder = join(kept, stateOfSources())
  if (existsSync(folder)) return folder
  mkdirSync(kept, { recursive: true })
  forgetOlder()
  const fresh = mkdtempSync(join(kept, 'building-'))
  const output = { ...programOptions.output, dir: join(fresh, 'dist'), sourcemap: false, minify: false }
  await build({ ...programOptions, plugins: [], output })
  // Programs may run as somebody else.
  chmodSync(fresh, 0o755)
  for (const each of beside) symlinkSync(resolve(each), join(fresh, each))
  takePlace(fresh, folder)
  return folder
}

/** What other tests may still run is younger. */
function forgetOlder(): void {
  const hour = 3_600_000
  for (const each of readdirSync(kept)) {
    const path = join(kept, each)
    if (statSync(path).mtimeMs < Date.now() - hour) rmSync(path, { recursive: true, force: true })
  }
}

/** Two workers may build the same at once: the first counts. */
function takePlace(fresh: string, folder: string): void {
  try {
    renameSync(fresh, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    rmSync(fresh, { recursive: true })
  }
}

/** A name for what is built: another one, once a source is written. */
function stateOfSources(): string {
  const sources = globSync(['src/**/*.ts', 'package-lock.json', 'rolldown.config.ts']).toSorted()
  const states = sources.map((path) => {
    const { size, mtimeMs } = statSync(path)
    return `${path} ${size} ${mtimeMs}`
  })
  return createHash('sha256').update(states.join('\n')).digest('hex').slice(0, 16)
}
