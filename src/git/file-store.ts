import type { Listing } from '../app/reading/git-objects.ts'

/** What a directory or a commit holds at one moment. Equal names (`sha`) mean equal contents, across stores too. */
export interface FileStore {
  listing(): Promise<Listing>
  blob(sha: string): Promise<Buffer>
}

/** Lists no more than once: sides are listed for the judge's files, for the manifests and for what changed. */
export function onlyOnce({ listing }: Pick<FileStore, 'listing'>): FileStore['listing'] {
  let known: Promise<Listing> | undefined
  return () => {
    known ??= listing()
    return known
  }
}
