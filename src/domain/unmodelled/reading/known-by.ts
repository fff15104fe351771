import { at, objectsOf, textOf, textsOf } from '../../manifest/json-fields.ts'
import type { Subject } from '../reach.ts'

/** The addresses that a Service, or a ServiceEntry, is known by. */
export function addressesOf({ body }: Pick<Subject, 'body'>): readonly string[] {
  const lists = ['clusterIPs', 'externalIPs', 'addresses'].flatMap((field) =>
    textsOf(at(body, 'spec', field)),
  )
  const single = ['clusterIP', 'loadBalancerIP'].flatMap((field) => textOf(at(body, 'spec', field)) ?? [])
  return [...lists, ...single]
}

/** The numbers of the ports that it is known by. */
export function portsOf({ body }: Pick<Subject, 'body'>): readonly number[] {
  return objectsOf(at(body, 'spec', 'ports'))
    .flatMap(({ port, number }) => [port, number])
    .filter((each) => typeof each === 'number')
}
