import { memoized } from '../../../source/memoized.ts'
import type { JsonValue } from '../../json.ts'
import { builtUpon, type Kustomization, kustomizationIn, pathsIn, saying } from '../kustomization.ts'
import { resolvedPath } from '../paths.ts'
import type { SideFiles } from '../side-files.ts'
import { fieldsOf, listIn, textIn } from '../written.ts'
import type { Built } from './patch-statements.ts'
import { selectorOfPatch } from './selected.ts'

/** What generators make, or may be given another name on the way. */
const generated = new Set(['ConfigMap', 'Secret'])

/**
 * Whether a strategic merge patch without `target` finds nothing: then nothing of the whole root is built. What comes from
 * elsewhere (a remote base, a chart, a plugin) may be what it means. Of kinds that are not Istio's, whatever in this repository
 * names one may be it.
 */
export function findsNothing(document: JsonValue, { files, side, family }: Built): boolean {
  const { kind, name } = selectorOfPatch(document)
  if (kind === undefined || name === undefined || generated.has(kind)) return false
  if (family.some((each) => drawsFromElsewhere(each, side))) return false
  const names = [name, ...family.flatMap(({ body = {} }) => withoutAffixes(name, body))]
  if (textIn(fieldsOf(document)['apiVersion'])?.includes('istio.io/') === true) {
    const built = files.flatMap((path) => side.mesh.get(path) ?? [])
    return !built.some((each) => each.kind === '' || (each.kind === kind && names.includes(each.name)))
  }
  const patches = patchFiles(side)
  return ![...side.files.values()].some(
    ({ path, text }) =>
      !patches.has(path) && text.includes(kind) && names.some((each) => text.includes(each)),
  )
}

/** A name as it is written where a prefix or suffix is added to it. */
export function withoutAffixes(
  name: string,
  { namePrefix, nameSuffix }: Kustomization['body'] & object,
): readonly string[] {
  const [prefix, suffix] = [textIn(namePrefix) ?? '', textIn(nameSuffix) ?? '']
  const start = name.startsWith(prefix) ? name.slice(prefix.length) : name
  const end = suffix !== '' && start.endsWith(suffix) ? start.slice(0, -suffix.length) : start
  return end === '' || end === name ? [] : [end]
}

function drawsFromElsewhere(kustomization: Kustomization, side: SideFiles): boolean {
  const { body, folder } = kustomization
  if (body === undefined) return true
  const others = ['generators', 'transformers', 'helmCharts', 'helmChartInflationGenerator']
  if (others.some((field) => listIn(body[field]).length > 0)) return true
  return builtUpon
    .flatMap((field) => listIn(body[field]))
    .some((entry) => {
      const path = resolvedPath(folder, textIn(entry) ?? '')
      return (
        path === undefined ||
        /:\/\/|^git@|\?|^(?:[\w-]+\.)+[a-z]+\//.test(textIn(entry) ?? '') ||
        !isHere(path, side)
      )
    })
}

function isHere(path: string, { files }: SideFiles): boolean {
  return (
    files.has(path) ||
    ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].some((name) =>
      files.has(path === '' ? name : `${path}/${name}`),
    )
  )
}

/** Kustomizations, and the files that they name as patches and the like: none of them is what a patch is laid over. */
const patchFiles = memoized((side: SideFiles): ReadonlySet<string> => {
  const all = [...side.files.values()].flatMap((file) => kustomizationIn(file) ?? [])
  return new Set([
    ...all.map(({ file }) => file.path),
    ...all.flatMap((each) => saying.flatMap((field) => pathsIn(each, field))),
  ])
})
