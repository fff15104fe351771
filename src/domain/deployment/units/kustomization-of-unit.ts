import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { ignoring, keptFromFlux } from '../../manifest/layers/git/ignore-files.ts'
import { kustomizationIn } from '../../manifest/layers/kustomization.ts'
import { pathIn } from '../../manifest/layers/paths.ts'
import { fieldsOf, listIn } from '../../manifest/layers/written.ts'
import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { Folders } from '../folders.ts'
import type { Unit } from './unit.ts'

/**
 * The kustomization that a deployer builds: that of the folder with its own fields written into it, or one over everything below,
 * as Flux writes it where there is none. Nothing where there is nothing to build.
 */
export function kustomizationOf(
  { folder, takes, over, ignore }: Pick<Unit, 'folder' | 'takes' | 'over' | 'ignore'>,
  folders: Folders,
): SourceFile | undefined {
  const written = folders.kustomization(folder)
  if (written === undefined) {
    if (takes !== 'flux') return undefined
    const resources = resourcesBelow(folder, folders, ignoredByFlux(folders, ignore))
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

/** What is set replaces, lists are added to, images and replicas by their names, and maps are merged. */
function laidOver(body: JsonObject, over: JsonObject): JsonObject {
  const laid = Object.entries(over).map(([field, value]): readonly [string, JsonValue] => {
    if (field === 'images' || field === 'replicas')
      return [field, [...new Map([...listIn(body[field]), ...listIn(value)].map(byName)).values()]]
    if (Array.isArray(value)) return [field, [...listIn(body[field]), ...listIn(value)]]
    return [field, isObject(value) ? { ...fieldsOf(body[field]), ...value } : (value ?? null)]
  })
  return { ...body, ...Object.fromEntries(laid) }
}

function byName(item: JsonValue): readonly [JsonValue, JsonValue] {
  return [fieldsOf(item)['name'] ?? null, item]
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

/** What Flux never takes. */
const neverTaken = ['.git/', '.gitignore', '.gitmodules', '.gitattributes'].join('\n')

/** What it leaves out as long as nothing else says what is left out. */
const usuallyIgnored = [
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
].join('\n')

const bySource = memoized((_: Folders) => new Map<string, (path: string) => boolean>())

/** What a source leaves out: by its own `ignore`, by all files that say so, or as usual where neither says anything. */
export function ignoredByFlux(folders: Folders, ignore = ''): (path: string) => boolean {
  const isIgnored = bySource(folders).get(ignore) ?? leftOutBy(folders, ignore)
  bySource(folders).set(ignore, isIgnored)
  return isIgnored
}

function leftOutBy(folders: Folders, ignore: string): (path: string) => boolean {
  const files = folders.all.filter(({ path }) => /(?:^|\/)\.sourceignore$/.test(path))
  const isSaid = [ignore, ...files.map(({ text }) => text)].some((text) => /^[^#\r\n]/m.test(text))
  const all = [
    ignoring(isSaid ? neverTaken : `${neverTaken}\n${usuallyIgnored}`, ''),
    ignoring(ignore, ''),
    keptFromFlux(files),
  ]
  return (path) => all.some((ignores) => ignores(path))
}
