import { budgets } from '../../../budgets.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { Kustomization } from '../kustomization.ts'
import type { Layer } from '../layer.ts'
import { folderOf, isBelow } from '../paths.ts'
import type { Reach } from '../reach.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { gitPattern } from './git-pattern.ts'

/** What an ignore file is read among. */
export interface Ignoring {
  readonly side: SideFiles
  readonly reach: Reach
  readonly kustomizations: readonly Kustomization[]
}

/**
 * `.sourceignore` keeps files from Flux, `.helmignore` templates from Helm, `.fleetignore` and `.krmignore` files from Fleet and kpt: a
 * mesh manifest that they leave out is not delivered, nor is what a kustomization that they leave out would build.
 */
export function ignoreLayers(ignoring: Ignoring): readonly Layer[] {
  return [...ignoring.side.files.values()]
    .filter(({ path }) => /(?:^|\/)\.(?:source|helm|fleet|krm)ignore$/.test(path))
    .map((file) => ({
      kind: file.path.slice(file.path.lastIndexOf('/') + 1),
      name: file.path,
      file,
      statements: ignoredBy(file, ignoring).map((path) => ({ what: { ignores: path }, reach: [path] })),
    }))
}

/** More lines than these are no list that people write; they are taken to ignore all. */
const mostLines = budgets.ignoreLines.size

function ignoredBy(file: SourceFile, { side, reach, kustomizations }: Ignoring): readonly string[] {
  if (file.text.split('\n').length > mostLines) return meshBelow(folderOf(file.path), side)
  const isIgnored = ignoring(file.text, folderOf(file.path))
  const kept = kustomizations.filter((each) => isIgnored(each.file.path))
  const ignored = [...[...side.mesh.keys()].filter(isIgnored), ...kept.flatMap((each) => reach.of(each))]
  const folder = folderOf(file.path)
  const isPart = ({ path }: SourceFile) =>
    /^(?:Chart\.yaml$|values\.yaml$|charts\/|templates\/(?:.*\/)?_)/.test(
      path.slice(folder === '' ? 0 : folder.length + 1),
    )
  // A chart without its values, helpers or charts renders something else, or nothing.
  const isLess =
    file.path.endsWith('.helmignore') &&
    filesBelow(folder, side).some((each) => isPart(each) && isIgnored(each.path))
  return [...new Set([...ignored, ...(isLess ? meshBelow(folder, side) : [])])].sort()
}

/** What the `.sourceignore` files among these keep from Flux; each counts in its folder. */
export function keptFromFlux(files: readonly SourceFile[]): (path: string) => boolean {
  const ignored = files
    .filter(({ path }) => /(?:^|\/)\.sourceignore$/.test(path))
    .map(({ path, text }) => ignoring(text, folderOf(path)))
  return (path) => ignored.some((ignores) => ignores(path))
}

/** Whether the lines leave a path out: the last that matches it, or a folder above it, decides. */
export function ignoring(text: string, folder: string): (path: string) => boolean {
  const patterns = text
    .split(/\r?\n/)
    .map((line) => line.replace(/(?<!\\)[ \t]+$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ ...gitPattern(line), onlyFolders: line.endsWith('/') }))
  return (path) => {
    if (path === folder || !isBelow(path, folder)) return false
    const steps = (folder === '' ? path : path.slice(folder.length + 1)).split('/')
    for (let length = 1; length <= steps.length; length++) {
      const part = steps.slice(0, length).join('/')
      const isFile = length === steps.length
      const last = patterns.findLast((each) => !(isFile && each.onlyFolders) && each.matches(part))
      if (last !== undefined && !last.negated) return true
    }
    return false
  }
}
