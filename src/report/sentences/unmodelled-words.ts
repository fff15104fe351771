import type { Comparison } from '../../domain/diff/comparison.ts'
import { identityOf } from '../../domain/manifest/names.ts'
import type { UnmodelledResource } from '../../domain/manifest/resource.ts'
import type { UnjudgedFile, UnjudgedKind } from '../../domain/policy/unjudged-files.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import { memoized } from '../../domain/source/memoized.ts'
import { unjudgedHeadlines } from '../../domain/unmodelled/unjudged-words.ts'
import { type Phrase, quoted, say, words } from '../../domain/words/phrase.ts'
import { counted } from '../print/counted.ts'
import type { View } from './view.ts'

/** "EnvoyFilter `a` changes in the namespace `ns1`, where login has something", for what is not modelled. */
export function unmodelledBodies(finding: Finding, view: View): readonly Phrase[] {
  const { rule, unjudged } = finding
  if (rule !== 'unmodelled-change') return []
  if (unjudged === undefined) return layerBodies(finding, view)
  return unjudgedHeadlines(unjudged, (team) => words(view.audience.name(team)))
}

/** Of a file it is only told that it changes, by its path, its name, or not at all. */
function fileBodies({ range }: Finding): readonly Phrase[] {
  const path = range?.file.path ?? ''
  const names = path === '' ? [] : [path, path.slice(path.lastIndexOf('/') + 1)]
  return [
    ...names.map((name) => say`${quoted(name)} changes, which is not judged here`),
    words('something changes that is not judged here'),
  ]
}

function layerBodies(finding: Finding, { assessment }: View): readonly Phrase[] {
  const { resource } = finding
  const layer = layersOf(assessment.comparison).get(resource)
  if (layer === undefined) return fileBodies(finding)
  const file = assessment.touched.unjudged.find(({ path }) => path === layer.file.path)
  return [
    ...(file === undefined ? [] : unjudgedBodies([file])),
    say`${layer.kind} ${quoted(layer.name)} changes, which is not judged here`,
    say`a ${layer.kind} changes, which is not judged here`,
  ]
}

/** The layers of both sides by their names; the merged side's of two. */
const layersOf = memoized((comparison: Comparison): ReadonlyMap<string, UnmodelledResource> => {
  const { base, merged } = comparison
  const all = [...base.manifests.unmodelled, ...merged.manifests.unmodelled]
  return new Map(
    all.flatMap((each) => (each.says === undefined ? [] : [[identityOf(each) as string, each] as const])),
  )
})

const layers: Readonly<Record<UnjudgedKind, string>> = {
  kustomization: 'a kustomization that is not judged here',
  chart: 'a chart that is not judged here',
  'argo-cd': 'an Argo CD object that is not judged here',
  flux: 'a Flux object that is not judged here',
  unreadable: 'a file that cannot be read',
}

/** `apps/kustomization.yaml changes, a kustomization that is not judged here`: whether a request changes is not known. */
export function unjudgedBodies(files: readonly UnjudgedFile[]): readonly Phrase[] {
  const [first] = files
  const many = counted(files.length, 'file')
  const what = files.some(({ kind }) => kind === 'unreadable')
    ? 'above the manifests, or unreadable,'
    : 'above the manifests'
  const several = say`${many} ${what} ${files.length === 1 ? 'changes' : 'change'}`
  if (first === undefined || files.length > 1) return [several]
  const { path, kind } = first
  const name = path.slice(path.lastIndexOf('/') + 1)
  return [
    say`${quoted(path)} changes, ${layers[kind]}`,
    say`${quoted(name)} changes, ${layers[kind]}`,
    several,
  ]
}
