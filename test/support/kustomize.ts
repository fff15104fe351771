import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Overlays } from './overlays.ts'

const ours = join(import.meta.dirname, '../oracles/kustomize/kustomize')
const program = process.env['KUSTOMIZE'] ?? (existsSync(ours) ? ours : 'kustomize')

/** Whether the program is there, in the version whose behaviour is followed. Where it is not, its laws are skipped. */
export const hasKustomize =
  process.env['REQUIRE_KUSTOMIZE'] === '1' || /\bv5\.8\.1\b|^\(devel\)/.test(versionOf())

function versionOf(): string {
  return spawnSync(program, ['version'], { encoding: 'utf8' }).stdout ?? ''
}

/** What the program prints for a tree, or that it fails. Only ever for trees that are made here: it fetches what looks like a URL. */
export function builtByKustomize({
  files,
  root,
}: Overlays): { readonly yaml: string } | { readonly error: string } {
  const scratch = mkdtempSync(join(tmpdir(), 'kustomize-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true })
      writeFileSync(join(scratch, path), text)
    }
    return { yaml: execFileSync(program, ['build', root], { cwd: scratch, encoding: 'utf8', stdio: 'pipe' }) }
  } catch (error) {
    return { error: String(error) }
  } finally {
    rmSync(scratch, { recursive: true })
  }
}
