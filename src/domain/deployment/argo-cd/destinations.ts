import type { JsonValue } from '../../manifest/json.ts'
import { addressOfCluster } from '../../manifest/kinds/argo-cd-secrets.ts'
import { fieldsOf, textIn } from '../../manifest/layers/written.ts'
import { ownCluster } from '../../routing/meshes/cluster-names.ts'
import type { Deployer } from '../deployer.ts'
import type { Folders } from '../folders.ts'
import { clusterNames } from './cluster-secrets.ts'

const ownAddress = 'https://kubernetes.default.svc'

/**
 * The cluster that an Application delivers to, by its name, or its address where no Secret says which name that has. That in which it
 * stands itself has a name and an address of its own. Absent where nothing says, or something is left to be filled in.
 */
export function destinationOf(
  { spec: { destination }, home }: Pick<Deployer, 'spec' | 'home'>,
  folders: Folders,
): string | undefined {
  const { name, server } = fieldsOf(destination)
  const written = [name, server].map(textIn).find((each) => each !== undefined && each !== '')
  if (written === undefined || isOpen(written)) return undefined
  const address = addressOfCluster(written)
  const names = clusterNames(folders)
  const cluster = names.get(address) ?? address
  if (address === ownAddress || cluster === ownCluster || cluster === names.get(ownAddress))
    return home ?? ownCluster
  return cluster
}

/** Whether something is left to be filled in. */
export function isOpen(text: JsonValue | undefined): boolean {
  return typeof text === 'string' && /\{\{|\$\{/.test(text)
}
