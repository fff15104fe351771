import type { SourceFile } from '../../source/source-file.ts'

/** What an object is called, for whoever selects it. `kind` is '' where the document could not be read. */
export interface ObjectName {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

/** The files of one side, and what the mesh has in them. */
export interface SideFiles {
  readonly files: ReadonlyMap<string, SourceFile>
  /** The objects of the mesh by the path of their file. */
  readonly mesh: ReadonlyMap<string, readonly ObjectName[]>
  /** Where symbolic links lead, as written, by path. */
  readonly links: ReadonlyMap<string, string>
}
