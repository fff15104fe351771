import { compare } from '../src/domain/diff/compare.ts'
import type { Manifests } from '../src/domain/manifest/manifests.ts'
import type { HTTPRoute } from '../src/domain/manifest/virtual-service.ts'
import { createOwnership } from '../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../src/domain/routing/istio-settings.ts'
import { manifests, virtualService } from '../test/support/meshes.ts'
import { bestOf } from './best-of.ts'

/** Milliseconds for a comparison and for one of ten times its size: ten times as many are linear, 100 quadratic. */
export interface Growth {
  readonly name: string
  readonly small: number
  readonly large: number
}

type Make = (count: number) => readonly [base: Manifests, merged: Manifests]

const destination = { route: [{ destination: { host: 'a' } }] }
const options = {
  settings: defaultIstioSettings,
  complete: true,
  ownership: createOwnership(undefined),
  meshOf: () => 'default',
}

function oneHost(http: readonly HTTPRoute[]): Manifests {
  return manifests([virtualService('n/o', { hosts: ['a.example'], gateways: ['gw'], http })])
}

/** Both sides of a host with many entries of which the one in the middle gets a timeout. */
function middleChanged(entry: (index: number) => HTTPRoute): Make {
  return (count) => {
    const http = Array.from({ length: count }, (_, index) => entry(index))
    const changed = http.with(count >> 1, { ...entry(count >> 1), timeout: '1s' })
    return [oneHost(http), oneHost(changed)]
  }
}

const cases: readonly { readonly name: string; readonly size: number; readonly make: Make }[] = [
  {
    name: 'routes with a prefix of their own',
    size: 1_000,
    make: middleChanged((index) => ({ match: [{ uri: { prefix: `/team-${index}/` } }], ...destination })),
  },
  {
    name: 'prefixes on one host, all moved to another timeout',
    size: 200,
    make: (count) => {
      const http = Array.from({ length: count }, (_, index) => ({
        match: [{ uri: { prefix: `/p${index}` } }],
        ...destination,
      }))
      return [oneHost(http), oneHost(http.map((route) => ({ ...route, timeout: '1s' })))]
    },
  },
  {
    name: 'regular expressions with a prefix of their own',
    size: 100,
    make: middleChanged((index) => ({
      match: [{ uri: { regex: `/t${index}/[0-9]+(/.*)?` } }],
      ...destination,
    })),
  },
  {
    name: 'headers on one path',
    size: 100,
    make: middleChanged((index) => ({
      match: [{ headers: { tenant: { exact: `t${index}` } } }],
      ...destination,
    })),
  },
]

/** Runs every case at one size and at ten times that size. */
export function benchCompare(): readonly Growth[] {
  return cases.map(({ name, size, make }) => {
    const [small, large] = [size, size * 10].map((count) => {
      const [base, merged] = make(count)
      return bestOf(() => compare(base, merged, options)).milliseconds
    })
    return { name: `${name}, ${size} -> ${size * 10}`, small: small ?? 0, large: large ?? 0 }
  })
}
