import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, picked, textOf } from '../../manifest/json-fields.ts'
import { decidesAsAWhole, groupOf } from '../../manifest/kinds/deciding-groups.ts'
import { madeByResourceSet } from '../../manifest/kinds/resource-sets.ts'
import { textsIn } from '../../manifest/layers/written.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { Labels } from '../reach.ts'
import { selects } from './label-selector.ts'

/** Where a ResourceSet takes inputs from, for objects of the mesh or for what delivers some. */
export interface InputsRead {
  readonly namespace: string | undefined
  readonly from: readonly JsonObject[]
}

/** All that the ResourceSets of some files take from elsewhere and fill in where it decides about requests. */
export function inputsRead(files: readonly SourceFile[]): readonly InputsRead[] {
  const wanted = (text: string) => text.includes('inputsFrom')
  return files
    .filter(({ text }) => wanted(text))
    .flatMap((file) => parseYaml(file, { id: 'invalid-manifest', wanted }))
    .flatMap(({ root }): readonly InputsRead[] => {
      const made = root === undefined ? undefined : madeByResourceSet(root)
      if (root === undefined || !made?.some((each) => isLeftOpen(jsonOf(each)))) return []
      const set = jsonOf(root)
      const namespace = textOf(at(set, 'metadata', 'namespace'))
      return [{ namespace, from: objectsOf(at(set, 'spec', 'inputsFrom')) }]
    })
}

/** What of a deployer says what is delivered, to where, and how it is changed; which version of a chart it is does not. */
const delivering: Readonly<Record<string, readonly string[]>> = {
  'kustomize.toolkit.fluxcd.io': ['path', 'targetNamespace', 'patches', 'components', 'postBuild'],
  'helm.toolkit.fluxcd.io': ['targetNamespace', 'storageNamespace'],
  'argoproj.io': ['source', 'sources', 'destination', 'template'],
}

function isLeftOpen(object: JsonValue): boolean {
  const version = textOf(at(object, 'apiVersion')) ?? ''
  const isOfMesh = decidesAsAWhole(version, textOf(at(object, 'kind')))
  const deciding = isOfMesh ? object : picked(at(object, 'spec'), delivering[groupOf(version)] ?? [])
  return textsIn(deciding).some((text) => text.includes('{{'))
}

/** Whether these inputs are taken from an object, by its name or its labels. */
export function isTakenFrom(
  { namespace, from }: InputsRead,
  provider: { readonly name: string; readonly namespace: string | undefined; readonly labels: Labels },
): boolean {
  const { name, labels } = provider
  const isThere = [namespace, provider.namespace].includes(undefined) || namespace === provider.namespace
  return (
    isThere &&
    from.some(({ name: named, selector }) =>
      textOf(named) === undefined ? selects(selector, labels) : named === name,
    )
  )
}
