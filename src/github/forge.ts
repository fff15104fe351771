import { join } from 'node:path'
import type { Log } from '../app/log.ts'
import { lookup, type Observe } from '../app/observer.ts'
import type { Forge, RepositoryRef } from '../app/ports.ts'
import { budgets } from '../domain/budgets.ts'
import { createDiskStore, type DiskStore } from '../git/disk-store.ts'
import { createGitMirror, type GitMirror, type GitMirrorOptions } from '../git/merge.ts'
import { createLocalNewestRuns, type NewestRuns } from './checks/newest-runs.ts'
import type { GitHubClient } from './client.ts'
import { redeliverLost } from './deliveries.ts'
import type { Identity } from './identity.ts'
import { createGitHubPublisher } from './publisher.ts'
import { createGitHubPushHistory } from './pushes/push-history.ts'
import { createReadings } from './reading/readings.ts'
import { createGitHubRepository } from './repository.ts'
import { createMirroredBlobs } from './trees/mirrored-blobs.ts'
import { objectsOf } from './trees/objects.ts'
import { createGitHubTrees, createObjectCache } from './trees/trees.ts'

export interface GitHubForgeOptions {
  readonly appId: number
  /** As an installation, or as the App itself. */
  readonly authenticate: (installation?: number) => Promise<GitHubClient>
  /** Where Git keeps mirrors; absent: none are made. */
  readonly mirrors?: Pick<GitMirrorOptions, 'directory' | 'path' | 'proxies'>
  /** Where files and trees are kept that outlive this process; absent: none are. */
  readonly cacheDirectory?: string
  /** Where several servers begin runs; absent: this process does by itself. */
  readonly newest?: NewestRuns
  readonly log: Log
  readonly observe: Observe
  readonly pause: (milliseconds: number) => Promise<void>
}

const noDefaults =
  'no default configuration is seen: there is none, or the App may not see the repository .github'

/** GitHub, seen by the App: one client for each installation, one store of Git objects for all. */
export function createGitHubForge(options: GitHubForgeOptions): Forge {
  const { appId, authenticate, log, observe, pause, newest = createLocalNewestRuns() } = options
  const cache = createObjectCache((of, found) => observe(lookup('server', of, found)))
  const mirrors = new Map<string, GitMirror>()
  const without = new Set<string>()
  let identity: Promise<Identity> | undefined

  async function readIdentity(): Promise<Identity> {
    const client = await authenticate()
    const { data } = await client.rest.apps.getAuthenticated()
    return { appId, slug: data?.slug ?? '' }
  }

  function whoWeAre(): Promise<Identity> {
    identity ??= readIdentity().catch((error: unknown) => {
      identity = undefined
      throw error
    })
    return identity
  }

  function sayWithout(owner: string): void {
    if (without.has(owner)) return
    without.add(owner)
    log.info({ owner }, noDefaults)
  }

  /** A token for nothing but reading the contents of this repository. */
  async function readToken(at: RepositoryRef): Promise<string> {
    const client = await authenticate()
    const { data } = await client.rest.apps.createInstallationAccessToken({
      installation_id: at.installation,
      repositories: [at.repo],
      permissions: { contents: 'read' },
    })
    return data.token
  }

  async function mirrorOf(at: RepositoryRef, client: GitHubClient): Promise<GitMirror | undefined> {
    if (options.mirrors === undefined) return undefined
    const key = `${at.owner}/${at.repo}`.toLowerCase()
    const known = mirrors.get(key)
    if (known !== undefined) return known
    const { data } = await client.rest.repos.get({ owner: at.owner, repo: at.repo })
    const token = () => readToken(at)
    const mirror = createGitMirror({ ...options.mirrors, repository: at, url: data.clone_url, token })
    mirrors.set(key, mirror)
    return mirror
  }

  const stores = new Map<string, DiskStore>()
  const onFault = (error: unknown) => log.warn({ err: error }, 'the cache of files cannot be used')

  const onMirrorFault = (error: unknown) =>
    log.warn({ err: error }, 'the mirror cannot be fetched; GitHub is asked for files')

  /** One for each repository: whoever sees one knows nothing of another. */
  function storeOf({ owner, repo }: RepositoryRef): DiskStore | undefined {
    const { cacheDirectory } = options
    if (cacheDirectory === undefined) return undefined
    const name = `${owner}__${repo}`.toLowerCase()
    const store =
      stores.get(name) ??
      createDiskStore({ directory: join(cacheDirectory, name), most: budgets.diskCache.size, onFault })
    stores.set(name, store)
    return store
  }

  return {
    async connect({ installation, owner, repo }) {
      // Whoever asks may know more of what it is for.
      const at = { installation, owner, repo }
      const [client, us] = await Promise.all([authenticate(at.installation), whoWeAre()])
      const mirror = await mirrorOf(at, client)
      const here =
        mirror && createMirroredBlobs({ mirror, pulls: () => readings.pulls(), onFault: onMirrorFault })
      const trees = createGitHubTrees(client, at, { cache, store: storeOf(at), here })
      const objects = objectsOf(trees, mirror)
      const readings = createReadings({ client, appId }, at, trees)
      const repository = createGitHubRepository({
        readings,
        client,
        at,
        appId,
        trees,
        objects,
        pause,
        onNoDefaults: () => sayWithout(at.owner),
        ...(mirror === undefined ? {} : { mirror }),
      })
      const { pullRequest } = repository
      return {
        repository,
        objects,
        history: createGitHubPushHistory({ client, at, appId, pullRequest, pause }),
        publisher: createGitHubPublisher({ client, at, identity: us, readings, newest, log, pause }),
      }
    },
    async repositories(installation) {
      const client = await authenticate(installation)
      const repositories = await client.paginate(client.rest.apps.listReposAccessibleToInstallation, {
        per_page: 100,
      })
      return repositories.map(({ name, owner }) => ({ installation, owner: owner.login, repo: name }))
    },
    async installations() {
      const client = await authenticate()
      const installations = await client.paginate(client.rest.apps.listInstallations, { per_page: 100 })
      return installations.filter(({ suspended_at }) => suspended_at === null).map(({ id }) => id)
    },
    redeliver: async (since) => redeliverLost(await authenticate(), since),
  }
}
