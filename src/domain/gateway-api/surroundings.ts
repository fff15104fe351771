import { at } from '../manifest/json-fields.ts'
import { type ServiceReach, serviceReach } from '../manifest/kinds/service.ts'
import { textIn } from '../manifest/layers/written.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import { ownValue } from '../source/own-value.ts'

type Labels = Readonly<Record<string, string>>

/** What the Gateway API looks up besides its own objects, as far as it is written here. */
export interface Surroundings {
  /** Services by `ns/name`; several where one is written several times. */
  readonly services: ReadonlyMap<string, readonly ServiceAround[]>
  /** The labels of namespaces; undefined where there is no telling. */
  readonly namespaceLabels: (name: string) => Labels | undefined
  readonly ingresses: readonly UnmodelledResource[]
  readonly ingressClasses: readonly UnmodelledResource[]
}

/** A Service, and which pods requests to it come to. */
export interface ServiceAround extends ServiceReach {
  readonly resource: UnmodelledResource
}

/** What some objects say. */
export function surroundingsOf(objects: readonly UnmodelledResource[]): Surroundings {
  const ofKind = (kind: string) => objects.filter((each) => each.kind === kind)
  const services = ofKind('Service').filter(({ namespace }) => namespace !== undefined)
  const namespaces = Map.groupBy(ofKind('Namespace'), ({ name }) => name)
  return {
    services: Map.groupBy(
      services.map((resource): ServiceAround => ({ resource, ...serviceReach(resource) })),
      ({ resource: { namespace = '', name } }) => `${namespace}/${name}`,
    ),
    namespaceLabels: (name) => {
      const [one, ...others] = namespaces.get(name) ?? []
      return one === undefined || others.length > 0 ? undefined : { ...one.labels, [nameLabel]: name }
    },
    ingresses: ofKind('Ingress'),
    ingressClasses: ofKind('IngressClass'),
  }
}

/** Every namespace has it, whatever is written. */
const nameLabel = 'kubernetes.io/metadata.name'

/** A selector of Kubernetes, as the Gateway API has it. */
interface LabelSelector {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly {
    readonly key?: string
    readonly operator?: string
    readonly values?: readonly string[]
  }[]
}

/** Whether a selector takes a namespace. Of one that is not here only the name is known. */
export function selectsNamespace(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  name: string,
  labels: Labels | undefined,
): boolean | undefined {
  const known = labels ?? { [nameLabel]: name }
  const answers = [
    ...Object.entries(matchLabels).map(([key, value]) =>
      isOpen(key, labels) ? undefined : ownValue(known, key) === value,
    ),
    ...matchExpressions.map(({ key = '', operator, values = [] }) =>
      isOpen(key, labels) ? undefined : holds(ownValue(known, key), operator, values),
    ),
  ]
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

function isOpen(key: string, labels: Labels | undefined): boolean {
  return labels === undefined && key !== nameLabel
}

function holds(value: string | undefined, operator: string | undefined, values: readonly string[]): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/** A text of an object that is not of the Gateway API. */
export function textAt(resource: UnmodelledResource, ...path: readonly string[]): string | undefined {
  return textIn(at(resource.body, ...path))
}
