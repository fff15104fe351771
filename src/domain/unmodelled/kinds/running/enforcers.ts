import { canonicalJson, isObject, type JsonValue } from '../../../manifest/json.ts'
import { at } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Labels, Subject, Target } from '../../reach.ts'
import { labelsSelected } from '../../reading/label-selector.ts'
import { specOf } from '../spec.ts'

/** What Tetragon does to a process, or to its call, beside telling of it. */
const acting =
  /"(?:action|Action)":"(?:Sigkill|Signal|Override|NotifyEnforcer|NotifyKiller|CleanupEnforcerNotification)"/

/** A policy that only watches concerns no request. */
function tracingDecides(subject: Subject): JsonValue | undefined {
  const said = specOf(subject)
  return acting.test(canonicalJson(said)) ? said : undefined
}

/** Pods by their labels; all of the namespace, or of the cluster, where it asks for none. */
function podsOf(labels: Labels, { namespace }: Subject, isOfAll: boolean): readonly Target[] {
  if (Object.keys(labels).length > 0)
    return [{ kind: 'pods', labels, among: isOfAll ? 'all' : { namespace } }]
  return [isOfAll ? { kind: 'everybody' } : { kind: 'namespace', namespace }]
}

function traced(subject: Subject): readonly Target[] {
  const labels = labelsSelected(at(subject.body, 'spec', 'podSelector'))
  return podsOf(labels, subject, !subject.kind.endsWith('Namespaced'))
}

/** KubeArmor keeps processes from files, networks and programs, unless it is told only to write down what they do. */
function armourDecides(subject: Subject): JsonValue | undefined {
  const said = specOf(subject)
  return /"action":"(?:Block|Allow)"/i.test(canonicalJson(said)) ? said : undefined
}

function armoured(subject: Subject): readonly Target[] {
  const { body, kind } = subject
  if (kind !== 'KubeArmorPolicy') return [{ kind: 'everybody' }]
  return podsOf(labelsSelected(at(body, 'spec', 'selector')), subject, false)
}

/** Which calls, files and rights a profile leaves to those who run with it. */
function profileDecides({ body }: Subject): JsonValue | undefined {
  const { disabled: _, ...said } = isObject(body['spec']) ? body['spec'] : {}
  return said
}

function ofNamespace({ namespace, kind }: Subject): readonly Target[] {
  const isOfAll = namespace === undefined || kind.startsWith('Raw')
  return [isOfAll ? { kind: 'everybody' } : { kind: 'namespace', namespace }]
}

const entry = (group: string, kinds: readonly string[], rest: Pick<KindEntry, 'decides' | 'reach'>) => ({
  group,
  kinds,
  ...rest,
  partial: true as const,
  quiet: true as const,
})

/** What ends processes of pods, or keeps calls from them. */
export const enforcers: readonly KindEntry[] = [
  entry('cilium.io', ['TracingPolicy', 'TracingPolicyNamespaced'], {
    decides: tracingDecides,
    reach: traced,
  }),
  entry('security.kubearmor.com', ['KubeArmorPolicy', 'KubeArmorClusterPolicy', 'KubeArmorHostPolicy'], {
    decides: armourDecides,
    reach: armoured,
  }),
  {
    ...entry(
      'security-profiles-operator.x-k8s.io',
      ['SeccompProfile', 'SelinuxProfile', 'RawSelinuxProfile', 'AppArmorProfile'],
      { decides: profileDecides, reach: ofNamespace },
    ),
    harmlessIfNew: true,
  },
  entry('security-profiles-operator.x-k8s.io', ['ProfileBinding'], { decides: specOf, reach: ofNamespace }),
]
