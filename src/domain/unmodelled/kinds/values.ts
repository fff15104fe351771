import { isObject, type JsonValue } from '../../manifest/json.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Setting, Subject, Target } from '../reach.ts'
import { namespacesOfSecret, saidOfCopies } from '../reading/copies-of-secrets.ts'
import { configMapNamed } from '../reading/named-secrets.ts'
import { at, objectsOf, textOf } from '../reading/written.ts'
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

/** Whatever is, or makes, a Secret from which a deployer takes values: they become hosts and names of what it delivers. */
export const values: readonly KindEntry[] = [{ group: '*', decides, reach, partial: true }]
