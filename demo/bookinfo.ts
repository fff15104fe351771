import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('bookinfo/', import.meta.url))

/** The files of the Bookinfo mesh: its path in the repository and its text. */
export function bookinfoFiles(): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]))
}

/** Who works on the mesh, in which team. */
export const teams = {
  'mesh-admins': ['maya', 'max'],
  login: ['lina', 'leo'],
  catalog: ['carla', 'ciro'],
} as const

/** The organization that owns the mesh and its teams. */
export const organization = 'bookinfo'

/** The repository of the mesh. */
export const repository = 'bookinfo/mesh'
