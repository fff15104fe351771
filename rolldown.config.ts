import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin, type RolldownOptions } from 'rolldown'

/** What runs in a page that is kept or sent: one script that asks nobody. */
export const pageOptions = {
  input: new URL('src/browser/main.ts', import.meta.url).pathname,
  platform: 'browser',
  output: { file: 'dist/browser/page.js', format: 'iife', minify: true },
} as const

/** Of a module of a package: the folder of the package. */
const packageFolder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/

/** What the licence of a package says: the file that it comes with, or else the name of the licence. */
function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((each) => /^(?:licen[cs]e|copying)/i.test(each))
  const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim()
  return `${name} ${version}\n\n${text}\n`
}

/** Whoever copies the work of others says whose it is: one file with the licence of each package of which something is here. */
const licences: Plugin = {
  name: 'licences',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((each) => (each.type === 'chunk' ? each.moduleIds : []))
    const folders = new Set(modules.flatMap((id) => packageFolder.exec(id)?.[0] ?? []))
    const texts = [...folders].filter((each) => existsSync(join(each, 'package.json'))).map(licenceOf)
    this.emitFile({
      type: 'asset',
      fileName: 'third-party-licences.txt',
      source: texts.toSorted().join(`\n${'-'.repeat(80)}\n\n`),
    })
  },
}

/** Whatever it needs comes with it: one file opens faster than hundreds, and what was tested is what is installed. */
export const programOptions = {
  input: {
    cli: 'src/cli.ts',
    index: 'src/index.ts',
    action: 'src/action.ts',
    server: 'src/server.ts',
    'judging-thread': 'src/judging/thread.ts',
    'progress-thread': 'src/commands/progress-thread.ts',
  },
  platform: 'node',
  // A release has the script of a page, and never bundles it.
  external: /^(?:rolldown$|\.\.\/rolldown)/,
  plugins: [licences],
  // Not ours: a package looks for clients of Redis that nobody asks it for.
  checks: { eval: false },
  output: {
    dir: 'dist',
    cleanDir: true,
    sourcemap: true,
    minify: true,
    chunkFileNames: '[name]-[hash].js',
  },
} satisfies RolldownOptions

export default defineConfig([programOptions, pageOptions])
