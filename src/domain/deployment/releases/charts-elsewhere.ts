import { type Doubt, doubt } from '../../doubt.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { sourcesOf } from '../../manifest/layers/delivered-paths.ts'
import { deliverySays } from '../../manifest/layers/delivery/delivery-words.ts'
import { type DeliveryObject, deliveriesIn } from '../../manifest/layers/delivery-objects.ts'
import { fieldsOf, textIn } from '../../manifest/layers/written.ts'
import { identityOf } from '../../manifest/names.ts'
import type { SourceFile } from '../../source/source-file.ts'

/**
 * The charts from elsewhere of which a release here is changed in more than versions and images: what they make of it is said once
 * not to be known, and asks nobody.
 */
export function chartsElsewhere({
  base,
  merged,
}: {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
}): readonly Doubt[] {
  const [before, after] = [releasesElsewhere(base), releasesElsewhere(merged)]
  const changed = [...after].filter(([key, { says }]) => before.get(key)?.says !== says)
  if (changed.length === 0) return []
  const of = [...new Set(changed.flatMap(([, { charts }]) => charts))].toSorted()
  return [doubt({ code: 'charts-elsewhere', of }, ...changed.map(([, { object }]) => object.range))]
}

interface ReleaseElsewhere {
  readonly object: DeliveryObject
  readonly charts: readonly string[]
  readonly says: string
}

function releasesElsewhere(files: readonly SourceFile[]): ReadonlyMap<string, ReleaseElsewhere> {
  return new Map(
    files
      .flatMap((file) => deliveriesIn(file).objects)
      .flatMap((object) => {
        const charts = chartsOf(object)
        if (charts.length === 0) return []
        const key = `${object.kind} ${identityOf(object)} ${object.file.path}`
        return [[key, { object, charts, says: canonicalJson(deliverySays(object)) }] as const]
      }),
  )
}

function chartsOf({ kind, spec }: DeliveryObject): readonly string[] {
  if (kind === 'Application') return sourcesOf(spec).flatMap(({ chart }) => textIn(chart) ?? [])
  if (kind !== 'HelmRelease') return []
  const { chart, sourceRef } = fieldsOf(fieldsOf(spec['chart'])['spec'])
  const named = fieldsOf(sourceRef)['kind'] === 'HelmRepository' ? textIn(chart) : undefined
  return [named, textIn(fieldsOf(spec['chartRef'])['name'])].flatMap((each) => each ?? [])
}
