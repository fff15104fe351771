import { fieldsOf, listIn, textIn } from '../manifest/layers/written.ts'
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

/** As much of a Service as says where requests to it arrive. */
export interface ServiceAround {
  readonly resource: UnmodelledResource
  readonly selector: Labels
  readonly ports: readonly ServicePort[]
}

interface ServicePort {
  readonly name?: string
  readonly port: number
  /** The number of the pods' port, or its name. */
  readonly target: number | string
}

/** What some objects say. */
export function surroundingsOf(objects: readonly UnmodelledResource[]): Surroundings {
  const ofKind = (kind: string) => objects.filter((each) => each.kind === kind)
  const services = ofKind('Service').filter(({ namespace }) => namespace !== undefined)
  const namespaces = Map.groupBy(ofKind('Namespace'), ({ name }) => name)
  return {
    services: Map.groupBy(
      services.map(serviceOf),
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

function serviceOf(resource: UnmodelledResource): ServiceAround {
  const spec = fieldsOf(resource.body['spec'])
  const selector = Object.entries(fieldsOf(spec['selector'])).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  )
  const ports = listIn(spec['ports']).flatMap((each): readonly ServicePort[] => {
    const { port, targetPort, name } = fieldsOf(each)
    if (typeof port !== 'number') return []
    const target = typeof targetPort === 'number' || typeof targetPort === 'string' ? targetPort : port
    return [{ port, target, ...(typeof name === 'string' && { name }) }]
  })
  return { resource, selector: Object.fromEntries(selector), ports }
}

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
  const last = path.at(-1) ?? ''
  const holder = path.slice(0, -1).reduce((value, key) => fieldsOf(value[key]), resource.body)
  return textIn(holder[last])
}
