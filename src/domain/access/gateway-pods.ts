import type { ServiceReach } from '../manifest/kinds/service.ts'
import { isUnknown, mayBe } from '../manifest/placeholders/placeholders.ts'

/** Labels of pods, or the pairs of a selector. */
export type Labels = Readonly<Record<string, string>>

/** Some pods on which a gateway runs, as far as they are known. */
export interface GatewayPods {
  /** Labels that they surely have. */
  readonly labels: Labels
  /** They have no other labels, but for those that are given to pods as they start. */
  readonly areLabelsWhole: boolean
  /** Where they may run; absent where that is not known. */
  readonly namespaces?: readonly string[]
  /** Where the Gateway is, which may well be where they run. */
  readonly besides?: string
}

/** Whether these may run in a namespace, as far as something says where they do. */
export function mayRunIn(namespace: string | undefined, { namespaces, besides }: GatewayPods): boolean {
  return namespace !== undefined && (namespaces?.includes(namespace) ?? namespace === besides)
}

/** Something here that makes pods. */
export interface Workload {
  readonly namespace?: string
  readonly labels: Labels
}

/** A Service that is here, and where its ports lead. */
export interface PodService extends ServiceReach {
  readonly namespace?: string
  /** Istio takes the ports of Gateways for those of the pods. */
  readonly isNotTranslated?: true
}

/** What makes pods, and what leads to them, as far as it is here. */
export interface PodsKnown {
  readonly workloads: readonly Workload[]
  readonly services: readonly PodService[]
}

/** What a Gateway says of its pods. */
export interface PodsWanted {
  readonly selector?: Labels
  /** Where the Gateway is. */
  readonly namespace?: string
  /** Where its pods surely run, where Istio made it of another object; `managed`: they are made for it, too. */
  readonly pods?: { readonly namespace: string; readonly managed: boolean }
}

/** Whether one set of labels has all of another. */
export function has(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value)
}

/**
 * The pods on which a gateway runs, by its selector: those that are made here, else those that a Service selects, else any with
 * these labels. `namespaces` are those of which somebody says that gateways run there.
 */
export function podsOfGateway(
  { selector: wanted = {}, namespace: besides, pods }: PodsWanted,
  { workloads, services }: PodsKnown,
  namespaces: readonly string[],
): readonly GatewayPods[] {
  const there = pods === undefined ? namespaces : [pods.namespace]
  const beside = besides === undefined ? {} : { besides }
  const anywhere = there.length === 0 ? beside : { namespaces: there }
  if (Object.keys(wanted).length === 0 || Object.values(wanted).some(isUnknown))
    return [{ labels: {}, areLabelsWhole: false, ...anywhere }]
  const placed = (namespace: string | undefined) =>
    namespace === undefined ? anywhere : { namespaces: [namespace] }
  const isThere = ({ namespace }: { readonly namespace?: string }) =>
    there.length === 0 || namespace === undefined || there.includes(namespace)
  const any: GatewayPods = { labels: wanted, areLabelsWhole: false, ...anywhere }
  const made = workloads
    .filter((each) => has(each.labels, wanted) && isThere(each))
    .map(({ labels, namespace }) => ({ labels, areLabelsWhole: true, ...placed(namespace) }))
  if (pods?.managed === true) return [any, ...made]
  if (made.length > 0) return made
  const selected = services.filter((each) => has(each.selector, wanted) && isThere(each))
  if (selected.length > 0)
    return selected.map((each) => ({
      labels: each.selector,
      areLabelsWhole: false,
      ...placed(each.namespace),
    }))
  return [any]
}

/** The ports of the pods to which the Services here lead a port of a gateway; undefined where none is known to lead there. */
export function socketsOf(
  port: number,
  pods: readonly GatewayPods[],
  { services }: PodsKnown,
): readonly number[] | undefined {
  const leading = services.filter(
    ({ selector, namespace }) =>
      Object.keys(selector).length > 0 &&
      pods.some(
        (each) =>
          has(each.labels, selector) &&
          (namespace === undefined || each.namespaces === undefined || each.namespaces.includes(namespace)),
      ),
  )
  if (leading.length === 0) return undefined
  const targets = leading.flatMap(({ ports, isNotTranslated }) =>
    isNotTranslated === true ? [] : ports.filter((each) => each.port === port).map(({ target }) => target),
  )
  if (targets.length === 0) return [port]
  const numbers = targets.filter((each) => typeof each === 'number')
  return numbers.length === targets.length ? [...new Set(numbers)].toSorted((a, b) => a - b) : undefined
}

/** Whether pods have some labels: `perhaps` where nobody knows all of theirs. */
export function areSelected(pods: GatewayPods, selector: Labels): 'yes' | 'no' | 'perhaps' {
  const answers = Object.entries(selector).map(([key, value]) => {
    const own = pods.labels[key]
    if (own === value && !isUnknown(value)) return 'yes'
    if (own !== undefined) return mayBe(own, value) ? 'perhaps' : 'no'
    return pods.areLabelsWhole && !isGivenLater(key) ? 'no' : 'perhaps'
  })
  if (answers.includes('no')) return 'no'
  return answers.includes('perhaps') ? 'perhaps' : 'yes'
}

/** Labels that pods are given as they start. */
function isGivenLater(key: string): boolean {
  return /(?:^|\.)istio\.io\//.test(key) || key.startsWith('topology.')
}
