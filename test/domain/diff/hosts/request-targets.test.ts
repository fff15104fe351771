import { describe, expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import { changesTerms, isUntouched, targetsOf } from '../../../../src/domain/diff/hosts/request-targets.ts'
import { tlsMeetings } from '../../../../src/domain/diff/hosts/tls-meetings.ts'
import type { Server } from '../../../../src/domain/manifest/gateway.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import type { VirtualService } from '../../../../src/domain/manifest/virtual-service.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { type Mesh, takeSnapshot } from '../../../../src/domain/routing/snapshot.ts'
import { gatewayService, httpRoute, kubernetesGateway } from '../../../support/gateway-api.ts'
import { gateway, manifests, virtualService } from '../../../support/meshes.ts'
import { exact, to } from '../../../support/worked-mesh.ts'

const on = (host: string, answer = host) =>
  virtualService(`n/${host.replace('*', 'all')}`, {
    hosts: [host],
    gateways: ['n/gw'],
    http: [to(answer, exact('/a'))],
  })
const server = (port: number, more: Partial<Server> = {}): Server => ({
  port: { number: port, name: `http-${port}`, protocol: 'HTTP' },
  hosts: ['*'],
  ...more,
})

function meshWith(servers: readonly Server[], ...routes: readonly VirtualService[]): Mesh | undefined {
  const gates = [gateway('n/gw', { selector: { app: 'gw' }, servers })]
  const { meshes } = takeSnapshot(manifests(routes, gates), {
    settings: defaultIstioSettings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => new Set(['n/gw']),
  })
  return meshes[0]
}

function between(base: Mesh | undefined, merged: Mesh | undefined) {
  const sides = { base, merged, renamed: new Map<string, string>() }
  return targetsOf('n/gw', { ...sides, tlsMeeting: tlsMeetings(sides) })
}

describe('what requests to a gateway ask for', () => {
  it('is each host of either side, by name, with all others beside it', () => {
    const targets = between(meshWith([server(80)], on('b.example')), meshWith([server(80)], on('*.example')))

    expect(targets.map(({ host, hosts }) => [host, hosts])).toEqual([
      ['*.example', ['*.example', 'b.example']],
      ['b.example', ['*.example', 'b.example']],
    ])
  })

  it('is one for the ports that lead to the same tables', () => {
    const mesh = meshWith([server(80), server(8080)], on('a.example'))

    expect(between(mesh, mesh).map(({ ports }) => ports)).toEqual([[80, 8080]])
  })

  it('is one apart for a port on which other terms hold', () => {
    const strict = meshWith(
      [server(80, { tls: { mode: 'SIMPLE', credentialName: 'shop' } }), server(8080)],
      on('a.example'),
    )
    const targets = between(meshWith([server(80), server(8080)], on('a.example')), strict)

    expect(targets.map((target) => [target.ports, changesTerms(target)])).toEqual([
      [[80], true],
      [[8080], false],
    ])
  })

  it('is not looked into where its tables are made of the same', () => {
    const [same, other] = [on('a.example'), on('b.example')]
    const targets = between(
      meshWith([server(80)], same, other),
      meshWith([server(80)], same, on('b.example', 'else')),
    )

    expect(targets.map((target) => [target.host, isUntouched(target)])).toEqual([
      ['a.example', true],
      ['b.example', false],
    ])
  })
})

it('a listener of a Kubernetes Gateway answers on connections that were opened for another name, too', () => {
  const listener = (name: string, hostname: string) =>
    kubernetesGateway(
      name,
      `name: tls, port: 443, protocol: HTTPS, hostname: "${hostname}", tls: { certificateRefs: [{ name: one }] }`,
    )
  const base = {
    's.yaml': gatewayService,
    'special.yaml': listener('special', 'shop.example'),
    'any.yaml': listener('any', '*.example'),
  }
  const parents = '[{ name: any, namespace: istio-system }]'
  const merged = { ...base, 'login.yaml': httpRoute('login/login', { parents }) }
  const read = (files: Readonly<Record<string, string>>) =>
    parseManifests(
      Object.entries(files).map(([path, text]) => ({ path, text })),
      { namespaceOf: () => undefined, version: defaultIstioSettings.version },
    )
  const { changes } = compare(read(base), read(merged), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })

  expect(changes.map(({ kind, host, connections }) => [kind, host, connections?.names])).toEqual([
    ['opened', 'shop.example', ['*.example']],
  ])
})
