import { isObject } from '../../manifest/json.ts'
import { at, labelsOf, objectsOf } from '../../manifest/json-fields.ts'
import type { Setting, Subject, Target } from '../reach.ts'
import { deniedBy } from '../reading/denied.ts'
import { attachments } from './attached.ts'

/**
 * Whom an object reaches that applies to workloads (istio.io, "Workload selector"): in the root namespace everybody's, else
 * those of its own; by labels where it selects; else what `targetRefs` name. Selectors are labels of pods.
 */
export function workloadsReached(subject: Subject, setting: Setting): readonly Target[] {
  const { namespace, body } = subject
  const entered: Target = { kind: 'entered', namespace }
  const isRoot = namespace !== undefined && setting.rootNamespaces.has(namespace)
  const attached = attachedOf(subject, setting)
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

/** What it names, and its namespace for what is no place of requests. */
function attachedOf(subject: Subject, setting: Setting): readonly Target[] {
  const { body, namespace } = subject
  const isAttached = ['targetRefs', 'targetRef'].some(
    (field) => objectsOf(at(body, 'spec', field)).length > 0,
  )
  const targets = attachments(subject, setting)
  return isAttached && targets.length === 0 ? [{ kind: 'namespace', namespace }] : targets
}
