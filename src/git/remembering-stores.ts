import type { Listing } from '../app/reading/git-objects.ts'
import { budgets } from '../domain/budgets.ts'
import { createBoundedCache } from './bounded-cache.ts'
import type { GitClone } from './clone.ts'
import type { FileStore } from './file-store.ts'

/**
 * The commits of a clone as stores that share what they have read: neighbours have nearly all of it in common, and what is the
 * same object is parsed once.
 */
export function rememberingStores(clone: Pick<GitClone, 'store'>): (sha: string) => FileStore {
  const listings = createBoundedCache<Listing>({
    capacity: budgets.treeCache.size,
    weigh: ({ tree }) => tree.size,
  })
  const blobs = createBoundedCache<Buffer>({
    capacity: budgets.blobCache.size,
    weigh: ({ length }) => length,
  })
  return (sha) => {
    const store = clone.store(sha)
    return {
      listing: () => listings.get(sha, store.listing),
      blob: (name) => blobs.get(name, () => store.blob(name)),
    }
  }
}
