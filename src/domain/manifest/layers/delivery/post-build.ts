import type { DeliveryObject } from '../delivery-objects.ts'
import type { LayerStatement } from '../layer-statement.ts'
import type { SideFiles } from '../side-files.ts'
import { fieldsOf, listIn, textIn } from '../written.ts'
import { configMapsFor } from './config-maps.ts'
import type { Delivering } from './delivery-layers.ts'

/**
 * The variables of Flux's `postBuild`, each for the manifests in which it is written, with the values that ConfigMaps of
 * this repository give them. With the first variable the others begin to be replaced, too.
 */
export function postBuildStatements(
  { spec }: DeliveryObject,
  reach: LayerStatement['reach'],
  { side }: Pick<Delivering, 'side'>,
): readonly LayerStatement[] {
  const { substitute, substituteFrom, ...how } = fieldsOf(spec['postBuild'])
  const from = listIn(substituteFrom).flatMap((each) =>
    configMapsFor({ kind: 'ConfigMap', name: textIn(fieldsOf(each)['name']) ?? '' }, {}, side).map(
      ({ data }) => data,
    ),
  )
  const variables = [substitute, ...from].flatMap((each) => Object.entries(fieldsOf(each)))
  const writing = (mark: string) => among(reach, side, mark)
  const isOn = spec['postBuild'] !== undefined
  return [
    ...(isOn
      ? [{ what: { postBuild: { ...how, sources: listIn(substituteFrom) } }, reach: writing('${') }]
      : []),
    ...variables.map(([name, value]) => ({
      what: { variable: [name, value ?? null] },
      reach: writing(`\${${name}`),
    })),
  ]
}

function among(reach: LayerStatement['reach'], { mesh, files }: SideFiles, mark: string): readonly string[] {
  const paths = reach === 'mesh' ? [...mesh.keys()] : reach
  return paths.filter((path) => files.get(path)?.text.includes(mark))
}
