import type { RepositoryRef } from '../../app/ports.ts'
import type { Listing, TreeEntry } from '../../app/reading/git-objects.ts'
import { budgets } from '../../domain/budgets.ts'
import { type BoundedCache, createBoundedCache } from '../../git/bounded-cache.ts'
import type { DiskStore } from '../../git/disk-store.ts'
import { keptListing, listingToKeep } from '../../git/kept-listing.ts'
import { isBlobOf } from '../../git/object-id.ts'
import type { RestClient } from '../client.ts'
import { type BlobsHere, createGitHubBlobs } from './blobs.ts'
import { createTreeNames, type TreeNames } from './tree-names.ts'

/** Trees and blobs are immutable, so one store serves all evaluations. */
export interface ObjectCache {
  readonly listings: BoundedCache<Listing>
  readonly blobs: BoundedCache<Buffer>
  readonly names: TreeNames
}

/** Git objects of one repository by SHA. */
export interface GitHubTrees {
  /** Accepts a commit or a tree. */
  listing(sha: string): Promise<Listing>
  /** Throws for what is no blob of this name, whatever GitHub answers. */
  blob(sha: string, size?: number): Promise<Buffer>
  /** Takes what was said of a commit along with something else: its tree, and what is in it. */
  learn(commit: string, tree: string, listing?: Listing): void
  /** Whether a tree may be asked for along with something else. */
  readonly mayComeAlong: () => boolean
  /** None came along although it was asked for: until the next one is listed none will be. */
  readonly didNotComeAlong: () => void
}

const cachedEntries = budgets.treeCache.size
const cachedBytes = budgets.blobCache.size

/** More calls than this for one tree that GitHub cuts off would spend the quota of the installation. */
const folderLimit = budgets.folders.size

/** Is told of every question to a store, and whether it had the answer. */
export type OnLookup = (of: 'listings' | 'blobs', found: 'hit' | 'miss') => void

/** An empty store, bounded by entries of trees and bytes of blobs. */
export function createObjectCache(onLookup: OnLookup = () => undefined): ObjectCache {
  return {
    names: createTreeNames(),
    listings: createBoundedCache({
      capacity: cachedEntries,
      weigh: ({ tree }) => tree.size + 1,
      onLookup: (found) => onLookup('listings', found),
    }),
    blobs: createBoundedCache({
      capacity: cachedBytes,
      weigh: (blob) => blob.length + 256,
      onLookup: (found) => onLookup('blobs', found),
    }),
  }
}

function blobOf(sha: string): (content: Buffer) => Buffer | undefined {
  return (content) => (isBlobOf(sha, content) ? content : undefined)
}

/** Git's name of the tree without entries; GitHub has no such object until somebody pushes it. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

interface TreeItem {
  readonly path: string
  readonly mode: string
  readonly type: string
  readonly sha: string
  readonly size?: number
}

function entryOf({ sha, mode, size }: TreeItem): TreeEntry {
  return size === undefined ? { sha, mode } : { sha, mode, size }
}

function collect(into: Map<string, TreeEntry>, prefix: string, items: readonly TreeItem[]): void {
  for (const item of items) {
    if (item.type !== 'tree') into.set(prefix + item.path, entryOf(item))
  }
}

export interface GitHubTreesOptions {
  readonly cache: ObjectCache
  /** Where objects are kept that outlive the process. */
  readonly store?: DiskStore | undefined
  /** Blobs that need not be asked for. */
  readonly here?: BlobsHere | undefined
}

/** Reads the objects of one repository over REST. */
export function createGitHubTrees(
  client: RestClient,
  at: RepositoryRef,
  { cache, store, here }: GitHubTreesOptions,
): GitHubTrees {
  const where = { owner: at.owner, repo: at.repo }
  const blobs = createGitHubBlobs(client, at, here)
  const scope = `${at.installation}:${at.owner}/${at.repo}:`

  async function read(sha: string, recursive: boolean) {
    const { data } = await client.rest.git.getTree({
      ...where,
      tree_sha: sha,
      // Any value turns it on, so it must be absent to be off.
      ...(recursive ? { recursive: '1' } : {}),
    })
    return data
  }

  /** Folder by folder, each in one piece where it fits: for what GitHub cuts off at 100,000 entries or 7 MB. */
  async function walk(sha: string): Promise<Listing> {
    const tree = new Map<string, TreeEntry>()
    const cut: string[] = []
    const folders = [{ sha, prefix: '', whole: false }]
    let calls = 0
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      const { prefix, whole } = folder
      if (++calls > folderLimit) {
        cut.push(prefix)
        continue
      }
      const part = await read(folder.sha, whole)
      if (whole && part.truncated) {
        folders.push({ sha: folder.sha, prefix, whole: false })
        continue
      }
      if (part.truncated) cut.push(prefix)
      collect(tree, prefix, part.tree)
      if (whole) continue
      for (const item of part.tree.filter(({ type }) => type === 'tree').reverse()) {
        folders.push({ sha: item.sha, prefix: `${prefix}${item.path}/`, whole: true })
      }
    }
    return { tree, cut }
  }

  async function fetched(sha: string, size: number | undefined): Promise<Buffer> {
    const content = await blobs.read(sha, size)
    await store?.keep(sha, content)
    return content
  }

  async function seen(loading: Promise<Listing>): Promise<Listing> {
    const listing = await loading
    cache.names.see(scope, listing)
    return listing
  }

  /** The same tree is listed once, whatever commits have it. */
  function listing(sha: string): Promise<Listing> {
    const tree = cache.names.treeOf(scope, sha)
    return cache.listings.get(scope + tree, () => cache.listings.known(scope + sha) ?? seen(load(tree)))
  }

  async function load(sha: string): Promise<Listing> {
    if (sha === emptyTree) return { tree: new Map(), cut: [] }
    const kept = await store?.read(sha, (content) => keptListing(sha, content))
    return kept ?? keep(sha, await ask(sha))
  }

  async function keep(sha: string, listing: Listing): Promise<Listing> {
    const content = store && listingToKeep(sha, listing)
    if (content !== undefined) await store?.keep(sha, content)
    return listing
  }

  async function ask(sha: string): Promise<Listing> {
    const whole = await read(sha, true)
    if (whole.truncated) return walk(sha)
    const tree = new Map<string, TreeEntry>()
    collect(tree, '', whole.tree)
    return { tree, cut: [] }
  }

  return {
    listing,
    learn(commit, tree, given) {
      cache.names.know(scope, commit, tree)
      if (given === undefined) return
      cache.names.see(scope, given)
      void cache.listings.get(scope + tree, () => Promise.resolve(given))
    },
    mayComeAlong: () => cache.names.isSmall(scope),
    didNotComeAlong: () => cache.names.doubt(scope),
    blob: (sha, size) =>
      cache.blobs.get(scope + sha, async () => (await store?.read(sha, blobOf(sha))) ?? fetched(sha, size)),
  }
}
