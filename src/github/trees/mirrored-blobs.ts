import type { PullRequest } from '../../app/ports.ts'
import type { GitMirror } from '../../git/merge.ts'
import type { BlobsHere } from './blobs.ts'

interface MirroredBlobsOptions {
  readonly mirror: Pick<GitMirror, 'bring' | 'held'>
  /** The pull requests of which something may be wanted. */
  readonly pulls: () => readonly Pick<PullRequest, 'ref' | 'base' | 'head'>[]
  /** Is told why nothing could be fetched. */
  readonly onFault: (error: unknown) => void
}

/** Blobs that a mirror holds, which is fetched anew where it lacks some; what it still lacks is for GitHub's API to give. */
export function createMirroredBlobs({ mirror, pulls, onFault }: MirroredBlobsOptions): BlobsHere {
  let brought = ''

  /** Whether anything was fetched: the same commits are fetched once. */
  async function bring(): Promise<boolean> {
    const wanted = pulls()
    const commits = wanted.map(({ base, head }) => `${base.tip} ${head.sha}`).join(' ')
    if (commits === brought) return false
    brought = commits
    const refs = wanted.flatMap(({ ref, base }) => [
      `refs/heads/${base.branch}`,
      `refs/pull/${ref.number}/head`,
    ])
    try {
      await mirror.bring(refs)
      return true
    } catch (error) {
      onFault(error)
      return false
    }
  }

  return async (shas) => {
    const found = await mirror.held(shas)
    const missing = shas.filter((sha) => !found.has(sha))
    if (missing.length === 0 || !(await bring())) return found
    return new Map([...found, ...(await mirror.held(missing))])
  }
}
