import type { JsonObject, JsonValue } from '../../../manifest/json.ts'
import { at, labelsOf, objectsOf, picked } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import { everybody, type Subject, type Target } from '../../reach.ts'

/** Taints that keep pods from a node, or drive them off it. */
export function closingTaints(value: JsonValue | undefined): readonly JsonObject[] {
  return objectsOf(value).filter(({ effect }) => effect !== 'PreferNoSchedule')
}

/** A node that lets no pods stay, or come, that do not say so. */
function nodeDecides({ body }: Subject): JsonValue | undefined {
  const spec = at(body, 'spec')
  const taints = closingTaints(at(spec, 'taints'))
  const isClosed = at(spec, 'unschedulable') === true
  return taints.length === 0 && !isClosed ? undefined : [taints, isClosed]
}

/** Where a node is: requests are kept near by it. */
const place =
  /^(?:topology\.(?:kubernetes|istio)\.io\/(?:region|zone|subzone)|failure-domain\.beta\.kubernetes\.io\/(?:region|zone))$/

function placeDecides({ labels }: Subject): JsonValue | undefined {
  const said = Object.entries(labels).filter(([key]) => place.test(key))
  return said.length === 0 ? undefined : Object.fromEntries(said)
}

/** Rules by which nodes are tainted as they come, or by which one is emptied. */
function taintingDecides({ body, kind }: Subject): JsonValue | undefined {
  if (kind === 'NodeMaintenance') return at(body, 'spec') ?? null
  const taints = objectsOf(at(body, 'spec', 'rules')).flatMap((rule) => closingTaints(rule['taints']))
  return taints.length === 0 ? undefined : taints
}

/** What the scheduler, and what drives pods off their nodes, are set up by. */
const settingUp = /^[ \t"']*kind["']?[ \t]*:[ \t]*["']?(?:DeschedulerPolicy|KubeSchedulerConfiguration)\b/m

function settingTexts({ body }: Subject): readonly string[] {
  return Object.values(labelsOf(body['data'])).filter((text) => settingUp.test(text))
}

/** The namespaces that the rules of a descheduler include, if all of them do. */
function disturbedBy(subject: Subject): readonly Target[] {
  const texts = settingTexts(subject)
  const included = texts.map((text) => /\binclude:[ \t]*(?:\[(?<list>[^\]]*)\])/.exec(text)?.groups?.['list'])
  if (included.length === 0 || included.includes(undefined)) return everybody()
  const names = included.flatMap((list = '') => list.split(',').map((each) => each.replace(/["'\s]/g, '')))
  return names.map((namespace) => ({ kind: 'residents', namespace }))
}

/** How pods of a class are started, and on which nodes. */
function runtimeDecides({ body }: Subject): JsonValue | undefined {
  return picked(body, ['handler', 'overhead', 'scheduling'])
}

/** Which pods nodes let in, and who puts them off. */
export const nodes: readonly KindEntry[] = [
  { group: '', kinds: ['Node'], decides: nodeDecides, reach: everybody, partial: true, quietIfGone: true },
  { group: '', kinds: ['Node'], decides: placeDecides, reach: everybody, partial: true, quietIfGone: true },
  {
    group: '*',
    kinds: ['NodeFeatureRule', 'NodeMaintenance'],
    decides: taintingDecides,
    reach: everybody,
    partial: true,
    quietIfGone: true,
  },
  {
    group: '',
    kinds: ['ConfigMap'],
    decides: (subject) => {
      const texts = settingTexts(subject)
      return texts.length === 0 ? undefined : [...texts]
    },
    reach: disturbedBy,
    partial: true,
    quiet: true,
  },
  {
    group: 'operator.openshift.io',
    kinds: ['KubeDescheduler'],
    decides: ({ body }) => at(body, 'spec') ?? null,
    reach: everybody,
    partial: true,
    quietIfGone: true,
  },
  {
    group: 'node.k8s.io',
    kinds: ['RuntimeClass'],
    decides: runtimeDecides,
    reach: everybody,
    partial: true,
    harmlessIfNew: true,
  },
]
