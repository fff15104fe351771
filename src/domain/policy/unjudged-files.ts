import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../manifest/json.ts'
import { groupOf } from '../manifest/kinds/deciding-groups.ts'
import { objectsIn } from '../manifest/kinds/mesh-objects.ts'
import { jsonOf } from '../manifest/yaml-json.ts'
import type { SourceFile } from '../source/source-file.ts'
import { parseYaml, type YamlDocument } from '../source/yaml.ts'
import type { ChangedFile } from './touched.ts'

/** What a touched file is that nobody here judges: something above the manifests, or what cannot be read. */
export type UnjudgedKind = 'kustomization' | 'chart' | 'argo-cd' | 'flux' | 'unreadable'

/** A touched file that nobody here looks into. */
export interface UnjudgedFile {
  readonly path: string
  readonly kind: UnjudgedKind
}

/** Files that are layers by their names. */
const layerNames: readonly (readonly [RegExp, UnjudgedKind])[] = [
  [/(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/, 'kustomization'],
  [
    /(?:^|\/)(?:Chart\.(?:yaml|lock)|\.helmignore|helmfile\.[^/]*)$|\/(?:charts|helmfile\.d)\/[^/]+$|(?:^|\/)templates\/(?:.*\/)?[^/]+\.tpl$/,
    'chart',
  ],
  [/(?:^|\/)\.argocd-source[^/]*\.yaml$/, 'argo-cd'],
  [/(?:^|\/)\.sourceignore$/, 'flux'],
]

/** What a deployer reads to know what it deploys; Rollouts and the like are kinds of their own. */
const deployers: readonly (readonly [RegExp, RegExp, UnjudgedKind])[] = [
  [/^argoproj\.io$/, /^(?:Application|ApplicationSet|AppProject)$/, 'argo-cd'],
  [/^(?:kustomize|helm|source)\.toolkit\.fluxcd\.io$/, /./, 'flux'],
]

/**
 * The touched files that may change what is deployed without being looked into, in order of path. What says the same as
 * before, in another layout, is none.
 */
export function unjudgedFiles(
  files: readonly ChangedFile[],
  all: readonly SourceFile[],
): readonly UnjudgedFile[] {
  const charts = all.flatMap(({ path }) =>
    /(?:^|\/)Chart\.yaml$/.test(path) ? [path.replace(/Chart\.yaml$/, '')] : [],
  )
  return files
    .flatMap((file): readonly UnjudgedFile[] => {
      const kind = kindOf(file, charts)
      return kind === undefined ? [] : [{ path: file.path, kind }]
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function kindOf(file: ChangedFile, charts: readonly string[]): UnjudgedKind | undefined {
  const { path, base, merged } = file
  if (/\.(?:md|txt)$/i.test(path)) return undefined
  const [before, after] = [documentsOf(base), documentsOf(merged)]
  const named = layerNames.find(([name]) => name.test(path))
  const isQuiet = named?.[1] === 'kustomization' ? concernsPods : concernsNothing
  if (base !== undefined && merged !== undefined && saysTheSame(before, after, isQuiet)) return undefined
  if (named !== undefined) return named[1]
  if (charts.some((chart) => path.startsWith(chart))) return 'chart'
  const both = [...before, ...after]
  const objects = both.flatMap(({ root }) => (root === undefined ? [] : objectsIn(root)))
  const deployer = deployers.find(([group, kinds]) =>
    objects.some(({ apiVersion, kind = '' }) => group.test(groupOf(apiVersion)) && kinds.test(kind)),
  )
  if (deployer !== undefined) return deployer[2]
  return both.some(({ root }) => root === undefined) ? 'unreadable' : undefined
}

function documentsOf(file: SourceFile | undefined): readonly YamlDocument[] {
  return file === undefined ? [] : parseYaml(file, { id: 'invalid-manifest' })
}

type IsQuiet = (field: string, said: JsonObject) => boolean

const concernsNothing: IsQuiet = () => false

/** Which images run, and how often, unless a configuration lets that work on other fields. */
const concernsPods: IsQuiet = (field, { configurations }) =>
  configurations === undefined && (field === 'images' || field === 'replicas')

function saysTheSame(
  before: readonly YamlDocument[],
  after: readonly YamlDocument[],
  isQuiet: IsQuiet,
): boolean {
  const without = (said: JsonValue): JsonValue =>
    isObject(said)
      ? Object.fromEntries(Object.entries(said).filter(([field]) => !isQuiet(field, said)))
      : said
  const said = (documents: readonly YamlDocument[]) =>
    documents.flatMap(({ root }) => (root === undefined ? [] : [without(jsonOf(root))]))
  const isRead = [...before, ...after].every(({ root }) => root !== undefined)
  return isRead && canonicalJson(said(before)) === canonicalJson(said(after))
}
