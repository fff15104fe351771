import type { SourceFile } from '../../../source/source-file.ts'
import { folderOf, isBelow, resolvedPath } from '../paths.ts'
import { documentsIn, fieldsOf, textIn } from '../written.ts'
import { isBeside, isCode, isProjectFile } from './program-names.ts'

/** What says that the code below a folder makes manifests: for cdk8s, or for Pulumi. */
const projectNames = /(?:^|\/)(?:cdk8s|Pulumi)\.ya?ml$/

/** The folders of the projects in which code makes manifests, each by what says so. */
export function projectsIn(files: readonly SourceFile[]): ReadonlyMap<string, SourceFile> {
  return new Map(files.flatMap((file) => foldersOfProject(file).map((folder) => [folder, file] as const)))
}

/** The folder of the file itself, and that in which it says the program is. */
function foldersOfProject(file: SourceFile): readonly string[] {
  if (!projectNames.test(file.path)) return []
  const folder = folderOf(file.path)
  const main = textIn(fieldsOf(documentsIn(file)?.[0])['main']) ?? ''
  const inner = resolvedPath(folder, isCode(main) ? folderOf(main) : main)
  return main === '' || inner === undefined || isBelow(inner, folder) ? [folder] : [folder, inner]
}

/** Whether a file is code of a project, or what sets it up. */
export function isOfProject(path: string, projects: Iterable<string>): boolean {
  return (isCode(path) || isProjectFile(path)) && isInAny(path, projects)
}

function isInAny(path: string, folders: Iterable<string>): boolean {
  for (const folder of folders) if (isBelow(path, folder)) return !isBeside(path)
  return false
}
