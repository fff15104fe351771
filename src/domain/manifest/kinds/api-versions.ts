import { ownValue } from '../../source/own-value.ts'
import { groupOf } from './deciding-groups.ts'

/** The versions that clusters serve or have served, by group. */
const served: Readonly<Record<string, readonly string[]>> = {
  '': ['v1'],
  apps: ['v1', 'v1beta2', 'v1beta1'],
  batch: ['v1', 'v1beta1'],
  'discovery.k8s.io': ['v1', 'v1beta1'],
  'networking.k8s.io': ['v1', 'v1beta1'],
  'apiextensions.k8s.io': ['v1', 'v1beta1'],
  'apiregistration.k8s.io': ['v1', 'v1beta1'],
  'admissionregistration.k8s.io': ['v1', 'v1beta1', 'v1alpha1'],
  'argoproj.io': ['v1alpha1'],
  'flagger.app': ['v1beta1', 'v1alpha3'],
  'networking.istio.io': ['v1', 'v1beta1', 'v1alpha3'],
  'security.istio.io': ['v1', 'v1beta1'],
  'telemetry.istio.io': ['v1', 'v1alpha1'],
  'extensions.istio.io': ['v1alpha1'],
  'gateway.networking.k8s.io': ['v1', 'v1beta1', 'v1alpha2', 'v1alpha3'],
}

/** The kinds of networking.istio.io that were never promoted, with what clusters serve of them. */
const unusual: ReadonlyMap<string, readonly string[]> = new Map([
  ['EnvoyFilter', ['v1alpha3']],
  ['ProxyConfig', ['v1beta1']],
])

/** Whether a cluster knows the version of this group; of an object in any other it knows nothing. Unknown groups have any. */
export function isServedInGroup(apiVersion: string): boolean {
  return ownValue(served, groupOf(apiVersion))?.includes(versionOf(apiVersion)) ?? true
}

/** Whether a cluster with Istio knows the version of this kind of networking.istio.io; an object of any other never gets into one. */
export function isServed(apiVersion: string, kind: string): boolean {
  const versions = unusual.get(kind) ?? ownValue(served, 'networking.istio.io')
  return versions?.includes(versionOf(apiVersion)) === true
}

/** What stands behind the group; the core group has no name. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1)
}
