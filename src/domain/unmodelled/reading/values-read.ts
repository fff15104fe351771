import { isObject, type JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { type DeliveryObject, deliveriesIn, isSourceKind } from '../../manifest/layers/delivery-objects.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { dependedUpon } from './depended-upon.ts'
import { configMapNamed } from './named-secrets.ts'

/** A Secret, or a ConfigMap, from which a deployer takes values for what it delivers, or the cluster that it delivers to. */
export interface ValuesRead {
  /** As `configMapNamed` has it where it is a ConfigMap. */
  readonly name: string
  readonly namespace: string | undefined
  readonly by: DeliveryObject | Package
  /** Its keys stand in the manifests as `${KEY}`. */
  readonly isSubstituted: boolean
  /** They are values of a chart: a Secret that is here is compared with the layers of charts, for each template that reads it. */
  readonly isOfChart: boolean
}

/** What installs a package from elsewhere: nothing here is delivered by it but itself. */
interface Package {
  readonly kind: 'PackageInstall'
  readonly name: string
  readonly file: SourceFile
}

/** What all deployers in some files read so. */
export function valuesRead(files: readonly SourceFile[]): readonly ValuesRead[] {
  return [...readByDeployers(files), ...readByPackages(files)]
}

/** The annotations by which a package reads more than its values: overlays, values of its templates. */
const ofPackages = /^ext\.packaging\.carvel\.dev\/.*secret-name(?:\.\d+)?$/

function readByPackages(files: readonly SourceFile[]): readonly ValuesRead[] {
  return dependedUpon(files, 'PackageInstall').flatMap(({ name, namespace, annotations, body, file }) => {
    const named = [
      ...namedIn(at(body, 'spec', 'values') ?? null).map((each) => each.name),
      ...Object.entries(annotations).flatMap(([key, secret]) => (ofPackages.test(key) ? [secret] : [])),
    ]
    const by = { kind: 'PackageInstall', name, file } as const
    return named.map((each) => ({ name: each, namespace, by, isSubstituted: false, isOfChart: false }))
  })
}

function readByDeployers(files: readonly SourceFile[]): readonly ValuesRead[] {
  return files.flatMap((file) =>
    deliveriesIn(file)
      .objects.filter(({ kind }) => !isSourceKind(kind))
      .flatMap((by) =>
        namedIn(by.spec)
          .filter(({ kind }) => kind === 'Secret' || by.kind === 'App')
          .map(({ kind, name, isSubstituted, isValues }) => ({
            name: kind === 'Secret' ? name : configMapNamed(name),
            namespace: by.namespace,
            by,
            isSubstituted,
            isOfChart: isValues && by.kind === 'HelmRelease',
          })),
      ),
  )
}

interface Named {
  readonly kind: 'Secret' | 'ConfigMap'
  readonly name: string
  readonly isSubstituted: boolean
  readonly isValues: boolean
}

/** Fields that hold references with their kinds, and those that say the kind themselves. */
const withKind = /^(?:substituteFrom|valuesFrom)$/
const kindOf = (field: string) => (/^configMap(?:Key)?Ref$/.test(field) ? 'ConfigMap' : 'Secret')
const ofKind = /^(?:(?:secret|configMap)(?:Key)?Ref|kubeconfigSecretRef)$/

function namedIn(value: JsonValue): readonly Named[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => namedIn(each))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([field, inner = null]) => [
    ...(withKind.test(field) || ofKind.test(field) ? referredTo(field, inner) : []),
    ...namedIn(inner),
  ])
}

function referredTo(field: string, value: JsonValue): readonly Named[] {
  return objectsOf(value).flatMap((each) => {
    const name = textOf(each['name'])
    const kind = withKind.test(field) ? textOf(each['kind']) : kindOf(field)
    if (name === undefined || (kind !== 'Secret' && kind !== 'ConfigMap')) return []
    return [{ kind, name, isSubstituted: field === 'substituteFrom', isValues: field === 'valuesFrom' }]
  })
}
