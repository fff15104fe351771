import { isObject, type JsonValue } from '../json.ts'
import { at, labelsOf } from '../json-fields.ts'
import type { UnmodelledResource } from '../resource.ts'

/** As much of a Service as says which pods requests to it come to, and at which of their ports. */
export interface ServiceReach {
  readonly selector: Readonly<Record<string, string>>
  readonly ports: readonly ServicePort[]
}

interface ServicePort {
  readonly name?: string
  readonly port: number
  /** The number of the pods' port, or its name. */
  readonly target: number | string
}

/** What a Service says of that; a port without a target leads to the same number. */
export function serviceReach({ body }: Pick<UnmodelledResource, 'body'>): ServiceReach {
  const ports = at(body, 'spec', 'ports')
  return {
    selector: labelsOf(at(body, 'spec', 'selector')),
    ports: Array.isArray(ports) ? ports.flatMap(portOf) : [],
  }
}

function portOf(value: JsonValue): readonly ServicePort[] {
  if (!isObject(value)) return []
  const { port, targetPort, name } = value
  if (typeof port !== 'number') return []
  const target = typeof targetPort === 'number' || typeof targetPort === 'string' ? targetPort : port
  return [{ port, target, ...(typeof name === 'string' && { name }) }]
}
