import { describe, expect, it } from 'vitest'
import { createExplainer } from '../../../../src/domain/routing/explain/explain-request.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { servicesIn } from '../../../../src/domain/routing/mesh-services.ts'
import { takeSnapshot } from '../../../../src/domain/routing/snapshot.ts'
import { manifests, virtualService } from '../../../support/meshes.ts'
import { answerOf, exact, to } from '../../../support/worked-mesh.ts'

const on = (host: string, answer: string) =>
  virtualService(`n/${answer}`, { hosts: [host], http: [to(answer, exact('/a'))] })

const [api, db, web] = ['api', 'db', 'web'].map((name) => ({
  path: `${name}.yaml`,
  text: `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: n2 }\n`,
}))
const written = manifests([
  on('ext.example', 'ext'),
  on('db.n1.svc.cluster.local', 'none'),
  on('*.n2.svc.cluster.local', 'all'),
  on('web.n2.svc.cluster.local', 'web'),
  on('*.ext.example', 'wild'),
  virtualService('n/elsewhere', {
    hosts: ['x.ext.example', 'db.n2.svc.cluster.local'],
    http: [to('elsewhere', { sourceNamespace: 'n9' })],
  }),
  virtualService('n/hidden', { hosts: ['y.ext.example'], exportTo: ['.'], http: [to('hidden')] }),
])

function explainer(files = [api, db, web]) {
  const side = { ...written, files: files.flatMap((each) => each ?? []) }
  const meshOf = () => 'default'
  const { clusterDomain } = defaultIstioSettings
  const { meshes } = takeSnapshot(side, {
    settings: defaultIstioSettings,
    complete: true,
    meshOf,
    knownGateways: () => new Set(),
    services: servicesIn([side], { clusterDomain, namespaceOf: () => undefined, meshOf }),
  })
  return createExplainer(meshes, defaultIstioSettings)
}

/** What is said of `GET /a`, sent from a sidecar of the namespace n1. */
function said(authority: string, port: number, files?: (typeof db)[]): string {
  const asked = { method: 'GET', scheme: 'http', path: '/a', headers: {}, sourceNamespace: 'n1' }
  const [answer] = explainer(files).explain({ ...asked, authority, port, gateway: 'mesh' })
  const { outcome, route, possible = [], contestedBy } = answer ?? {}
  if (contestedBy === 'perhaps-service')
    return `perhaps ${possible.map((each) => (each === 'no-route' ? each : answerOf(each))).join(' or ')}`
  return route === undefined ? `${outcome}` : answerOf(route)
}

describe('a host of the mesh', () => {
  it.each([
    ['that is a service', 'web.n2.svc.cluster.local', 8080, 'web'],
    ['that is a service, by another name', 'web.n2', 8080, 'web'],
    ['that is a service which a wildcard takes', 'api.n2.svc', 8080, 'all'],
    ['that is a service without a route for this client', 'db.n2.svc', 8080, 'service'],
    [
      'that is no known service and has no route for this client, under a wildcard',
      'x.ext.example',
      80,
      'wild',
    ],
    ['that is no known service', 'ext.example', 80, 'ext'],
    ['that is no known service, on another port', 'ext.example', 8080, 'perhaps ext or no-route'],
    ['that is no known service, by its own name', 'db.n1.svc.cluster.local', 80, 'none'],
    ['that is no known service, by another name', 'db', 80, 'perhaps none or no-route'],
    ['that only a wildcard of services covers', 'zzz.n2.svc.cluster.local', 80, 'perhaps all or no-route'],
    ['that is no known service and hidden from this client, under a wildcard', 'y.ext.example', 80, 'wild'],
  ])('%s', (_, authority, port, answer) => {
    expect(said(authority, port)).toBe(answer)
  })

  it('is taken for a service where none is written at all', () => {
    expect([said('ext.example', 8080, []), said('db', 80, [])]).toEqual(['ext', 'none'])
  })
})
