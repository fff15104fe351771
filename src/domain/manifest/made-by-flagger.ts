import type { JsonObject } from './json.ts'
import { groupOf } from './kinds/deciding-groups.ts'
import { fieldsOf, textIn } from './layers/written.ts'
import { identityOf, type NamespacedName } from './names.ts'
import type { UnmodelledResource } from './resource.ts'

/** Whether an object is a Canary of Flagger. */
export function isCanary({ apiVersion, kind }: Pick<UnmodelledResource, 'apiVersion' | 'kind'>): boolean {
  return kind === 'Canary' && groupOf(apiVersion) === 'flagger.app'
}

/** What Flagger calls the VirtualService of a Canary: after its service, else after its target; '' where neither says a name. */
export function canaryServiceName(body: JsonObject): string {
  const spec = fieldsOf(body['spec'])
  const named = textIn(fieldsOf(spec['service'])['name'])
  return named || (textIn(fieldsOf(spec['targetRef'])['name']) ?? '')
}

/** Whether Flagger writes a VirtualService for a Canary: its other providers write other kinds. */
export function isByIstio(body: JsonObject): boolean {
  const { provider } = fieldsOf(body['spec'])
  return provider === undefined || provider === null || provider === '' || provider === 'istio'
}

/** The secondaries that Flagger makes at run time, in the namespaces of their Canaries. */
export function secondariesByFlagger(resources: readonly UnmodelledResource[]): readonly NamespacedName[] {
  return resources.filter(isCanary).flatMap(({ body, namespace }) => {
    const name = canaryServiceName(body)
    const isSecondary = fieldsOf(fieldsOf(body['spec'])['service'])['delegation'] === true
    const identity = identityOf({ name, ...(namespace !== undefined && { namespace }) })
    return isSecondary && isByIstio(body) && name !== '' ? [identity] : []
  })
}
