import type { JsonObject, JsonValue } from '../manifest/json.ts'
import { literalFolder } from '../manifest/layers/delivered-paths.ts'
import type { DeliveryObject } from '../manifest/layers/delivery-objects.ts'
import { fieldsOf, listIn, textIn } from '../manifest/layers/written.ts'
import { fluxVariables } from './flux-variables.ts'
import type { Folders } from './folders.ts'
import type { Unit } from './unit.ts'

/** What a Kustomization of Flux applies; nothing where its path is still to be filled in. */
export function unitsOfFlux(object: DeliveryObject, folders: Folders): readonly Unit[] {
  const { name, namespace = '', spec, file } = object
  const path = textIn(spec['path']) ?? ''
  const folder = /\$\{|\{\{/.test(path) ? undefined : literalFolder(path)
  if (folder === undefined) return []
  const { variables, from } = fluxVariables(object, folders)
  return [
    {
      key: `Kustomization ${namespace}/${name} ${folder}`,
      by: [file.path, ...from],
      folder,
      takes: 'flux',
      over: overOf(spec),
      ...(spec['commonMetadata'] !== undefined && { metadata: fieldsOf(spec['commonMetadata']) }),
      ...(variables && { variables }),
    },
  ]
}

/** `targetNamespace`, prefix and suffix are set, the rest is added; what older versions write as objects, Kustomize reads as texts. */
function overOf(spec: JsonObject): JsonObject {
  const { targetNamespace, namePrefix, nameSuffix, patches, components } = spec
  const merges = listIn(spec['patchesStrategicMerge']).map(asText)
  const operations = listIn(spec['patchesJson6902']).map((each) => {
    const { patch, ...rest } = fieldsOf(each)
    return { ...rest, patch: asText(patch ?? null) }
  })
  return {
    ...(isSaid(targetNamespace) && { namespace: targetNamespace }),
    ...(isSaid(namePrefix) && { namePrefix }),
    ...(isSaid(nameSuffix) && { nameSuffix }),
    ...(isSaid(patches) && { patches: [...listIn(patches)] }),
    ...(isSaid(components) && { components: [...listIn(components)] }),
    ...(merges.length > 0 && { patchesStrategicMerge: merges }),
    ...(operations.length > 0 && { patchesJson6902: operations }),
  }
}

function isSaid(value: JsonValue | undefined): value is JsonValue {
  return value !== undefined && value !== null && value !== ''
}

function asText(value: JsonValue): JsonValue {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
