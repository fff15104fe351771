import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { fieldsOf, textIn } from '../../manifest/layers/written.ts'

/** The cluster in which Argo CD itself runs, as far as nothing says which that is. */
export const ownCluster = 'in-cluster'

const ownAddress = 'https://kubernetes.default.svc'

/**
 * The cluster that an Application delivers to, by its name or its address: that in which it stands itself has two. Absent where
 * nothing says, or something is left to be filled in.
 */
export function destinationOf({ destination }: JsonObject, home: string | undefined): string | undefined {
  const { name, server } = fieldsOf(destination)
  const written = [name, server].map(textIn).find((each) => each !== undefined && each !== '')
  const cluster = written?.replace(/\/+$/, '')
  if (cluster === ownCluster || cluster === ownAddress) return home ?? ownCluster
  return cluster === undefined || isOpen(cluster) ? undefined : cluster
}

/** Whether something is left to be filled in. */
export function isOpen(text: JsonValue | undefined): boolean {
  return typeof text === 'string' && /\{\{|\$\{/.test(text)
}
