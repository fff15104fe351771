import { readFileSync } from 'node:fs'
import { accessFacts } from '../../src/domain/access/access-facts.ts'
import { accessAt, type DoorAccess } from '../../src/domain/access/applied-policies.ts'
import { actingPolicies } from '../../src/domain/access/in-force.ts'
import type { PathNormalization } from '../../src/domain/language/arriving-paths.ts'
import { assumedVersion } from '../../src/domain/manifest/istio-version.ts'
import type { Manifests } from '../../src/domain/manifest/manifests.ts'
import { parseManifests } from '../../src/domain/manifest/parse-manifests.ts'

const folder = 'test/vectors/access-policies'

/** One request, and what a real Envoy did with it: 403, 400, or it asked its routes. */
export interface VectorRequest {
  readonly port: number
  readonly host: string
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly outcome: 'route' | number
}

/** What Istio and Envoy made of the policies of one case at the pods of one gateway. */
export interface Vector {
  readonly note: string
  /** The webhook refuses some of it. */
  readonly refused: boolean
  readonly proxy: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  readonly mesh?: { readonly pathNormalization: { readonly normalization: PathNormalization } }
  readonly requests: readonly VectorRequest[]
}

/** Every case, by its name. */
export const vectors: Readonly<Record<string, Vector>> = JSON.parse(
  readFileSync(`${folder}/expected.json`, 'utf8'),
)

/** The objects of a case, with what every case stands on. */
export function manifestsOf(name: string): Manifests {
  const files = [`${name}.yaml`, 'base.yaml'].map((path) => ({
    path,
    text: readFileSync(`${folder}/${path}`, 'utf8'),
  }))
  return parseManifests(files, { namespaceOf: () => undefined, version: assumedVersion })
}

/** Whom the policies of a case refuse at the pods that it asks about, of which all is known. */
export function accessOfVector(name: string, { proxy }: Vector): DoorAccess {
  const { files, unmodelled } = manifestsOf(name)
  const facts = accessFacts(files, unmodelled, () => undefined)
  const known = { ...facts, providers: [], workloads: [proxy] }
  const clients = { mayHaveCertificates: false, maySpeakTls: false }
  return accessAt(
    { gateway: 'n/gw', pods: [{ selector: proxy.labels }], port: 80, ...clients },
    { policies: actingPolicies(unmodelled), facts: () => known },
    [proxy.namespace],
  )
}
