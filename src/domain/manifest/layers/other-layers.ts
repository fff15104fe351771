import type { SourceFile } from '../../source/source-file.ts'
import type { JsonValue } from '../json.ts'
import { foldersNamed } from './delivery/delivery-layers.ts'
import { withoutImages } from './delivery/delivery-words.ts'
import type { Layer } from './layer.ts'
import { folderOf, resolvedPath } from './paths.ts'
import type { Reach } from './reach.ts'
import type { SideFiles } from './side-files.ts'
import { weightyValues } from './silent-values.ts'
import type { Statement } from './statement.ts'
import { documentsIn, fieldsOf, listIn, textsIn } from './written.ts'

/**
 * `.argocd-source.yaml`, also with the name of an application, laid over what an Application says of this folder; Fleet's
 * `fleet.yaml` and kpt's `Kptfile`, which change or hold back what lies there.
 */
export function sourceOverrides(side: SideFiles, reach: Reach): readonly Layer[] {
  return named(side, /(?:^|\/)(?:\.argocd-source[^/]*\.yaml|fleet\.ya?ml|Kptfile)$/).map((file) => ({
    kind: /\.argocd-source|fleet|Kptfile/.exec(file.path.slice(file.path.lastIndexOf('/') + 1))?.[0] ?? '',
    name: file.path,
    file,
    statements: (documentsIn(file) ?? [file.text])
      .map((document) => withoutEmpty(withoutImages(document)))
      .filter((what) => what !== null)
      .map((what) => ({ what, reach: reach.below(folderOf(file.path)) })),
  }))
}

/** What is left of a value without empty lists and objects, into which image updaters write. */
function withoutEmpty(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([field, inner]) => [field, withoutEmpty((inner ?? null) as JsonValue)] as const)
    .filter(([, inner]) => inner !== null)
  if (kept.length === 0) return null
  return Array.isArray(value) ? kept.map(([, inner]) => inner) : Object.fromEntries(kept)
}

/** What helmfile says of charts of this repository; a template of one is taken as it is written. */
export function helmfiles(side: SideFiles, reach: Reach): readonly Layer[] {
  return named(
    side,
    /(?:^|\/)(?:(?:[^/]+\.)?helmfile\.ya?ml(?:\.gotmpl)?|helmfile\.d\/[^/]+\.(?:ya?ml|gotmpl))$/,
  ).map((file) => ({
    kind: 'helmfile',
    name: file.path,
    file,
    statements: helmfileStatements(file, side, reach),
  }))
}

/** What Skaffold deploys: the folders and files that its manifests and charts are taken from. What it builds is no matter of requests. */
export function skaffolds(side: SideFiles, reach: Reach): readonly Layer[] {
  return named(side, /(?:^|\/)skaffold[^/]*\.ya?ml$/).map((file) => ({
    kind: 'skaffold',
    name: file.path,
    file,
    statements: (documentsIn(file) ?? []).flatMap((document) => {
      const { manifests = null, deploy = null, profiles } = fieldsOf(document)
      const ofProfiles = listIn(profiles).map((each) => {
        const { name = null, manifests: own = null, deploy: how = null } = fieldsOf(each)
        return [name, own, how]
      })
      return [[manifests, deploy], ...ofProfiles].map((said) => {
        const folders = textsIn(said).flatMap((text) => {
          const start = text.replace(/[^/]*[*?[{].*$/, '').replace(/\/$/, '')
          return start === text.replace(/\/$/, '') || start !== ''
            ? foldersNamed(start, folderOf(file.path), side)
            : []
        })
        const files = folders.flatMap((each) =>
          side.files.has(each) ? reach.ofEntry(each) : reach.below(each),
        )
        return { what: weightyValues(said), reach: [...new Set(files)] }
      })
    }),
  }))
}

function helmfileStatements(file: SourceFile, side: SideFiles, reach: Reach): readonly Statement[] {
  const reachOf = (texts: readonly string[]) => [
    ...new Set(
      texts
        .flatMap((text) => foldersNamed(text, folderOf(file.path), side))
        .flatMap((each) => reach.below(each)),
    ),
  ]
  const documents = documentsIn(file)
  if (documents === undefined) return [{ what: file.text, reach: reachOf(file.text.split(/[\s"']+/)) }]
  return documents.flatMap((document) => {
    const { releases, ...rest } = fieldsOf(document)
    const each = listIn(releases).map((release): Statement => {
      const { version, ...said } = fieldsOf(release)
      return { what: { release: weightyValues(said) }, reach: reachOf(textsIn(release)) }
    })
    return [{ what: { helmfile: weightyValues(rest) }, reach: reachOf(textsIn(document)) }, ...each]
  })
}

/** Whatever lies in a submodule is not in this repository, and may be any manifest. */
export function submodules(side: SideFiles): readonly Layer[] {
  return named(side, /^\.gitmodules$/).map((file) => ({
    kind: 'submodules',
    name: file.path,
    file,
    statements: sectionsOf(file.text).map((what) => ({ what, reach: 'mesh' })),
  }))
}

function sectionsOf(text: string): readonly JsonValue[] {
  return text
    .split(/^[ \t]*(?=\[)/m)
    .map((section) => section.replaceAll(/^[ \t]*[#;].*$/gm, ''))
    .filter((section) => section.trim() !== '')
    .map((section) =>
      section
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
}

/** What Argo CD passes over, wherever it stands in the text of a file: a comment does. */
const skipped = '+argocd:skip-file-rendering'

/** Files with mesh manifests that a directory of Argo CD leaves out for what is written in them. */
export function skippedFiles({ files, mesh }: SideFiles): readonly Layer[] {
  return [...mesh.keys()].flatMap((path) => {
    const file = files.get(path)
    if (file === undefined || !file.text.includes(skipped)) return []
    const statement: Statement = { what: { 'passed over by Argo CD': skipped }, reach: [path] }
    return [{ kind: 'mark', name: path, file, statements: [statement] }]
  })
}

/** A symbolic link delivers under another path what lies at its end. */
export function linkLayers(side: SideFiles, reach: Reach): readonly Layer[] {
  return [...side.links].map(([path, target]) => {
    const at = resolvedPath(folderOf(path), target)
    const file = { path, text: target }
    const statement: Statement =
      at === undefined
        ? { what: { 'leads out of the repository': target }, reach: 'mesh' }
        : { what: { 'leads to': at }, reach: side.files.has(at) ? reach.ofEntry(at) : reach.below(at) }
    return { kind: 'symbolic link', name: path, file, statements: [statement] }
  })
}

function named({ files }: SideFiles, pattern: RegExp): readonly SourceFile[] {
  return [...files.values()].filter(({ path }) => pattern.test(path))
}
