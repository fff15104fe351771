import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, picked, textOf } from '../../manifest/json-fields.ts'
import { addressOfCluster, secretTypeLabel } from '../../manifest/kinds/argo-cd-secrets.ts'
import { addressOf } from '../../manifest/layers/delivery/addresses.ts'
import { fieldsOf } from '../../manifest/layers/written.ts'
import { fromBase64 } from '../../source/base64.ts'
import type { KindEntry } from '../kind-entry.ts'
import { everybody, type Setting, type Subject, type Target } from '../reach.ts'
import { namespacesOfSecret, saidOfCopies } from '../reading/copies-of-secrets.ts'
import { configMapNamed } from '../reading/named-secrets.ts'
import { ownCluster } from '../reading/setting/clusters-named.ts'
import { secretSays, secretsOf } from './credentials.ts'

/** The Secrets, or the ConfigMap, that an object is or makes, as far as deployers read values of that name. */
function namesRead(subject: Subject, { valueNames }: Setting): readonly string[] {
  const named = subject.kind === 'ConfigMap' ? [configMapNamed(subject.name)] : secretsOf(subject)
  return [...new Set(named)].filter((each) => valueNames.has(each))
}

function decides(subject: Subject, setting: Setting): JsonValue | undefined {
  const names = namesRead(subject, setting)
  return names.length === 0
    ? undefined
    : { names: [...names], ...saidOfCopies(subject), ...secretSays(subject) }
}

/** The keys that it surely has and no others; nothing where something else puts it together. */
function keysOf({ body, kind }: Subject): readonly string[] | undefined {
  if (kind === 'Secret' || kind === 'ConfigMap')
    return ['data', 'stringData', 'binaryData'].flatMap((field) => fieldsAt(body[field]))
  if (kind === 'SealedSecret') return fieldsAt(at(body, 'spec', 'encryptedData'))
  const entries = objectsOf(at(body, 'spec', 'data')).map((each) => textOf(each['secretKey']))
  const isWhole =
    at(body, 'spec', 'dataFrom') === undefined && at(body, 'spec', 'target', 'template') === undefined
  return isWhole && entries.length > 0 ? entries.flatMap((each) => each ?? []) : undefined
}

function fieldsAt(value: JsonValue | undefined): readonly string[] {
  return isObject(value) ? Object.keys(value) : []
}

function reach(subject: Subject, setting: Setting): readonly Target[] {
  const keys = keysOf(subject)
  return namesRead(subject, setting).flatMap((name) =>
    namespacesOfSecret(subject).map((namespace) => {
      const isMade = subject.kind !== 'Secret' || namespace !== subject.namespace
      return { kind: 'values', name, namespace, isMade, ...(keys && { keys }) } as const
    }),
  )
}

/** From where, and by which way, Argo CD fetches a repository of which it delivers folders here; passwords are renewed. */
function fetchDecides({ labels, body }: Subject, { repositories }: Setting): JsonValue | undefined {
  const type = labels[secretTypeLabel]
  if (type !== 'repository' && type !== 'repo-creds') return undefined
  const said = { ...decoded(body['data']), ...fieldsOf(body['stringData']) }
  const address = addressOf(textOf(said['url']) ?? '')
  const isMeant = [...repositories].some((each) =>
    type === 'repository' ? each === address : each.startsWith(address),
  )
  return isMeant
    ? picked(said, ['url', 'type', 'proxy', 'noProxy', 'insecure', 'project', 'enableLfs'])
    : undefined
}

/** A cluster as Argo CD knows it: where it is, and what it may do there for whom; how it proves who it is is renewed. */
function clusterSaid({ labels, body }: Subject): JsonObject | undefined {
  if (labels[secretTypeLabel] !== 'cluster') return undefined
  const said = { ...decoded(body['data']), ...fieldsOf(body['stringData']) }
  return picked(said, ['name', 'server', 'namespaces', 'clusterResources', 'project'])
}

function clusterReach(subject: Subject, { clusters }: Setting): readonly Target[] {
  const { name, server } = clusterSaid(subject) ?? {}
  const called = [textOf(name) ?? '', addressOfCluster(textOf(server) ?? '')]
  const meant = new Set(
    called.some((each) => ownCluster.includes(each)) ? [...called, ...ownCluster] : called,
  )
  return clusters
    .filter(({ cluster }) => meant.has(cluster))
    .map(({ name, namespace }) => ({
      kind: 'object',
      of: { group: 'argoproj.io', kind: 'Application', namespace, name },
    }))
}

function decoded(data: JsonValue | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(fieldsOf(data)).map(([key, value]) => [key, fromBase64(textOf(value) ?? '') ?? value]),
  )
}

/** Whatever is, or makes, a Secret from which a deployer takes values: they become hosts and names of what it delivers. */
export const values: readonly KindEntry[] = [
  { group: '*', decides, reach, partial: true },
  { group: '', kinds: ['Secret'], decides: fetchDecides, reach: everybody, partial: true },
  {
    group: '',
    kinds: ['Secret'],
    decides: (subject, setting) =>
      clusterReach(subject, setting).length > 0 ? clusterSaid(subject) : undefined,
    reach: clusterReach,
    partial: true,
    quiet: true,
  },
]
