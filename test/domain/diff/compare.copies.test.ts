import { expect, test } from 'vitest'
import { assumptionsOf } from '../../../src/domain/assumptions.ts'
import { compare } from '../../../src/domain/diff/compare.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'

const virtualService = (name: string, port: number) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: ns1}\nspec: {hosts: [${name}.example], gateways: [gw], http: [{route: [{destination: {host: a, port: {number: ${port}}}}]}]}\n`

const read = (files: Readonly<Record<string, string>>) =>
  parseManifests(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { namespaceOf: () => undefined, version: { major: 1, minor: 24 } },
  )

/** So many objects with two copies each, which all change alike, beside one without. */
function compared(count: number, change = 1000) {
  const names = Array.from({ length: count }, (_, at) => `vs-${at}`)
  const side = (more: number) =>
    read({
      'only.yaml': virtualService('only', 80 + more),
      ...Object.fromEntries(
        names.flatMap((name) => [
          [`a/${name}.yaml`, virtualService(name, 80 + more)],
          [`b/${name}.yaml`, virtualService(name, 81 + more)],
        ]),
      ),
    })
  return compare(side(0), side(change), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
}

const certainHosts = (count: number) =>
  new Set(compared(count).changes.flatMap(({ host, certain }) => (certain ? [host] : [])))

test('above sixteen combinations nothing that hangs on copies is certain, and what hangs on none is', () => {
  expect(certainHosts(5)).toEqual(new Set(['only.example']))
})

test('it is said, with the paths', () => {
  const [said, ...more] = assumptionsOf(compared(5)).filter((each) => each.cause.code === 'untried-copies')

  expect(more).toEqual([])
  expect(said?.cause).toMatchObject({
    of: expect.arrayContaining(['VirtualService ns1/vs-0', 'VirtualService ns1/vs-4']),
    files: expect.arrayContaining(['a/vs-0.yaml', 'b/vs-4.yaml']),
  })
  expect(assumptionsOf(compared(4)).some((each) => each.cause.code === 'untried-copies')).toBe(false)
  expect(compared(5, 0).untried).toEqual([])
})

test('one object with more copies than are tried', () => {
  const copies = (more: number) =>
    read(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, at) => [`${at + 10}.yaml`, virtualService('vs', 100 + at + more)]),
      ),
    )
  const { changes, untried } = compare(copies(0), copies(1000), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })

  expect(changes.length).toBeGreaterThan(0)
  expect(changes.every(({ certain }) => !certain)).toBe(true)
  expect(untried.length).toBe(40)
})
