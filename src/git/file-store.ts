import type { Listing } from '../app/git-objects.ts'

/** What a directory or a commit holds at one moment. Equal names (`sha`) mean equal contents, across stores too. */
export interface FileStore {
  listing(): Promise<Listing>
  blob(sha: string): Promise<Buffer>
}
