import type { RepositoryRef } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import { isBlobOf } from '../../git/object-id.ts'
import type { RestClient } from '../client.ts'
import { contentOf, type GivenBlob } from '../reading/given-blob.ts'
import { tryGraph } from '../reading/graphql.ts'

/** Reads blobs of one repository; those that are asked for at once come together. */
export interface GitHubBlobs {
  /** Throws where GitHub gives no blob of this name. */
  read(sha: string, size?: number): Promise<Buffer>
}

interface Wanted {
  readonly sha: string
  readonly size: number
  readonly resolve: (content: Buffer) => void
  readonly reject: (error: unknown) => void
}

const mostTogether = budgets.blobBatch.size
const mostBytes = budgets.blobBatchBytes.size
const longestText = budgets.blobText.size
const fewest = budgets.loneBlobs.size
const collecting = budgets.collecting.size

type Answer = { readonly repository?: Readonly<Record<string, GivenBlob | null | undefined>> | null }

function queryFor(shas: readonly string[]): string {
  const objects = shas.map((sha, at) => `b${at}: object(oid: "${sha}") { ...blob }`)
  return `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { ${objects.join(' ')} }
}
fragment blob on Blob { byteSize isBinary isTruncated text }`
}

/** Those of some blobs that are at hand: what is not among them is asked for. */
export type BlobsHere = (shas: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>

/** In the order in which they are asked for. */
export function batchesOf<T extends { readonly size: number }>(
  wanted: readonly T[],
): readonly (readonly T[])[] {
  const batches: T[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const each of wanted) {
    bytes += each.size
    const last = batches.at(-1)
    if (last !== undefined && last.length < mostTogether && bytes <= mostBytes) last.push(each)
    else {
      batches.push([each])
      bytes = each.size
    }
  }
  return batches
}

/** Reads them by GraphQL, and over REST what comes alone, is too large for it, is no text, or was not given as it is. */
export function createGitHubBlobs(client: RestClient, at: RepositoryRef, here?: BlobsHere): GitHubBlobs {
  const where = { owner: at.owner, repo: at.repo }
  let waiting: Wanted[] = []

  async function readAlone(sha: string): Promise<Buffer> {
    const { data } = await client.rest.git.getBlob({ ...where, file_sha: sha })
    const content = Buffer.from(data.content, 'base64')
    if (!isBlobOf(sha, content)) throw new Error(`GitHub gave something else for the blob ${sha}`)
    return content
  }

  function answerAlone({ sha, resolve, reject }: Wanted): Promise<void> {
    return readAlone(sha).then(resolve, reject)
  }

  async function askGraph(batch: readonly Wanted[]): Promise<Answer | undefined> {
    const query = queryFor(batch.map(({ sha }) => sha))
    const answer = await tryGraph<Answer>(client, query, { owner: at.owner, name: at.repo })
    return answer?.data
  }

  /** What was not given at all may have been too much at once; what was given in part comes alone. */
  async function answerTogether(batch: readonly Wanted[]): Promise<void> {
    const given = (await askGraph(batch))?.repository ?? {}
    const missing: Wanted[] = []
    const alone: Wanted[] = []
    for (const [index, each] of batch.entries()) {
      const found = given[`b${index}`]
      const content = found ? contentOf(each.sha, found) : undefined
      if (content !== undefined) each.resolve(content)
      else if (found) alone.push(each)
      else missing.push(each)
    }
    const half = Math.ceil(batch.length / 2)
    const parts = [missing.slice(0, half), missing.slice(half)].filter((part) => part.length > 0)
    await Promise.all([...alone.map(answerAlone), ...parts.map(answerSmaller)])
  }

  function answerSmaller(batch: readonly Wanted[]): Promise<unknown> {
    return batch.length > fewest ? answer(batch) : Promise.all(batch.map(answerAlone))
  }

  async function answer(batch: readonly Wanted[]): Promise<void> {
    const [first] = batch
    if (first === undefined) return
    if (batch.length === 1) return answerAlone(first)
    await answerTogether(batch).catch((error: unknown) => {
      for (const { reject } of batch) reject(error)
    })
  }

  /** What is larger than the graph gives, or has no name that it takes, comes alone. */
  function ask(all: readonly Wanted[]): void {
    const alone = all.filter(({ sha, size }) => size > longestText || !/^[0-9a-f]+$/.test(sha))
    for (const each of alone) void answerAlone(each)
    for (const batch of batchesOf(all.filter((each) => !alone.includes(each)))) void answer(batch)
  }

  async function askForAll(): Promise<void> {
    const all = waiting
    waiting = []
    const found = await here?.(all.map(({ sha }) => sha))
    for (const { sha, resolve } of all) {
      const content = found?.get(sha)
      if (content !== undefined) resolve(content)
    }
    ask(all.filter(({ sha }) => found?.has(sha) !== true))
  }

  return {
    read(sha, size = 0) {
      return new Promise((resolve, reject) => {
        waiting.push({ sha, size, resolve, reject })
        // A thread that reads a side asks for one file after the other.
        if (waiting.length === 1) setTimeout(() => void askForAll(), collecting)
      })
    },
  }
}
