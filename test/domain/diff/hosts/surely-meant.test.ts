import { describe, expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import { withoutTold } from '../../../../src/domain/diff/hosts/surely-meant.ts'
import { anyOf, exactly, unmetered } from '../../../../src/domain/language/string-set.ts'
import { present } from '../../../../src/domain/language/values.ts'
import type { VirtualService } from '../../../../src/domain/manifest/virtual-service.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { manifests, virtualService } from '../../../support/meshes.ts'
import { answerOf, exact, to } from '../../../support/worked-mesh.ts'

const on = (host: string, answer: string, port?: number) =>
  virtualService(`n/${host.replace('*', 'all').replaceAll('.', '-')}`, {
    hosts: [host],
    http: [to(answer, { ...exact('/a'), ...(port !== undefined && { port }) })],
  })

const services = ['db', 'web'].map((name) => ({
  path: `${name}.yaml`,
  text: `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: n2 }\n`,
}))

function changes(before: readonly VirtualService[], after: readonly VirtualService[], files = services) {
  const side = (some: readonly VirtualService[]) => ({ ...manifests(some), files })
  return compare(side(before), side(after), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  }).changes
}

const told = (...sides: Parameters<typeof changes>) =>
  changes(...sides).map(
    ({ certain, witness, ports, before, after }) =>
      `${certain ? '' : 'perhaps '}${witness?.authority}${ports ? `:${ports}` : ''} ${answerOf(before)} -> ${answerOf(after)}`,
  )

describe('what is told of a host of the mesh', () => {
  it('that is a service: on any port', () => {
    expect(told([on('db.n2.svc.cluster.local', 'a')], [on('db.n2.svc.cluster.local', 'b')])).toEqual([
      'db.n2.svc.cluster.local a -> b',
    ])
  })

  it('that is no service which is known: on port 80, and nothing twice', () => {
    expect(told([on('ext.example', 'a')], [on('ext.example', 'b')])).toEqual(['ext.example:80 a -> b'])
  })

  it('that is no service which is known, on another port: perhaps', () => {
    const found = changes([on('ext.example', 'a', 8080)], [on('ext.example', 'b', 8080)])

    expect(found.map(({ certain, ports }) => ({ certain, ports }))).toEqual([
      { certain: false, ports: undefined },
    ])
    expect(found.flatMap(({ doubts }) => doubts.map(({ cause }) => cause))).toEqual([
      { code: 'service-unknown', host: 'ext.example' },
    ])
  })

  it('that is a wildcard over services: those by name', () => {
    expect(told([on('*.n2.svc.cluster.local', 'a')], [on('*.n2.svc.cluster.local', 'b')])).toEqual([
      'db.n2.svc.cluster.local a -> b',
    ])
  })

  it('that is a wildcard over services which have hosts of their own: perhaps others', () => {
    const own = [on('db.n2.svc.cluster.local', 'db'), on('web.n2.svc.cluster.local', 'web')]
    const found = told(
      [...own, on('*.n2.svc.cluster.local', 'a')],
      [...own, on('*.n2.svc.cluster.local', 'b')],
    )

    expect(found).toEqual(['perhaps www.n2.svc.cluster.local a -> b'])
  })

  it('that a wildcard over services would cover, and may be none: perhaps', () => {
    const all = on('*.n2.svc.cluster.local', 'all')

    expect(told([all], [all, on('zzz.n2.svc.cluster.local', 'z')])).toEqual([
      'perhaps zzz.n2.svc.cluster.local all -> z',
    ])
  })

  it('where no service is written here at all: as of a service', () => {
    expect(told([on('ext.example', 'a')], [on('ext.example', 'b')], [])).toEqual(['ext.example a -> b'])
  })

  it('that gets its first VirtualService: all other requests go from the service to 404', () => {
    const added = (host: string) => told([], [on(host, 'a')])

    expect(added('db.n2.svc.cluster.local')).toEqual([
      'db.n2.svc.cluster.local nobody -> nobody',
      'db.n2.svc.cluster.local nobody -> a',
    ])
    expect(added('ext.example')).toEqual([
      'perhaps ext.example:80 nobody -> nobody',
      'ext.example:80 nobody -> a',
    ])
  })

  it('that is a wildcard over services, with a first route for their port: they are 404 for all else', () => {
    const all = '*.n2.svc.cluster.local'

    expect(told([on(all, 'a', 8080)], [on(all, 'a')])).toContain('db.n2.svc.cluster.local nobody -> nobody')
  })

  it('that is no service and has no route for some clients: those have the wildcard over it', () => {
    const all = on('*.example', 'all')
    const some = virtualService('n/some', {
      hosts: ['ext.example'],
      http: [to('some', { ...exact('/a'), sourceNamespace: 'n9' })],
    })
    const found = changes([all], [all, some]).filter(({ certain }) => certain)

    expect(found.map(({ witness, before }) => [witness?.sourceNamespace, answerOf(before)])).toEqual([
      ['n9', 'all'],
    ])
  })

  it('twice, rather than not at all, where it costs too much to see that it was told', () => {
    const about = (...paths: readonly string[]) => {
      const asks = new Map([['path', present(anyOf(paths.map(exactly), unmetered))]])
      return { requests: { boxes: [asks] }, scope: [], formerly: [], doubts: [] }
    }
    const [one, both] = [about('/a'), about('/a', '/b')]
    const left = (edges: number) => withoutTold([one], [both], () => '', { of: 'narrowing', left: edges })

    expect(left(1000)).toEqual([])
    expect(left(0)).toEqual([one])
  })
})
