import { isObject, type JsonObject, type JsonValue } from '../manifest/json.ts'
import { ignoring, keptFromFlux } from '../manifest/layers/git/ignore-files.ts'
import { kustomizationIn } from '../manifest/layers/kustomization.ts'
import { fieldsOf, listIn } from '../manifest/layers/written.ts'
import type { SourceFile } from '../source/source-file.ts'
import { type Folders, pathIn } from './folders.ts'
import type { Unit } from './unit.ts'

/**
 * The kustomization that a deployer builds: that of the folder with its own fields written into it, or one over everything below,
 * as Flux writes it where there is none. Nothing where there is nothing to build.
 */
export function kustomizationOf(
  { folder, takes, over }: Pick<Unit, 'folder' | 'takes' | 'over'>,
  folders: Folders,
): SourceFile | undefined {
  const written = folders.kustomization(folder)
  if (written === undefined) {
    if (takes !== 'flux') return undefined
    const resources = resourcesBelow(folder, folders, ignoredBy(folders))
    const path = pathIn(folder, 'kustomization.yaml')
    return asFile(path, laidOver({ resources: resources.map((each) => relative(each, folder)) }, over))
  }
  if (Object.keys(over).length === 0) return written
  const body = kustomizationIn(written)?.body
  return body === undefined ? written : asFile(written.path, laidOver(body, over))
}

function asFile(path: string, body: JsonObject): SourceFile {
  return { path, text: JSON.stringify(body) }
}

function relative(path: string, folder: string): string {
  return folder === '' ? path : path.slice(folder.length + 1)
}

/** What is set replaces, lists are added to, and maps are merged. */
function laidOver(body: JsonObject, over: JsonObject): JsonObject {
  const laid = Object.entries(over).map(([field, value]): readonly [string, JsonValue] => {
    if (Array.isArray(value)) return [field, [...listIn(body[field]), ...listIn(value)]]
    return [field, isObject(value) ? { ...fieldsOf(body[field]), ...value } : (value ?? null)]
  })
  return { ...body, ...Object.fromEntries(laid) }
}

/** The files below a folder; a folder with a kustomization is taken as such, and not entered. */
function resourcesBelow(
  folder: string,
  folders: Folders,
  isIgnored: (path: string) => boolean,
): readonly string[] {
  const files = folders.files(folder).map(({ path }) => path)
  return [
    ...files.filter((path) => /\.ya?ml$/.test(path) && !isIgnored(path)),
    ...folders.inner(folder).flatMap((inner) => {
      const kustomization = folders.kustomization(inner)
      if (kustomization !== undefined && !isIgnored(kustomization.path)) return [inner]
      return resourcesBelow(inner, folders, isIgnored)
    }),
  ]
}

/** What Flux leaves out unless it is told otherwise. */
const usuallyIgnored = [
  ...['.git*', '.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
].join('\n')

const known = new WeakMap<Folders, (path: string) => boolean>()

function ignoredBy(folders: Folders): (path: string) => boolean {
  const before = known.get(folders)
  if (before !== undefined) return before
  const [usually, own] = [ignoring(usuallyIgnored, ''), keptFromFlux(folders.all)]
  const isIgnored = (path: string) => usually(path) || own(path)
  known.set(folders, isIgnored)
  return isIgnored
}
