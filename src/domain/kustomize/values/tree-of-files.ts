import type { SourceFile } from '../../source/source-file.ts'

/**
 * What lies at a path of the repository once its links are followed; the path that is given back is the one without links.
 * `not-text`: a file that holds no valid UTF-8.
 */
type Found =
  | { readonly kind: 'file'; readonly file: SourceFile }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'not-text'; readonly path: string }

/** A repository as a build sees it. Nothing lies at the path, or the path leads out of it: undefined. */
export type Tree = (path: string) => Found | undefined
