import { isBlobOf } from './object-id.ts'
import { openGitObjects } from './objects.ts'
import type { GitProcess } from './process.ts'

/** Those of some blobs that a repository holds; none where Git cannot say. */
export async function readHeldBlobs(
  git: GitProcess,
  shas: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const held = new Map<string, Buffer>()
  const objects = openGitObjects(git)
  const reading = shas.map(async (sha) => {
    const content = await objects.blob(sha).catch(() => undefined)
    if (content !== undefined && isBlobOf(sha, content)) held.set(sha, content)
  })
  await Promise.all(reading)
  objects.close()
  return held
}
