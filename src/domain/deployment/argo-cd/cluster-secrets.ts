import type { JsonValue } from '../../manifest/json.ts'
import { addressOfCluster, secretTypeLabel } from '../../manifest/kinds/argo-cd-secrets.ts'
import { documentsIn, fieldsOf, textIn } from '../../manifest/layers/written.ts'
import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { Folders } from '../folders.ts'

/** A cluster as Argo CD knows it. */
interface KnownCluster {
  readonly name: string
  readonly server: string
}

/**
 * The name of the cluster that an address leads to, by the Secrets that say to Argo CD which clusters there are. Only where one name
 * has one address: several Argo CDs may call two clusters alike. What is kept encrypted says nothing.
 */
export const clusterNames = memoized(({ all }: Folders): ReadonlyMap<string, string> => {
  const known = all.flatMap(clustersIn)
  const names = Map.groupBy(known, ({ server }) => server)
  const servers = Map.groupBy(known, ({ name }) => name)
  const isOne = (some: readonly KnownCluster[] = [], of: keyof KnownCluster) =>
    new Set(some.map((each) => each[of])).size === 1
  return new Map(
    known
      .filter(({ name, server }) => isOne(names.get(server), 'name') && isOne(servers.get(name), 'server'))
      .map(({ name, server }) => [server, name]),
  )
})

const clustersIn = memoized((file: SourceFile): readonly KnownCluster[] => {
  if (!file.text.includes(secretTypeLabel)) return []
  return (documentsIn(file) ?? []).flatMap((document): readonly KnownCluster[] => {
    const { kind, metadata, data, stringData } = fieldsOf(document)
    if (kind !== 'Secret' || fieldsOf(fieldsOf(metadata)['labels'])[secretTypeLabel] !== 'cluster') return []
    const said = (key: string) => textIn(fieldsOf(stringData)[key]) ?? decoded(fieldsOf(data)[key])
    const [name = '', server = ''] = [said('name'), said('server')]
    return isPlain(name) && /^https?:\/\//.test(server) ? [{ name, server: addressOfCluster(server) }] : []
  })
})

/** A name that nobody has left to be filled in, and that no tool has encrypted. */
function isPlain(name: string): boolean {
  return /^[^\s{}[\]]+$/.test(name)
}

function decoded(value: JsonValue | undefined): string | undefined {
  const text = textIn(value)?.trim() ?? ''
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined
  return atob(text).trim()
}
