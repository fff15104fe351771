import { isObject, type JsonValue } from '../../../manifest/json.ts'
import { at, objectsOf, textOf } from '../../../manifest/json-fields.ts'
import type { UnmodelledResource } from '../../../manifest/resource.ts'
import type { Setting } from '../../reach.ts'

type Parameter = Setting['parameters'][number]

/** The objects by which policies are told what to do: what a binding's `paramRef` names, and ConfigMaps that a rule reads. */
export function parametersOf(
  judging: readonly UnmodelledResource[],
  partial: (kind: string) => readonly UnmodelledResource[],
): readonly Parameter[] {
  return judging.flatMap((each) =>
    each.kind.endsWith('Binding') ? boundBy(each, judging, partial) : configMapsIn(each.body),
  )
}

/** A policy that is known here and does not concern the mesh has no parameters that do. */
function boundBy(
  { kind, body }: UnmodelledResource,
  judging: readonly UnmodelledResource[],
  partial: (kind: string) => readonly UnmodelledResource[],
): readonly Parameter[] {
  const isPolicy = (each: UnmodelledResource) =>
    each.kind === kind.slice(0, -'Binding'.length) && each.name === at(body, 'spec', 'policyName')
  const policy = judging.find(isPolicy)
  if (policy === undefined && partial(kind.slice(0, -'Binding'.length)).some(isPolicy)) return []
  const kindOf = textOf(at(policy?.body, 'spec', 'paramKind', 'kind'))
  return objectsOf(at(body, 'spec', 'paramRef')).flatMap((written): readonly Parameter[] => {
    const [name, namespace] = [textOf(written['name']), textOf(written['namespace'])]
    if (name === undefined && kindOf === undefined) return []
    return [
      {
        ...(kindOf !== undefined && { kind: kindOf }),
        ...(name !== undefined && { name }),
        ...(namespace !== undefined && { namespace }),
      },
    ]
  })
}

function configMapsIn(value: JsonValue | undefined): readonly Parameter[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => configMapsIn(each))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([field, inner]) => {
    const name = field === 'configMap' ? textOf(at(inner, 'name')) : undefined
    if (name === undefined || name.includes('{{')) return configMapsIn(inner)
    const namespace = textOf(at(inner, 'namespace'))
    return [{ kind: 'ConfigMap', name, ...(namespace !== undefined && { namespace }) }]
  })
}
