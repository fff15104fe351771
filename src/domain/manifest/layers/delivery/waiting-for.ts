import type { JsonObject } from '../../json.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import { fieldsOf, listIn, textIn } from '../written.ts'

/** When an object of Flux is ready: all that waits for it stands still as long as it is not, or is not there. */
export function readySays({ spec }: DeliveryObject): JsonObject {
  const { dependsOn = null, wait = null, healthChecks = null, healthCheckExprs = null } = spec
  return { awaited: { dependsOn, wait, healthChecks, healthCheckExprs } }
}

/** All that waits for an object, be it by way of others. */
export function waitingFor(
  object: DeliveryObject,
  objects: readonly DeliveryObject[],
): readonly DeliveryObject[] {
  const dependent = objects.filter(({ spec }) => spec['dependsOn'] !== undefined)
  const found = new Set<DeliveryObject>()
  const queue = [object]
  for (const each of queue) {
    const waiting = dependent.filter((other) => !found.has(other) && dependsOn(other, each))
    for (const other of waiting) found.add(other)
    queue.push(...waiting)
  }
  found.delete(object)
  return [...found]
}

function dependsOn(object: DeliveryObject, { kind, name, namespace }: DeliveryObject): boolean {
  return (
    object.kind === kind &&
    listIn(object.spec['dependsOn'])
      .map(fieldsOf)
      .some((each) => each['name'] === name && (textIn(each['namespace']) ?? object.namespace) === namespace)
  )
}
