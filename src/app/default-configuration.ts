import type { UnreadKind } from '../domain/policy/obstruction.ts'
import type { SourceFile } from '../domain/source/source-file.ts'

/** What applies in the repositories of an owner that have no configuration of their own. */
export type DefaultConfiguration =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly file: SourceFile }
  | { readonly kind: 'unread'; readonly path: string; readonly because: UnreadKind }
