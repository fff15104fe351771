import { createHash } from 'node:crypto'
import { blobId } from '../../src/git/object-id.ts'

/** A folder as GitHub's graph gives it: each entry with the number of its mode. */
export interface GivenFolder {
  readonly oid: string
  readonly entries: readonly GivenEntry[]
}

interface GivenEntry {
  readonly name: string
  readonly mode: number
  readonly oid: string
  readonly size: number
  readonly object?: GivenFolder | Record<string, never>
}

/** A file by its text, a folder by what is in it, or whatever else an entry may be. */
export type Written =
  | string
  | { readonly [name: string]: Written }
  | { readonly mode: number; readonly oid: string }

function entryOf(name: string, written: Written): GivenEntry {
  if (typeof written === 'string') {
    const content = Buffer.from(written)
    return { name, mode: 0o100644, oid: blobId(content), size: content.length, object: {} }
  }
  if ('mode' in written && typeof written.mode === 'number')
    return { name, mode: written.mode, oid: String(written['oid']), size: 0 }
  const object = givenFolder(written as { readonly [name: string]: Written })
  return { name, mode: 0o040000, oid: object.oid, size: 0, object }
}

/** As `git mktree` names it. */
export function givenFolder(written: { readonly [name: string]: Written }): GivenFolder {
  const entries = Object.entries(written).map(([name, each]) => entryOf(name, each))
  const key = ({ name, mode }: GivenEntry) => Buffer.from(mode === 0o040000 ? `${name}/` : name)
  const content = entries
    .toSorted((a, b) => Buffer.compare(key(a), key(b)))
    .map(({ name, mode, oid }) =>
      Buffer.concat([Buffer.from(`${mode.toString(8)} ${name}\0`), Buffer.from(oid, 'hex')]),
    )
  const bytes = Buffer.concat(content)
  const oid = createHash('sha1').update(`tree ${bytes.length}\0`).update(bytes).digest('hex')
  return { oid, entries }
}
