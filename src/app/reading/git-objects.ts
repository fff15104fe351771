/** What a tree holds at a path: `mode` tells files, executables, symbolic links (120000) and submodules (160000) apart. */
export interface TreeEntry {
  readonly sha: string
  readonly mode: string
  /** In bytes; files alone have one. */
  readonly size?: number
}

/** The files, links and submodules of a tree by path. */
export type Tree = ReadonlyMap<string, TreeEntry>

/** All of a commit's or tree's files; `cut` names the folders that could not be listed. */
export interface Listing {
  readonly tree: Tree
  readonly cut: readonly string[]
}

/** Where an object is kept: by the forge, or in the mirror in which Git merges. */
export type ObjectPlace = 'forge' | 'mirror'

/** Git objects of one repository by SHA: nothing of them ever changes. */
export interface GitObjects {
  /** Accepts a commit or a tree. */
  listing(sha: string, place: ObjectPlace): Promise<Listing>
  /** `size` as its tree says, where that is known: many that are asked for at once may be fetched together. */
  blob(sha: string, place: ObjectPlace, size?: number): Promise<Buffer>
}
