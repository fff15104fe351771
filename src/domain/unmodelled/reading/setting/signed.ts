import { at, textOf } from '../../../manifest/json-fields.ts'
import type { UnmodelledResource } from '../../../manifest/resource.ts'

/** Something that makes a Secret by way of an issuer, or out of a store. */
export interface Signed {
  readonly by: { readonly kind: string; readonly name: string }
  readonly maker: UnmodelledResource
}

/** Kinds that make Secrets so. */
export const signedKinds = [
  'Certificate',
  'ExternalSecret',
  'ClusterExternalSecret',
  'PushSecret',
  'VaultStaticSecret',
  'VaultDynamicSecret',
  'VaultPKISecret',
]

const references: readonly (readonly [readonly string[], string])[] = [
  [['spec', 'issuerRef'], 'Issuer'],
  [['spec', 'secretStoreRef'], 'SecretStore'],
  [['spec', 'externalSecretSpec', 'secretStoreRef'], 'SecretStore'],
]

/** By whom an object makes its Secret. */
export function signersOf(maker: UnmodelledResource): readonly Signed[] {
  const referred = references.flatMap(([place, usual]) => {
    const name = textOf(at(maker.body, ...place, 'name'))
    return name === undefined
      ? []
      : [{ by: { kind: textOf(at(maker.body, ...place, 'kind')) ?? usual, name }, maker }]
  })
  const auth = textOf(at(maker.body, 'spec', 'vaultAuthRef'))
  const named =
    auth === undefined ? [] : [{ by: { kind: 'VaultAuth', name: auth.split('/').at(-1) ?? '' }, maker }]
  return [...referred, ...named]
}
