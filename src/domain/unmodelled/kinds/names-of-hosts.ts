import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import type { KindEntry } from '../kind-entry.ts'
import { everybody, type Subject, type Target } from '../reach.ts'

/** Annotations by which what writes records of DNS is told their names. */
const naming = /^external-dns\.alpha\.kubernetes\.io\/(?:internal-)?hostname$/

/** Objects of which each is one record, of whatever cloud. */
const record = /^(?:DNS)?Record(?:Set)?$/

const places: readonly (readonly string[])[] = [['dnsName'], ['name'], ['forProvider', 'name'], ['fqdn']]

/** A name without a zone may be of any. */
function recordsIn(body: JsonObject): readonly string[] {
  const names = places.flatMap((place) => textOf(at(body, 'spec', ...place)) ?? [])
  return names.filter((each) => each.includes('.'))
}

/** The hosts whose addresses an object decides about. */
function hostsOf({ kind, annotations, body }: Subject): readonly string[] {
  const annotated = Object.entries(annotations).flatMap(([key, text]) =>
    naming.test(key) ? text.split(',').map((each) => each.trim()) : [],
  )
  const records = record.test(kind) ? recordsIn(body) : []
  const endpoints = kind === 'DNSEndpoint' ? objectsOf(at(body, 'spec', 'endpoints')) : []
  return [...annotated, ...records, ...endpoints.flatMap(({ dnsName }) => textOf(dnsName) ?? [])]
    .filter((each) => each !== '')
    .map((each) => each.toLowerCase().replace(/\.$/, ''))
}

function decides(subject: Subject): JsonValue | undefined {
  const hosts = hostsOf(subject)
  if (hosts.length === 0) return undefined
  const isRecord = subject.kind === 'DNSEndpoint' || record.test(subject.kind)
  return [[...hosts], isRecord ? (at(subject.body, 'spec') ?? null) : null]
}

function reach(subject: Subject): readonly Target[] {
  return hostsOf(subject).map((host) => ({ kind: 'calls', host }))
}

/** ConfigMaps that say what names of services stand for, inside the cluster. */
const resolvers = /^(?:coredns(?:-custom)?|kube-dns|node-local-dns)$/

function resolverDecides({ name, namespace, body }: Subject): JsonValue | undefined {
  return resolvers.test(name) && namespace === 'kube-system' ? (at(body, 'data') ?? null) : undefined
}

/** Charts of K3s and RKE2 by which the same is set up. */
function resolverChart({ name, body }: Subject): JsonValue | undefined {
  return /coredns/.test(name) ? (at(body, 'spec') ?? null) : undefined
}

/** Where requests for a host arrive at all: the records of DNS that objects ask for, and what the cluster makes of names. */
export const namesOfHosts: readonly KindEntry[] = [
  { group: '*', decides, reach, partial: true, quiet: true },
  {
    group: 'helm.cattle.io',
    kinds: ['HelmChartConfig'],
    decides: resolverChart,
    reach: everybody,
    partial: true,
  },
  {
    group: '',
    kinds: ['ConfigMap'],
    decides: resolverDecides,
    reach: everybody,
    partial: true,
  },
]
