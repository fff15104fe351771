import { memoized } from '../source/memoized.ts'
import type { SourceFile } from '../source/source-file.ts'
import { parseYaml } from '../source/yaml.ts'
import type { YamlMap, YamlNode } from '../source/yaml-node.ts'
import { fail, type Place } from './fault.ts'
import { exceed, limits } from './limits.ts'
import { kustomizationShape } from './reading/kustomization-shape.ts'
import { refuse } from './reading/refused-text.ts'
import { shaped } from './reading/shape.ts'
import type { Session } from './session.ts'
import { isRemoteFile, isWithin, joined } from './values/paths.ts'
import { isNothing, textOf, valueAt } from './values/tree.ts'

/** A kustomization that is being built: its folder without links, and what it says, with the usual names. */
export interface Layer {
  readonly folder: string
  readonly file: SourceFile
  readonly body: YamlMap
  readonly isComponent: boolean
  /** The one that builds upon it. */
  readonly above: Layer | undefined
}

/** The names that Kustomize looks for; a folder has exactly one of them. */
const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

/** Reads the kustomization of a folder, which `above` builds upon at `at`. */
export function layerAt(
  folder: string,
  session: Session,
  { above, at }: { readonly above: Layer | undefined; readonly at: Place },
): Layer {
  if (depthOf(above) >= limits.depth) exceed('depth', typeof at === 'string' ? undefined : at)
  const [file, another] = kustomizationNames.flatMap((name) => {
    const found = session.tree(joined(folder, name) ?? '')
    if (found?.kind === 'not-text') return fail('not-text', at, found.path)
    const isHere = found?.kind === 'file' && (!session.restricts || isWithin(found.file.path, folder))
    return isHere ? [found.file] : []
  })
  if (file === undefined) return fail('no-kustomization', at, folder)
  if (another !== undefined) return fail('several-kustomizations', another.path, folder)
  const body = bodyOf(file)
  return { folder, file, body, isComponent: textOf(valueAt(body, 'kind')) === 'Component', above }
}

function depthOf(layer: Layer | undefined): number {
  let depth = 0
  for (let each = layer; each !== undefined; each = each.above) depth += 1
  return depth
}

const bodyOf = memoized((file: SourceFile): YamlMap => checked(file, rootOf(file)))

/** Of several documents only the first one counts. */
function rootOf(file: SourceFile): YamlNode {
  const [document] = parseYaml(file, { id: 'invalid-manifest' })
  if (document === undefined) return fail('empty-kustomization', file.path, '')
  if (document.root === undefined) return refuse(document, 'invalid-kustomization')
  return document.root
}

function checked(file: SourceFile, root: YamlNode): YamlMap {
  if (isNothing(root)) return fail('empty-kustomization', file.path, '')
  const body = shaped(root, kustomizationShape, 'kustomization')
  if (body.kind !== 'map') return fail('invalid-kustomization', body.range, '')
  if (!body.entries.some(({ key, value }) => says(key, value))) fail('empty-kustomization', body.range, '')
  const kind = valueAt(body, 'kind')
  const isComponent = textOf(kind) === 'Component'
  if (kind !== undefined && !isComponent && !['', 'Kustomization'].includes(textOf(kind)))
    fail('wrong-kind', kind.range, textOf(kind))
  const apiVersion = valueAt(body, 'apiVersion')
  const wanted = `kustomize.config.k8s.io/${isComponent ? 'v1alpha1' : 'v1beta1'}`
  if (apiVersion !== undefined && !['', wanted].includes(textOf(apiVersion)))
    fail('wrong-kind', apiVersion.range, textOf(apiVersion))
  return body
}

const joinedToOthers: ReadonlySet<string> = new Set(['bases', 'imageTags', 'helmChartInflationGenerator'])

/** Whether the field makes a kustomization one that is not empty. A list without items does, a text without letters not. */
function says(key: string, value: YamlNode): boolean {
  if (key === 'apiVersion' || key === 'kind') return false
  if (joinedToOthers.has(key)) return value.kind === 'sequence' && value.items.length > 0
  return value.kind !== 'scalar' || textOf(value) !== ''
}

/**
 * The file that an entry names, which lies in or below the layer's folder unless loads are not restricted. Nothing where it is
 * fetched from elsewhere, or holds no text and `takesBinary`.
 */
export function fileAt(layer: Layer, session: Session, entry: FileEntry): SourceFile | undefined {
  const { path, at } = entry
  if (isRemoteFile(path)) {
    session.leaveOut({ code: 'remote-file', range: at, detail: path })
    return undefined
  }
  if (path.startsWith('/')) return fail('absolute-path', at, path)
  const place = joined(layer.folder, path)
  const found = place === undefined ? undefined : session.tree(place)
  if (found === undefined || found.kind === 'folder') return fail('missing-file', at, path)
  const real = found.kind === 'file' ? found.file.path : found.path
  if (session.restricts && !isWithin(real, layer.folder)) return fail('outside-root', at, path)
  session.takePart(entry.role, real)
  if (found.kind === 'file') {
    session.count.read += found.file.text.length
    return session.count.read > limits.read ? exceed('read', at) : found.file
  }
  if (entry.takesBinary === true) {
    session.leaveOut({ code: 'unknown-hash', range: at, detail: path })
    return undefined
  }
  return fail('not-text', at, path)
}

/** An entry that names a file. */
export interface FileEntry {
  readonly path: string
  readonly at: YamlNode['range']
  readonly role: Parameters<Session['takePart']>[0]
  readonly takesBinary?: true
}
