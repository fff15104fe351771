import type { Comparison } from './diff/comparison.ts'
import { type Doubt, doubt, uniteDoubts } from './doubt.ts'
import { identityOf } from './manifest/names.ts'
import { differingCopies } from './routing/other-copies.ts'
import type { RouteTable } from './routing/route-table.ts'
import type { Mesh } from './routing/snapshot.ts'
import { rangeOf } from './source/located.ts'

/** What Git does not say and was taken for granted; sorted, each once. */
export function assumptionsOf({
  merged,
  changes,
  complete,
  appearing,
  untried,
}: Comparison): readonly Doubt[] {
  const tables = merged.meshes.flatMap((mesh) => mesh.tables)
  return uniteDoubts([
    ...tables.flatMap((table) => table.doubts),
    ...sharedHosts(tables),
    ...namesWithout(merged),
    ...gatewaysElsewhere(merged),
    ...(changes.every((change) => change.certain) ? [] : merged.meshes.flatMap(copiesIn)),
    ...appearing.map((each) =>
      doubt({ code: 'perhaps-absent', of: identityOf(each), file: each.file.path }, rangeOf(each)),
    ),
    ...untriedCopies(untried),
    ...(complete ? [] : [doubt({ code: 'elsewhere' })]),
    ...(changes.some((change) => change.undecided) ? [doubt({ code: 'too-much-to-compare' })] : []),
    ...(changes.some((change) => !change.certain && !change.undecided)
      ? [doubt({ code: 'not-in-git' })]
      : []),
  ])
}

function sharedHosts(tables: readonly RouteTable[]): readonly Doubt[] {
  return tables
    .filter((table) => table.contributions.length > 1)
    .map(({ host, gateway, contributions }) =>
      doubt({
        code: 'shared-host',
        of: contributions.map(({ virtualService }) => identityOf(virtualService)),
        host,
        gateway,
      }),
    )
}

function namesWithout({ manifests }: Comparison['merged']): readonly Doubt[] {
  const nameless = manifests.virtualServices.filter((each) => each.namespace === undefined)
  if (nameless.length === 0) return []
  const [of, files] = [nameless.map(({ name }) => name), nameless.map(({ file }) => file.path)]
  return [doubt({ code: 'no-namespace', of: distinct(of), files: distinct(files) })]
}

function copiesIn(mesh: Mesh): readonly Doubt[] {
  return [...differingCopies(mesh)].map(([of, copies]) =>
    doubt({ code: 'copies', of, files: distinct(copies.map(({ file }) => file.path)) }),
  )
}

function untriedCopies(untried: Comparison['untried']): readonly Doubt[] {
  if (untried.length === 0) return []
  const of = distinct(untried.map((each) => `${each.kind} ${identityOf(each)}`))
  return [doubt({ code: 'untried-copies', of, files: distinct(untried.map(({ file }) => file.path)) })]
}

function gatewaysElsewhere({ meshes }: Comparison['merged']): readonly Doubt[] {
  const missing = meshes.flatMap((mesh) => {
    const here = new Set(mesh.gateways.map((gateway) => identityOf(gateway) as string))
    const named = mesh.merged.flatMap(({ virtualService }) => virtualService.spec.gateways ?? [])
    return named.filter((gateway) => gateway !== 'mesh' && !here.has(gateway))
  })
  return distinct(missing).map((gateway) => doubt({ code: 'gateway-elsewhere', gateway }))
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted()
}
