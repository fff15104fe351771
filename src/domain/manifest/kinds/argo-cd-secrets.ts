/** By this label a Secret says to Argo CD what it knows by it: a cluster, or a repository. */
export const secretTypeLabel = 'argocd.argoproj.io/secret-type'

/** An address of a cluster as it is compared. */
export function addressOfCluster(written: string): string {
  return written.replace(/\/+$/, '')
}
