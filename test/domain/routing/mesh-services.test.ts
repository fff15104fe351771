import { describe, expect, it } from 'vitest'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import {
  isSurelyServed,
  namesServed,
  servicesIn,
  surelyServed,
} from '../../../src/domain/routing/mesh-services.ts'
import type { Placed } from '../../../src/domain/routing/meshes/mesh-division.ts'

const clusterDomain = 'cluster.local'
const service = (name: string, namespace?: string) => ({
  path: `${namespace ?? 'any'}/${name}.yaml`,
  text: `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`} }\n`,
})
const serviceEntry = (host: string, exportTo = '["*"]') => ({
  path: `entries/${host.replace('*', 'all')}.yaml`,
  text: `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: e, namespace: n1 }\nspec: { hosts: ["${host}"], exportTo: ${exportTo}, ports: [{ number: 80, name: http, protocol: HTTP }] }\n`,
})

function known(
  files: readonly { path: string; text: string }[],
  meshOf = (_: Placed): string | undefined => 'default',
) {
  const reading = { namespaceOf: () => undefined, version: defaultIstioSettings.version }
  return servicesIn([parseManifests(files, reading)], { clusterDomain, namespaceOf: () => undefined, meshOf })
}

const two = known([service('db', 'n2'), service('web', 'n2')])('default')()
const served = (host: string, services = two) => surelyServed(host, services, clusterDomain)

describe('the services of a mesh', () => {
  it('are those of Services, and of ServiceEntries that everybody sees', () => {
    const all = known([
      service('db', 'n2'),
      serviceEntry('Ext.Example'),
      serviceEntry('own.example', '["."]'),
    ])

    expect(all('default')().hosts).toEqual(new Set(['db.n2.svc.cluster.local', 'ext.example']))
  })

  it('are those of its own files, and of files that may be of any mesh', () => {
    const files = [service('a', 'n1'), service('b', 'n2'), service('c', 'n3')]
    const meshes: Readonly<Record<string, string>> = { n1: 'one', n2: 'two' }
    const of = known(files, ({ file }) => meshes[file.path.split('/')[0] ?? ''])

    expect(of('one')().hosts).toEqual(new Set(['a.n1.svc.cluster.local', 'c.n3.svc.cluster.local']))
  })
})

describe('the requests that surely come to a host', () => {
  it.each([
    ['a known service', 'db.n2.svc.cluster.local', undefined],
    ['a known service by its other name', 'db.n2', undefined],
    ['another host', 'ext.example', { own: 'ext.example' }],
    ['a service of which nothing is known', 'db.n1.svc.cluster.local', { own: 'db.n1.svc.cluster.local' }],
    ['a wildcard without services', '*.example', { own: '*.example' }],
    [
      'a wildcard over services',
      '*.n2.svc.cluster.local',
      { services: ['db.n2.svc.cluster.local', 'web.n2.svc.cluster.local'] },
    ],
    ['every host', '*', { services: ['db.n2.svc.cluster.local', 'web.n2.svc.cluster.local'] }],
    ['a service of several clusters', 'db.n2.svc.clusterset.local', undefined],
    ['a service of an unknown namespace', 'db.?.svc.cluster.local', undefined],
  ])('%s', (_, host, expected) => {
    expect(served(host)).toEqual(expected)
  })

  it('are all where no service is written here, and where one of the name may be of any namespace', () => {
    expect(served('ext.example', known([])('default')())).toBeUndefined()
    expect(
      served('db.n1.svc.cluster.local', known([service('web', 'n1'), service('db')])('default')()),
    ).toBeUndefined()
  })

  it('go by the names that they may mean, and by the port of plain HTTP where the host is no service', () => {
    const [own, services] = [served('ext.example'), served('*.n2.svc.cluster.local')]
    const short = ['db', 'db.n2.svc.cluster.local']

    expect([80, 8080].map((port) => isSurelyServed(own, ['ext.example'], port))).toEqual([true, false])
    expect([80, 8080].map((port) => isSurelyServed(services, short, port))).toEqual([true, true])
    expect(isSurelyServed(services, ['zzz.n2.svc.cluster.local'], 80)).toBe(false)
    expect(isSurelyServed(served('db.n1.svc.cluster.local'), ['db', 'db.n1.svc.cluster.local'], 80)).toBe(
      false,
    )
    expect(services && namesServed(services, clusterDomain)).toContain('db.n2')
  })
})
