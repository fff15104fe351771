import { renderKustomization } from '../../kustomize/render.ts'
import type { JsonObject } from '../../manifest/json.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import { treeOf } from '../tree-of-side.ts'
import type { DeliveredObject } from '../units/build-unit.ts'
import { mapAt } from './placed-nodes.ts'

/**
 * Objects as kustomizations leave them that are laid over what helm printed, one after the other; nothing where one of them fails, or
 * asks for what is not done here.
 */
export function laidOver(
  objects: readonly DeliveredObject[],
  overlays: readonly JsonObject[],
): readonly DeliveredObject[] | undefined {
  return overlays.reduce<readonly DeliveredObject[] | undefined>(
    (before, overlay) => (before === undefined || isEmpty(overlay) ? before : under(overlay, before)),
    objects,
  )
}

function isEmpty(overlay: JsonObject): boolean {
  return Object.values(overlay).every((each) => Array.isArray(each) && each.length === 0)
}

function under(
  overlay: JsonObject,
  objects: readonly DeliveredObject[],
): readonly DeliveredObject[] | undefined {
  const files = objects.map(({ node }, at) => ({ path: `${at}.yaml`, text: JSON.stringify(jsonOf(node)) }))
  const resources = files.map(({ path }) => path)
  const kustomization = { path: 'kustomization.yaml', text: JSON.stringify({ ...overlay, resources }) }
  const tree = treeOf({ files: [kustomization, ...files] })
  const rendered = renderKustomization('', { tree, loadRestrictions: 'none' })
  if ('failed' in rendered || rendered.notRendered.length > 0) return undefined
  return rendered.objects.flatMap(({ node, from }) => {
    const written = objects[resources.indexOf(from.file.path)]
    return written === undefined ? [] : [{ ...written, node: mapAt(node, written.node.range) }]
  })
}
