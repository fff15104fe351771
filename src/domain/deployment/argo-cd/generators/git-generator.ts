import { isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { folderOf, foldersAbove } from '../../../manifest/layers/paths.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../../../manifest/layers/written.ts'
import { compareTexts } from '../../../source/compare-texts.ts'
import { memoized } from '../../../source/memoized.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { Folders } from '../../folders.ts'
import { stop } from '../../unknown-delivery.ts'
import { isOpen } from '../destinations.ts'
import { lastStep, normalised } from '../names-of-folders.ts'
import { directoryPattern, trackedPattern } from '../path-patterns.ts'
import { flattened } from './flattened.ts'
import { type Generation, type Parameters, withValues } from './generation.ts'

/** The parameters of a Git generator: one set for each folder, or for each object in the files. */
export function fromGit(git: JsonObject, generation: Generation): readonly Parameters[] {
  if (generation.isElsewhere(git)) stop('elsewhere', textIn(git['repoURL']) ?? '')
  const [directories, files] = [listIn(git['directories']), listIn(git['files'])]
  if (directories.length === 0 && files.length === 0) stop('fails', 'git')
  const open = [...directories, ...files].find((item) => isOpen(fieldsOf(item)['path']))
  if (open !== undefined) stop('left-to-fill-in', textIn(fieldsOf(open)['path']) ?? '')
  const found =
    directories.length > 0 ? ofDirectories(directories, git, generation) : ofFiles(files, git, generation)
  return found.map((each) => withValues(each, fieldsOf(git['values']), generation))
}

function ofDirectories(
  items: readonly JsonValue[],
  git: JsonObject,
  { folders, dialect }: Generation,
): readonly Parameters[] {
  const isMeant = meantBy(items, directoryPattern)
  return allFolders(folders)
    .filter(isMeant)
    .map((folder) => ({ values: pathParameters(folder, undefined, git, dialect), from: [] }))
}

/** Every folder but the root and those whose name, or that of one above them, begins with a dot. */
const allFolders = memoized((folders: Folders): readonly string[] => {
  const all = new Set(folders.all.flatMap(({ path }) => foldersAbove(path)))
  return [...all].filter((each) => each !== '' && !/(?:^|\/)\./.test(each)).toSorted(compareTexts)
})

/** What some item means, and none that excludes; the order of the items says nothing. */
function meantBy(
  items: readonly JsonValue[],
  patternOf: (pattern: string) => (path: string) => boolean,
): (path: string) => boolean {
  const patterns = items.map((item) => {
    const { path, exclude } = fieldsOf(item)
    return { matches: patternOf(textIn(path) ?? ''), excludes: exclude === true }
  })
  return (path) => {
    const matching = patterns.filter(({ matches }) => matches(path))
    return matching.length > 0 && matching.every(({ excludes }) => !excludes)
  }
}

function ofFiles(
  items: readonly JsonValue[],
  git: JsonObject,
  generation: Generation,
): readonly Parameters[] {
  const { folders, dialect } = generation
  if (items.some((item) => textIn(fieldsOf(item)['path'])?.startsWith(':'))) stop('generator', 'git files')
  const isMeant = meantBy(items, trackedPattern)
  const files = folders.all.filter(({ path }) => isMeant(path))
  return files
    .toSorted((a, b) => compareTexts(a.path, b.path))
    .flatMap((file) =>
      objectsIn(file).map((object) => {
        const own = dialect === 'names' ? Object.fromEntries(flattened(object)) : object
        const path = pathParameters(folderOf(file.path) || '.', file, git, dialect)
        return { values: { ...own, ...path }, from: [file.path] }
      }),
    )
}

/** One object, or a list of them; an empty file counts as one without fields. */
function objectsIn(file: SourceFile): readonly JsonObject[] {
  const documents = file.text.trim() === '' ? [{}] : documentsIn(file)
  const [content = {}, ...more] = documents ?? stop('fails', file.path)
  if (more.length > 0) return stop('fails', file.path)
  const objects = Array.isArray(content) ? content : [content ?? {}]
  return objects.map((each: JsonValue) => (isObject(each) ? each : stop('fails', file.path)))
}

function pathParameters(
  path: string,
  file: SourceFile | undefined,
  { pathParamPrefix }: JsonObject,
  dialect: Generation['dialect'],
): JsonObject {
  const prefix = textIn(pathParamPrefix) ?? ''
  const filename = file && lastStep(file.path)
  const names = {
    basename: lastStep(path),
    basenameNormalized: normalised(lastStep(path)),
    ...(filename !== undefined && { filename, filenameNormalized: normalised(filename) }),
  }
  const steps = path.split('/')
  if (dialect !== 'names') {
    const own = { path: { path, ...names, segments: steps } }
    return prefix === '' ? own : { [prefix]: own }
  }
  const name = prefix === '' ? 'path' : `${prefix}.path`
  return Object.fromEntries([
    [name, path],
    ...Object.entries(names).map(([field, value]) => [`${name}.${field}`, value]),
    ...steps.map((step, index) => [`${name}[${index}]`, step]),
  ])
}
