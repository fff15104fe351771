import { filesBelow } from './files-below.ts'

/** The files of the Bookinfo mesh: its path in the repository and its text. */
export function bookinfoFiles(): Readonly<Record<string, string>> {
  return filesBelow('bookinfo')
}

/** Who works on the mesh, in which team. */
export const teams = {
  'mesh-admins': ['maya', 'max'],
  login: ['lina', 'leo'],
  catalog: ['carla', 'ciro'],
} as const

/** The organization that owns the mesh and its teams. */
export const organization = 'bookinfo'
