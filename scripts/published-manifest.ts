// The package.json that is published has nothing to install: what Firebreak needs is in its bundle. `npm pack` runs this before
// it packs, and afterwards, to put the whole one back.
//
//   node scripts/published-manifest.ts write | restore
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const manifest = 'package.json'
const whole = '.package.json.whole'

/** What is for whoever works on Firebreak itself. */
const left = new Set(['scripts', 'dependencies', 'devDependencies'])

function restore(): void {
  if (existsSync(whole)) renameSync(whole, manifest)
}

function write(): void {
  // An earlier run may have been killed.
  restore()
  const text = readFileSync(manifest, 'utf8')
  const entries = Object.entries(JSON.parse(text) as object).filter(([key]) => !left.has(key))
  writeFileSync(whole, text)
  writeFileSync(manifest, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`)
}

if (process.argv[2] === 'write') write()
else restore()
