import { isObject } from '../../manifest/json.ts'
import { resolveHost } from '../../manifest/names.ts'
import { deniedBy } from '../denied.ts'
import type { Setting, Subject, Target } from '../reach.ts'
import { at, labelsOf, objectsOf, textOf } from '../written.ts'

/**
 * Whom an object reaches that applies to workloads (istio.io, "Workload selector"): in the root namespace everybody's, else
 * those of its own; by labels where it selects; else what `targetRefs` name. Selectors are labels of pods.
 */
export function workloadsReached(subject: Subject, setting: Setting): readonly Target[] {
  const { namespace, body } = subject
  const entered: Target = { kind: 'entered', namespace }
  const isRoot = namespace !== undefined && setting.rootNamespaces.has(namespace)
  const attached = attachments(subject, setting)
  if (attached.length > 0) return isRoot ? attached : [...attached, entered]
  const labels = selectorOf(body)
  if (Object.keys(labels).length > 0) {
    const denied = deniedBy(subject)
    const pods: Target = {
      kind: 'pods',
      labels,
      among: isRoot ? 'all' : { namespace },
      ...(denied && { denied }),
    }
    return isRoot ? [pods] : [pods, entered]
  }
  return [isRoot ? { kind: 'everybody' } : { kind: 'namespace', namespace }]
}

function selectorOf(body: Subject['body']): Readonly<Record<string, string>> {
  const selector = at(body, 'spec', 'selector')
  const labels = at(selector, 'matchLabels')
  return {
    ...labelsOf(isObject(labels) ? labels : selector),
    ...labelsOf(at(body, 'spec', 'workloadSelector', 'labels')),
    ...labelsOf(at(body, 'spec', 'workloadSelector', 'matchLabels')),
  }
}

function attachments({ body, namespace }: Subject, { clusterDomain }: Setting): readonly Target[] {
  const written = [...objectsOf(at(body, 'spec', 'targetRefs')), ...objectsOf(at(body, 'spec', 'targetRef'))]
  return written.flatMap((each): readonly Target[] => {
    const [kind, name] = [textOf(each['kind']) ?? '', textOf(each['name']) ?? '']
    const group = textOf(each['group']) ?? ''
    const there = textOf(each['namespace']) ?? namespace
    switch (kind) {
      case 'Gateway':
        return [
          { kind: 'parent', parent: { group, kind, namespace: there, name }, hosts: [], from: namespace },
        ]
      case 'Service':
        return [{ kind: 'service', host: resolveHost(name, there, clusterDomain) }]
      case 'GatewayClass':
        return [{ kind: 'everybody' }]
      default:
        return [{ kind: 'namespace', namespace: there }]
    }
  })
}
