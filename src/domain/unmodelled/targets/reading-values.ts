import { deliveredPaths } from '../../manifest/layers/delivered-paths.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import type { Target } from '../reach.ts'
import { type Reached, reachedBy } from '../reached.ts'
import type { ValuesRead } from '../reading/values-read.ts'
import { owned, type World } from './world.ts'

/** The owners of the manifests into which a deployer writes values of a Secret, or a ConfigMap. */
export function readingValues(
  { name, namespace, keys, isMade }: Omit<Extract<Target, { kind: 'values' }>, 'kind'>,
  world: World,
): readonly Reached[] {
  const readers = world
    .valuesRead()
    .filter(
      (each) =>
        each.name === name &&
        (isMade || !each.isOfChart) &&
        (namespace === undefined || each.namespace === undefined || each.namespace === namespace),
    )
  const paths = [...new Set(readers.flatMap((each) => filledIn(each, keys, world)))].toSorted(compareTexts)
  if (paths.length === 0) return []
  return [reachedBy('files', paths, owned(paths.map((path) => world.ownerOf({ file: { path, text: '' } }))))]
}

/** The manifests that a deployer delivers; where variables are replaced, those that hold one of these. */
function filledIn(reader: ValuesRead, keys: readonly string[] | undefined, world: World): readonly string[] {
  const { by, isSubstituted } = reader
  if (by.kind === 'PackageInstall') return [by.file.path]
  const { base, merged } = world.comparison
  const delivered = deliveredPaths(by)
  const isDelivered = (path: string) =>
    delivered === 'mesh' || delivered.some((folder) => folder === '' || path.startsWith(`${folder}/`))
  const layers = world
    .objects(by.kind)
    .filter(
      ({ name, file, reaches }) => name === by.name && file.path === by.file.path && reaches !== undefined,
    )
    .flatMap(({ reaches = [] }) => reaches)
  const marks = keys === undefined ? ['${'] : keys.map((key) => `\${${key}`)
  return [base, merged].flatMap(({ manifests }) => {
    const texts = new Map(manifests.files.map(({ path, text }) => [path, text]))
    const { virtualServices, gateways, unmodelled, unreadable } = manifests
    const ofMesh = [
      ...[...virtualServices, ...gateways, ...unmodelled.filter(({ says }) => says === undefined)].map(
        ({ file }) => file.path,
      ),
      ...unreadable.map(({ path }) => path),
    ]
    return [...layers, ...ofMesh.filter(isDelivered)].filter(
      (path) => !isSubstituted || marks.some((mark) => texts.get(path)?.includes(mark)),
    )
  })
}
