/** The cluster in which Argo CD itself runs, as far as nothing says which that is. */
export const ownCluster = 'in-cluster'

/** Whether a cluster is called by its address, and not by a name that somebody gave it. */
export function isAddress(cluster: string): boolean {
  return cluster === ownCluster || cluster.includes('://')
}

/** Two names are two clusters, and so are two addresses; but a name may be that of an address, or of the cluster that is at home. */
export function mayBeOneCluster(one: string, other: string): boolean {
  return one === other || isAddress(one) !== isAddress(other) || [one, other].includes(ownCluster)
}
