import type { KubernetesObject, Pod } from './mesh.ts'

interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>
  readonly ports?: readonly { readonly port: number; readonly targetPort?: number }[]
}

/** The port of a pod to which a Service in front of it leads: the same one where none leads elsewhere. */
export function portOnPod(objects: readonly KubernetesObject[], pod: Pod, port: number): number {
  if (pod.type !== 'router') return port
  const targets = objects
    .filter(({ kind, metadata }) => kind === 'Service' && metadata.namespace === pod.namespace)
    .map(({ spec }) => spec as ServiceSpec)
    .filter(({ selector = {} }) => isSelected(pod, selector))
    .flatMap(({ ports = [] }) => ports.filter((each) => each.port === port))
  return targets[0]?.targetPort ?? port
}

function isSelected({ labels }: Pod, selector: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(selector)
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
}
