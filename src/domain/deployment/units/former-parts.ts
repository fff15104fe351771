import { canonicalJson } from '../../manifest/json.ts'
import { fieldsOf } from '../../manifest/layers/written.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import type { YamlMap } from '../../source/yaml-node.ts'
import { type Built, type Delivery, isDelivered } from './build-unit.ts'
import { type BuiltUnit, kustomizedFolders } from './built-unit.ts'
import { isByHand, type Unit } from './unit.ts'

/**
 * Nothing that something else built upon before is delivered by itself, only since that has let go of it: of such a root only what it
 * did not make before is delivered.
 */
export function withoutFormerParts(
  units: readonly BuiltUnit[],
  before: readonly BuiltUnit[],
  buildBefore: (unit: Unit) => Built,
): readonly BuiltUnit[] {
  const former = new Set(
    before.flatMap(({ unit, built }) => kustomizedFolders(built).filter((folder) => folder !== unit.folder)),
  )
  return units.map((each) => {
    const { unit, built } = each
    if (!isByHand(unit) || !former.has(unit.folder) || !isDelivered(built)) return each
    return { unit, built: onlyNew(built, buildBefore(unit)) }
  })
}

function onlyNew(built: Delivery, before: Built): Delivery {
  const known = new Set(isDelivered(before) ? before.objects.map(({ node }) => saidOf(node)) : [])
  return { ...built, objects: built.objects.filter(({ node }) => !known.has(saidOf(node))) }
}

/** All that an object says, but for labels and annotations. */
function saidOf(node: YamlMap): string {
  const { metadata, ...said } = fieldsOf(jsonOf(node))
  const { labels: _, annotations: __, ...named } = fieldsOf(metadata)
  return canonicalJson({ ...said, metadata: named })
}
