import { expect, it } from 'vitest'
import { differingCopies } from '../../../../src/domain/routing/copies/other-copies.ts'
import { createExplainer } from '../../../../src/domain/routing/explain/explain-request.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { takeSnapshot } from '../../../../src/domain/routing/snapshot.ts'
import { manifests, virtualService } from '../../../support/meshes.ts'

const web = (path: string, host: string, hosts = ['a.example']) =>
  virtualService('n/web', { hosts, gateways: ['n/gw'], http: [{ route: [{ destination: { host } }] }] }, path)

function explained(resources: readonly ReturnType<typeof web>[], authority = 'a.example') {
  const { meshes } = takeSnapshot(manifests(resources), {
    settings: defaultIstioSettings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => new Set(),
  })
  const request = { method: 'GET', scheme: 'http', authority, path: '/', headers: {} }
  return createExplainer(meshes, defaultIstioSettings)
    .explain({ ...request, gateway: 'n/gw' })
    .map(({ outcome, skipped }) => [outcome, ...skipped.map(({ because }) => because)])
}

const said = 'another copy of n/web; which of them a cluster has is not in Git'

it('explain says that another copy may live', () => {
  expect(explained([web('a.yaml', 'x'), web('b.yaml', 'y')])).toEqual([['route', said]])
})

it('also where only the other copy has the host', () => {
  const copies = [web('a.yaml', 'x', ['b.example']), web('b.yaml', 'y')]

  expect(explained(copies, 'b.example')).toEqual([['no-host', said]])
  expect(explained(copies, 'c.example')).toEqual([['no-host']])
})

it('not where all copies say the same', () => {
  expect(explained([web('a.yaml', 'x'), web('b.yaml', 'x')])).toEqual([['route']])
})

it('objects that name no namespace may be several', () => {
  const { namespace: _, ...nameless } = web('a.yaml', 'x')
  const other = { ...nameless, file: { path: 'b.yaml', text: '' }, spec: web('b.yaml', 'y').spec }

  expect(differingCopies({ virtualServices: [nameless, other] }).size).toBe(0)
})
