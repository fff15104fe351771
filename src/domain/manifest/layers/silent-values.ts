import type { JsonValue } from '../json.ts'
import { fieldsOf, listIn, textIn, without } from './written.ts'

/** Values of charts that choose what runs, how often and with what means, and not where requests go. */
const silent =
  /^(?:image|images|imageTag|tag|newTag|digest|appVersion|replicas|replicaCount|resources|env|extraEnv|autoscaling|nodeSelector|tolerations|affinity|probes|livenessProbe|readinessProbe|podAnnotations|podLabels|podDisruptionBudget|persistence)$/

/** Which image runs, and how often. */
const running = /^(?:image|images|imageTag|tag|newTag|digest|appVersion|replicas|replicaCount)$/

/** Whether a value chooses what runs or how often, whoever reads it. */
export function isRunning(field: string): boolean {
  return running.test(field)
}

/** Values that a template of the mesh surely reads, without those. */
export function withoutRunning(values: JsonValue): JsonValue {
  return without(values, isRunning)
}

/** Values of a chart without those that concern no request; a text of YAML as what it says. */
export function weightyValues(values: JsonValue): JsonValue {
  return without(values, (field) => silent.test(field))
}

/** Helm parameters, each `{name, value}`. */
export function weightyParameters(parameters: JsonValue | undefined): readonly JsonValue[] {
  return listIn(parameters).filter((each) => {
    const steps = (textIn(fieldsOf(each)['name']) ?? '').split(/[.[]/)
    return !steps.some((step) => silent.test(step))
  })
}
