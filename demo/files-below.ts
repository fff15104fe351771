import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The texts of all files of a folder beside this one, by their path in it. */
export function filesBelow(name: string): Readonly<Record<string, string>> {
  const folder = fileURLToPath(new URL(`${name}/`, import.meta.url))
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]))
}
