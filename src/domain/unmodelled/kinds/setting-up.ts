import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { at } from '../../manifest/json-fields.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { KindEntry } from '../kind-entry.ts'
import { everybody, type Subject } from '../reach.ts'
import { namesDecidingGroup } from './mesh-kinds.ts'

/** Istio's own ConfigMaps: the mesh's configuration, its networks, what is injected. */
const ofIstio = /^(?:mesh|meshNetworks|config|values)$/

/** What Argo CD keeps to itself, compares not, or builds with other means, of whatever Application; and how often it looks. */
const ofArgo =
  /^(?:cluster\.inClusterEnabled|globalProjects|jsonnet\..*|timeout\.reconciliation|resource\.(?:exclusions|inclusions|compareoptions|customizations\.(?:ignoreDifferences|knownTypeFields)\..*)|application\..*|kustomize\..*|helm\..*)$/

/** In which namespaces Applications count, and which differences Argo CD passes over. */
const ofArgoParameters =
  /^(?:(?:repo|redis|commit)\.server|application\.namespaces|applicationsetcontroller\..*|controller\.(?:ignore|resource).*)$/

const byName: Readonly<Record<string, RegExp>> = {
  'argocd-cm': ofArgo,
  // Who may do what with which Applications.
  'argocd-rbac-cm': /^/,
  // Whom it believes where it fetches.
  'argocd-ssh-known-hosts-cm': /^/,
  'argocd-tls-certs-cm': /^/,
  'argocd-gpg-keys-cm': /^/,
  'argocd-cmd-params-cm': ofArgoParameters,
}

function configMapDecides({ name, body, labels }: Subject): JsonValue | undefined {
  const data = { ...fieldsAt(body, 'data'), ...fieldsAt(body, 'binaryData') }
  // What the Deployment and the Service of every Kubernetes Gateway of a class look like.
  if (labels['gateway.istio.io/defaults-for-class'] !== undefined) return data
  const named = Object.hasOwn(byName, name) ? byName[name] : undefined
  const wanted = /^istio(?:$|-)/.test(name) ? ofIstio : named
  const entries = Object.entries(data).filter(
    ([key, value]) => wanted?.test(key) || (name === 'argocd-cm' && customizes(key, value)),
  )
  if (entries.length === 0) return undefined
  return Object.fromEntries(entries.map(([key, value]) => [key, embedded(value)]))
}

/** The older way to say all of it in one text: what of objects of the mesh is not compared. */
function customizes(key: string, value: JsonValue | undefined): boolean {
  if (key !== 'resource.customizations' || typeof value !== 'string') return false
  return /ignoreDifferences|knownTypeFields/.test(value) && (namesDecidingGroup(value) || value.includes('*'))
}

function fieldsAt(body: JsonObject, field: string): JsonObject {
  const value = at(body, field)
  return isObject(value) ? value : {}
}

/** What a text of YAML says; the text where it says nothing that can be read. */
function embedded(value: JsonValue | undefined): JsonValue {
  if (typeof value !== 'string') return value ?? null
  const documents = parseYaml({ path: '', text: value }, { id: 'invalid-manifest' })
  const roots = documents.flatMap(({ root }) => (root === undefined ? [] : [jsonOf(root)]))
  return roots.length === documents.length ? roots : value
}

/** ConfigMaps by which Istio, or Argo CD, is set up. */
export const settingUp: KindEntry = {
  group: '',
  kinds: ['ConfigMap'],
  decides: configMapDecides,
  reach: everybody,
  partial: true,
}
