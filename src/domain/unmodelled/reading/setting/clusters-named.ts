import { addressOfCluster } from '../../../manifest/kinds/argo-cd-secrets.ts'
import { deliveriesIn } from '../../../manifest/layers/delivery-objects.ts'
import { fieldsOf, textIn } from '../../../manifest/layers/written.ts'
import type { SourceFile } from '../../../source/source-file.ts'

/** A cluster, by its name or its address, to which an Application delivers. */
export interface ClusterNamed {
  readonly cluster: string
  readonly name: string
  readonly namespace: string | undefined
}

/** Argo CD's own cluster, by its name and its address. */
export const ownCluster = ['in-cluster', 'https://kubernetes.default.svc']

/** The clusters to which Applications deliver. */
export function clustersNamed(files: readonly SourceFile[]): readonly ClusterNamed[] {
  return files
    .flatMap((file) => deliveriesIn(file).objects)
    .flatMap(({ kind, name, namespace, spec }) => {
      if (kind !== 'Application') return []
      const { name: called, server } = fieldsOf(spec['destination'])
      return [called, server].flatMap((each) => {
        const cluster = textIn(each)
        return cluster === undefined ? [] : [{ cluster: addressOfCluster(cluster), name, namespace }]
      })
    })
}
