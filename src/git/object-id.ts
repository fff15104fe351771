import { createHash } from 'node:crypto'

/** The name that Git gives a content. */
export function blobId(content: Buffer, hash: 'sha1' | 'sha256' = 'sha1'): string {
  return createHash(hash).update(`blob ${content.length}\0`).update(content).digest('hex')
}

/** Whether a content is that of a blob, whoever says so; the length of the name says by which hash. */
export function isBlobOf(sha: string, content: Buffer): boolean {
  return blobId(content, sha.length === 64 ? 'sha256' : 'sha1') === sha
}
