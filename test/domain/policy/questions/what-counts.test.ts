import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/domain/manifest/json.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { defaultPolicy } from '../../../../src/domain/policy/configuration/configuration.ts'
import { isDecisiveKey } from '../../../../src/domain/policy/configuration/decisive-keys.ts'
import { whatCounts, writtenForm } from '../../../../src/domain/policy/questions/what-counts.ts'
import {
  permissionsFor,
  writtenDifferences,
} from '../../../../src/domain/policy/questions/written-differences.ts'

const { ignore } = defaultPolicy.consent

function read(text: string) {
  const reading = { version: { major: 1, minor: 30 }, namespaceOf: () => undefined }
  const [resource] = parseManifests([{ path: 'x.yaml', text }], reading).virtualServices
  if (resource === undefined) throw new Error('no VirtualService')
  return resource
}

/** Block style where every key and text stands by itself; JSON is YAML as well. */
const object = (metadata: JsonObject, spec: JsonObject = { hosts: ['a.example'], http: [] }) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'a', namespace: 'ns', ...metadata },
  spec,
})
const form = (metadata: JsonObject) => writtenForm(read(JSON.stringify(object(metadata))), ignore)

describe('what counts in a document of others', () => {
  it.each<[string, JsonObject]>([
    ['a label', { labels: { team: 'x' } }],
    ['an annotation', { annotations: { note: 'x' } }],
    ['a finalizer', { finalizers: ['x'] }],
    ['an owner', { ownerReferences: [{ uid: 'x' }] }],
    ['a uid', { uid: 'x' }],
    ['a time', { creationTimestamp: '2026-01-01T00:00:00Z' }],
    ['labels that are no labels', { labels: 'x' }],
    ['an ignored label that is no text', { labels: { 'app.kubernetes.io/name': 7 } }],
    ['an ignored label that is no label', { labels: { 'app.kubernetes.io/name': 'a b' } }],
    ['an ignored label that is too long', { labels: { 'app.kubernetes.io/name': 'a'.repeat(64) } }],
    ['an ignored label that takes another away', { labels: { 'app.kubernetes.io/name': null } }],
    ['an ignored annotation that is no text', { annotations: { 'helm.sh/chart': true } }],
    [
      'an ignored annotation that fills the object',
      { annotations: { 'helm.sh/chart': 'a'.repeat(300_000) } },
    ],
    ['a key of several that counts', { labels: { 'app.kubernetes.io/name': 'x', team: 'x' } }],
  ])('%s', (_, metadata) => {
    expect(canonical(metadata)).not.toBe(canonical({}))
  })

  it.each<[string, JsonObject]>([
    ['no labels', { labels: {} }],
    ['labels that are null', { labels: null }],
    ['ignored labels', { labels: { 'app.kubernetes.io/name': 'x', 'helm.sh/chart': 'y' } }],
    ['ignored annotations', { annotations: { 'app.kubernetes.io/managed-by': 'x' } }],
  ])('not %s', (_, metadata) => {
    expect(canonical(metadata)).toBe(canonical({}))
  })

  function canonical(metadata: JsonObject): string {
    return JSON.stringify(whatCounts(object(metadata), ignore))
  }

  it('the items of a list as well, and the list itself', () => {
    const item = object({ labels: { 'app.kubernetes.io/name': 'x' } })
    const list = (more: JsonObject) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'List', ...more, items: [item] })

    expect(whatCounts({ items: [item] }, ignore)).toEqual({ items: [object({})] })
    expect(writtenForm(read(list({})), ignore)).not.toBe(writtenForm(read(JSON.stringify(item)), ignore))
    expect(writtenForm(read(list({ metadata: { annotations: { note: 'x' } } })), ignore)).not.toBe(
      writtenForm(read(list({})), ignore),
    )
  })

  it('whatever is configured, the keys that decide what becomes of an object', () => {
    const metadata = { annotations: { 'argocd.argoproj.io/hook': 'Sync' } }
    expect(whatCounts(object(metadata), ['argocd.argoproj.io/hook'])).toEqual(object(metadata))
  })
})

describe('keys that always count', () => {
  it.each([
    'app.kubernetes.io/instance',
    'istio.io/rev',
    'sidecar.istio.io/inject',
    'internal.istio.io/route-semantics',
    'argocd.argoproj.io/sync-options',
    'argocd-image-updater.argoproj.io/image-list',
    'kustomize.toolkit.fluxcd.io/ssa',
    'helm.toolkit.fluxcd.io/driftDetection',
    'helm.sh/hook',
    'helm.sh/hook-delete-policy',
    'config.kubernetes.io/local-config',
    'internal.config.kubernetes.io/path',
    'Argocd.argoproj.io/hook',
    'finalizers',
  ])('%s', (key) => {
    expect(isDecisiveKey(key)).toBe(true)
  })

  it.each(['app.kubernetes.io/name', 'helm.sh/chart', 'myistio.io.example/x', 'team', 'example.com/argocd'])(
    'not %s',
    (key) => {
      expect(isDecisiveKey(key)).toBe(false)
    },
  )
})

describe('laws of the yardstick', () => {
  const key = fc.oneof(
    fc.constantFrom(...ignore, 'team', 'example.com/x'),
    fc.constantFrom('istio.io/rev', 'argocd.argoproj.io/hook', 'helm.sh/hook', 'app.kubernetes.io/instance'),
  )
  const labels = fc.dictionary(key, fc.constantFrom('a', 'b', '1', 'true', ''), { maxKeys: 4 })
  const metadata = fc.record({ labels, annotations: labels }, { requiredKeys: [] })

  /** The same in another layout: keys in another order, in block style, with comments. */
  function reflowed(value: unknown, indent = ''): string {
    if (typeof value !== 'object' || value === null) return ` ${JSON.stringify(value)} # said\n`
    const entries = Object.entries(value).reverse()
    if (entries.length === 0) return Array.isArray(value) ? ' []\n' : ' {}\n'
    if (Array.isArray(value)) return `\n${value.map((item) => `${indent}-${inline(item)}`).join('')}`
    return `\n${entries.map(([name, item]) => `${indent}# ${name}\n${indent}${JSON.stringify(name)}:${reflowed(item, `${indent}  `)}`).join('')}`
  }
  const inline = (item: unknown) => ` ${JSON.stringify(item)}\n`

  it('another layout, order of keys and comments are the same', () => {
    fc.assert(
      fc.property(metadata, (written) => {
        const one = object(written, {
          http: [{ route: [{ destination: { host: 'b' } }] }],
          hosts: ['a.example'],
        })
        expect(writtenForm(read(reflowed(one).trimStart()), ignore)).toBe(
          writtenForm(read(JSON.stringify(one)), ignore),
        )
      }),
    )
  })

  it('a key that always counts counts, whatever stands beside it', () => {
    fc.assert(
      fc.property(
        metadata,
        key.filter(isDecisiveKey),
        fc.constantFrom('labels', 'annotations'),
        (written, name, field) => {
          const without = { ...written, [field]: omit(written[field as 'labels'] ?? {}, name) }
          const withIt = { ...without, [field]: { ...without[field as 'labels'], [name]: 'new' } }
          expect(form(withIt)).not.toBe(form(without))
        },
      ),
    )
  })

  it('an ignored key never does', () => {
    fc.assert(
      fc.property(metadata, fc.constantFrom(...ignore), (written, name) => {
        const more = { ...written, labels: { ...written.labels, [name]: 'new' } }
        expect(form(more)).toBe(form({ ...written, labels: omit(written.labels ?? {}, name) }))
      }),
    )
  })

  it('equal forms have no differences, and others have some', () => {
    fc.assert(
      fc.property(metadata, metadata, (a, b) => {
        const [one, other] = [a, b].map((each) => read(JSON.stringify(object(each))))
        if (one === undefined || other === undefined) return
        const isSame = writtenForm(one, ignore) === writtenForm(other, ignore)
        expect(writtenDifferences(one, other, ignore).length === 0).toBe(isSame)
      }),
    )
  })

  function omit(values: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(values).filter(([each]) => each !== name))
  }
})

describe('what it takes to be permitted', () => {
  const split = (...weights: readonly number[]): JsonObject => ({
    hosts: ['a.example'],
    http: [{ route: weights.map((weight, at) => ({ destination: { host: `v${at}` }, weight })) }],
  })
  const needs = (before: JsonObject, after: JsonObject) =>
    permissionsFor(writtenDifferences(read(JSON.stringify(before)), read(JSON.stringify(after)), ignore))

  it.each<[string, JsonObject, readonly string[] | undefined]>([
    ['weights', object({}, split(50, 50)), ['weights']],
    ['a label', object({ labels: { team: 'x' } }, split(90, 10)), ['metadata']],
    ['both', object({ annotations: { note: 'x' } }, split(50, 50)), ['weights', 'metadata']],
    ['nothing', object({}, split(90, 10)), undefined],
    ['an ignored label', object({ labels: { 'helm.sh/chart': 'x' } }, split(90, 10)), undefined],
    ['a label that decides', object({ labels: { 'istio.io/rev': 'x' } }, split(90, 10)), undefined],
    ['a label that is refused', object({ labels: { team: 'a b' } }, split(90, 10)), undefined],
    ['an annotation of any text', object({ annotations: { note: 'a b' } }, split(90, 10)), ['metadata']],
    ['a finalizer', object({ finalizers: ['x'] }, split(90, 10)), undefined],
    ['one destination more', object({}, split(90, 5, 5)), undefined],
    ['a field that is called like a label', { ...object({}, split(90, 10)), 'label team': 'x' }, undefined],
  ])('%s', (_, after, wanted) => {
    const before = object({}, split(90, 10))
    expect(needs(before, after)).toEqual(wanted)
  })
})
