/**
 * Labels and annotations by which a deployer, a controller or Istio decides what becomes of an object: they keep it from being
 * applied, freeze it, prune it, or give it to somebody else. Argo CD's tracking label is one of them.
 */
const decisive = [
  /^app\.kubernetes\.io\/instance$/,
  /(?:^|\.)istio\.io\//,
  /^argocd/,
  /fluxcd/,
  /^helm\.sh\/hook/,
  /(?:^|\.)config\.kubernetes\.io\//,
  // No labels or annotations at all, whatever somebody may hope.
  /^(?:ownerreferences|finalizers|uid)$/,
]

/** Whether a key of labels or annotations always counts, whatever `consent.ignore` says. */
export function isDecisiveKey(key: string): boolean {
  const lower = key.toLowerCase()
  return decisive.some((pattern) => pattern.test(lower))
}
