import { gathered } from '../../../source/multimap.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import { isJsonnet, placesOfImports } from '../delivery/jsonnet-files.ts'
import { folderOf, foldersAbove, pathIn, resolvedPath } from '../paths.ts'
import { isBeside } from './program-names.ts'

/** Where a file leads: to other files, and to folders whose files count together. */
export type LinksOf = (path: string) => readonly string[]

/** What a program reads of others, as far as its text says it: relative paths, packages and modules; and what is one with it. */
export function linksBetween(files: readonly SourceFile[]): LinksOf {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const folders = gathered(
    files.filter(({ path }) => !isBeside(path)).map(({ path }) => [placeOf(path), path] as const),
  )
  const around: Around = { byPath, folders, defining: definitionsIn(files) }
  return (place) => {
    const file = byPath.get(place)
    return file === undefined ? (folders.get(place) ?? []) : linksOf(file, around)
  }
}

interface Around {
  readonly byPath: ReadonlyMap<string, SourceFile>
  /** The programs of each folder, by language. */
  readonly folders: ReadonlyMap<string, readonly string[]>
  /** The files of Terraform that define a name, by folder and name. */
  readonly defining: ReadonlyMap<string, readonly string[]>
}

/** A folder stands for its files of one language: `FOLDER *.cue`. */
function placeOf(path: string, folder = folderOf(path)): string {
  return `${folder} *${endOf(path)}`
}

function endOf(path: string): string {
  return path.slice(path.lastIndexOf('.'))
}

function linksOf(file: SourceFile, around: Around): readonly string[] {
  if (isJsonnet(file.path)) return imported(file, around)
  return [...relative(file, around), ...packages(file, around), ...together(file), ...defined(file, around)]
}

/** Beside itself, and in the folders `lib` and `vendor` of every folder above, as Tanka looks for libraries. */
function imported(file: SourceFile, { byPath }: Pick<Around, 'byPath'>): readonly string[] {
  const libraries = foldersAbove(file.path).flatMap((folder) => [
    folder,
    ...['lib', 'vendor'].map((name) => pathIn(folder, name)),
  ])
  return placesOfImports(file, libraries).flatMap((places) => places.find((each) => byPath.has(each)) ?? [])
}

/** `./x`, `../lib/x.dhall`: the file, one with the same ending, the first of a folder, or all of a folder. */
function relative({ path, text }: SourceFile, { byPath, folders }: Around): readonly string[] {
  const written = text.matchAll(/(?<![\w./])(?<to>\.{1,2}\/[\w@./+-]+)/g)
  return [...written].flatMap(({ groups }) => {
    const to = resolvedPath(folderOf(path), (groups?.['to'] ?? '').replace(/\.js$/, ''))
    return to === undefined ? [] : placesAt(to, path, { byPath, folders })
  })
}

const firsts = [
  '',
  '.ts',
  '.js',
  '.mjs',
  '.cjs',
  '.tsx',
  '.jsx',
  '/index.ts',
  '/index.js',
  '.py',
  '/__init__.py',
]

function placesAt(to: string, from: string, { byPath, folders }: Pick<Around, 'byPath' | 'folders'>) {
  const files = firsts.map((end) => `${to}${end}`).filter((each) => byPath.has(each))
  const folder = placeOf(from, to)
  return folders.has(folder) ? [...files, folder] : files
}

/** A package is called after the folder in which it lies, behind whatever names the module; a module of Python after its file. */
function packages({ path, text }: SourceFile, { byPath, folders }: Around): readonly string[] {
  if (path.endsWith('.py')) return modules({ path, text }, byPath)
  if (!/\.(?:cue|go|k)$/.test(path)) return []
  const named = text.matchAll(/"(?<name>[\w.-]+(?:\/[\w.@-]+)+)(?::\w+)?"/g)
  return [...named].flatMap(({ groups }) => {
    const steps = (groups?.['name'] ?? '').split('/')
    const ends = steps.map((_, at) => steps.slice(at).join('/'))
    return foldersAbove(path)
      .flatMap((root) => ends.map((end) => placeOf(path, pathIn(root, end))))
      .filter((each) => folders.has(each))
  })
}

function modules({ path, text }: SourceFile, byPath: Around['byPath']): readonly string[] {
  const written = text.matchAll(
    /^[ \t]*(?:from[ \t]+(?<from>[\w.]+)[ \t]+import[ \t]+(?<names>[\w, \t(]+)|import[ \t]+(?<plain>[\w.]+))/gm,
  )
  return [...written].flatMap(({ groups = {} }) => {
    const module = (groups['from'] ?? groups['plain'] ?? '').replace(/^\.+/, '').replaceAll('.', '/')
    const names = (groups['names'] ?? '').split(/\W+/).filter((name) => name !== '')
    const tails = [module, ...names.map((name) => `${module}/${name}`)].map((tail) => tail.replace(/^\//, ''))
    return foldersAbove(path).flatMap((folder) =>
      tails
        .flatMap((tail) => [`${tail}.py`, `${tail}/__init__.py`])
        .map((tail) => pathIn(folder, tail))
        .filter((each) => byPath.has(each)),
    )
  })
}

/** Files of one folder are one package, of CUE with the folders above. */
function together({ path }: SourceFile): readonly string[] {
  if (path.endsWith('.cue')) return foldersAbove(path).map((folder) => placeOf(path, folder))
  return /\.(?:go|java|kt|cs|fs|vb|scala|k)$/.test(path) ? [placeOf(path)] : []
}

/** What Terraform reads by name is defined in some file of its folder. */
function defined({ path, text }: SourceFile, { defining }: Around): readonly string[] {
  if (!/\.(?:tf|tofu)$/.test(path)) return []
  const read = text.matchAll(/\b(?:local|var)\.(?<name>\w+)/g)
  return [...new Set([...read].map(({ groups }) => groups?.['name'] ?? ''))].flatMap(
    (name) => defining.get(`${folderOf(path)} ${name}`) ?? [],
  )
}

function definitionsIn(files: readonly SourceFile[]): Around['defining'] {
  return gathered(
    files
      .filter(({ path }) => /\.(?:tf|tofu|tfvars)$/.test(path))
      .flatMap(({ path, text }) => {
        const names = text.matchAll(/^[ \t]*(?:variable[ \t]+"(?<variable>\w+)"|(?<local>\w+)[ \t]*=)/gm)
        return [...names].map(
          ({ groups }) =>
            [`${folderOf(path)} ${groups?.['variable'] ?? groups?.['local'] ?? ''}`, path] as const,
        )
      }),
  )
}
