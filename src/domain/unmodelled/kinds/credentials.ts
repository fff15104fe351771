import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { mayBeNamespace } from '../../manifest/names.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Setting, Subject, Target } from '../reach.ts'
import { namespacesOfSecret, saidOfCopies } from '../reading/copies-of-secrets.ts'
import { configMapNamed } from '../reading/named-secrets.ts'
import { specOf } from './spec.ts'

/** Where an object of some other kind says which Secret it makes. */
const places: readonly (readonly string[])[] = [
  ['spec', 'secretName'],
  ['spec', 'externalSecretName'],
  ['spec', 'target', 'name'],
  ['spec', 'externalSecretSpec', 'target', 'name'],
  ['spec', 'destination', 'name'],
  ['spec', 'template', 'metadata', 'name'],
  ['spec', 'managedSecretReference', 'secretName'],
]

/** Lists of the same. */
const lists: readonly (readonly [readonly string[], string])[] = [
  [['spec', 'secretObjects'], 'secretName'],
  [['spec', 'secretTemplates'], 'name'],
]

/** The Secrets that an object is, or makes: one of its own name, where its kind says so and nothing else does. */
export function secretsOf({ kind, name, body }: Subject): readonly string[] {
  const told = [
    ...places.flatMap((place) => textOf(at(body, ...place)) ?? []),
    ...lists.flatMap(([place, field]) =>
      objectsOf(at(body, ...place)).flatMap((each) => textOf(each[field]) ?? []),
    ),
  ]
  const isSecret = /Secret$/.test(kind) || kind === 'OnePasswordItem'
  // Unsealed it has the name of what was sealed, whatever its template says.
  if (kind === 'SealedSecret') return [...told, name]
  return told.length > 0 ? told : isSecret ? [name] : []
}

/** Istio keeps the authority that clients are checked by in a Secret beside, with this at the end of its name. */
function credentialOf(secret: string): string {
  return secret.replace(/-cacert$/, '')
}

function credentialsIn(subject: Subject, { credentials }: Setting): readonly string[] {
  const { kind, name } = subject
  const named = kind === 'ConfigMap' ? [configMapNamed(name)] : secretsOf(subject)
  return [...new Set(named.flatMap((each) => [each, credentialOf(each)]))].filter((each) =>
    credentials.has(each),
  )
}

function credentialDecides(subject: Subject, setting: Setting): JsonValue | undefined {
  const names = credentialsIn(subject, setting)
  return names.length === 0
    ? undefined
    : { names: [...names], ...saidOfCopies(subject), ...secretSays(subject) }
}

/** What an object says that is, or makes, a Secret; when it is renewed is no change of it. */
export function secretSays(subject: Subject): JsonObject {
  const { spec, ...rest } = specOf(subject) as JsonObject
  const { duration: _, renewBefore: __, refreshInterval: ___, ...said } = objectsOf(spec)[0] ?? {}
  return { rest, said }
}

function credentialReach(subject: Subject, setting: Setting): readonly Target[] {
  return credentialsIn(subject, setting).flatMap((name) =>
    namespacesOfSecret(subject).map((namespace) => ({ kind: 'credential', name, namespace }) as const),
  )
}

/** What signs for Secrets, or holds them; one that stands in a namespace is for that alone. */
const signing = ['Issuer', 'ClusterIssuer', 'SecretStore', 'ClusterSecretStore', 'VaultAuth']

function signedBy({ kind, name, namespace }: Subject, { signed }: Setting): readonly Subject[] {
  return signed
    .filter(
      ({ by, maker }) =>
        by.kind === kind &&
        by.name === name &&
        (kind.startsWith('Cluster') || kind === 'VaultAuth' || mayBeNamespace(maker.namespace, namespace)),
    )
    .map(({ maker }) => maker)
}

function signingReach(subject: Subject, setting: Setting): readonly Target[] {
  return signedBy(subject, setting).flatMap((maker) => credentialReach(maker, setting))
}

/** Whatever is, or makes, a Secret by which a Gateway proves who it is: without it nobody is served there. */
export const credentials: readonly KindEntry[] = [
  { group: '*', decides: credentialDecides, reach: credentialReach, partial: true, quiet: true },
  {
    group: '*',
    kinds: signing,
    decides: (subject, setting) => (signingReach(subject, setting).length > 0 ? specOf(subject) : undefined),
    reach: signingReach,
    partial: true,
    quiet: true,
    harmlessIfNew: true,
  },
]
