import type { JsonObject } from '../json.ts'

/** Labels that only people and dashboards read. */
const decorative = new Set(
  ['name', 'version', 'component', 'part-of', 'managed-by'].map((name) => `app.kubernetes.io/${name}`),
)

/**
 * The labels and annotations that a tool between Git and the proxies acts on: Istio, Argo CD, Flux, Helm, Kustomize and
 * Kubernetes itself. One's own are nobody else's business.
 */
export function actedOn(pairs: JsonObject): JsonObject {
  const isActedOn = (key: string) =>
    !decorative.has(key) && /istio\.io|argocd|argoproj|fluxcd|helm\.sh|kubernetes\.io|k8s\.io/.test(key)
  return Object.fromEntries(Object.entries(pairs).filter(([key]) => isActedOn(key)))
}
