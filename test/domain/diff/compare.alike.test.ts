import { describe, expect, it } from 'vitest'
import { createExplainer } from '../../../src/domain/routing/explain/explain-request.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'
import { comparisonOf } from '../rules/read-case.ts'

function gateway(hosts: readonly string[], tls: object = {}): SourceFile {
  const text = JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge', namespace: 'mesh' },
    spec: {
      selector: { istio: 'edge' },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts, tls }],
    },
  })
  return { path: 'mesh/gateway.yaml', text: `${text}\n` }
}

function virtualService(
  name: string,
  match: object,
  { hosts = ['shop.example'], gateways = ['mesh/edge'] } = {},
): SourceFile {
  const text = JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: name },
    spec: { hosts, gateways, http: [{ match: [match], route: [{ destination: { host: name } }] }] },
  })
  return { path: `teams/${name}/${name}.yaml`, text: `${text}\n` }
}

const all = { uri: { prefix: '/' } }

const changesBetween = (base: readonly SourceFile[], merged: readonly SourceFile[]) =>
  comparisonOf(base, merged).changes.map(({ kind, host }) => `${kind} ${host}`)

const ask = (files: readonly SourceFile[], authority: string, at: string) =>
  createExplainer(comparisonOf(files, files).merged.meshes, defaultIstioSettings)
    .explain({ method: 'GET', scheme: 'http', authority, path: '/x', headers: {}, gateway: at })
    .map(({ outcome, route }) => (route === undefined ? outcome : `${outcome} ${route.outcome.supplier}`))

describe('behind a server that turns everything to https', () => {
  const redirecting = gateway(['*.example'], { httpsRedirect: true })
  const login = virtualService('login', all)

  it.each([
    ['a path more', [redirecting, login], [redirecting, virtualService('login', { uri: { prefix: '/x' } })]],
    ['a host for a wildcard', [redirecting], [redirecting, login]],
    ['no host any more', [redirecting, login], [redirecting]],
    ['another owner', [redirecting, login], [redirecting, virtualService('catalog', all)]],
    ['a second owner', [redirecting, login], [redirecting, login, virtualService('catalog', all)]],
  ])('%s ends alike', (_, base, merged) => {
    expect(changesBetween(base, merged)).toEqual([])
  })

  it('a host that was not there is opened', () => {
    const own = gateway(['login/*.example'], { httpsRedirect: true })

    expect(changesBetween([own], [own, login])).toEqual(['opened shop.example'])
  })

  it.each(['login/*.example', './*.example'])('%s is no host of a request', (host) => {
    const { merged } = comparisonOf(
      [gateway([host], { httpsRedirect: true })],
      [gateway([host], { httpsRedirect: true })],
    )

    expect(merged.meshes.flatMap(({ tables }) => tables)).toEqual([])
  })
})

describe('source labels at a gateway', () => {
  const plain = gateway(['*.example'])
  const from = (sourceLabels: object) => [plain, virtualService('login', { ...all, sourceLabels })]

  it('are those of its pods, of which its selector names some', () => {
    expect(ask(from({ istio: 'edge' }), 'shop.example', 'mesh/edge')).toEqual(['route login/login'])
    expect(ask(from({ istio: 'inner' }), 'shop.example', 'mesh/edge')).toEqual(['no-host'])
    expect(ask(from({ zone: 'a' }), 'shop.example', 'mesh/edge')).toEqual(['no-host'])
  })

  it('that all of its pods have narrow nothing', () => {
    expect(changesBetween(from({ istio: 'edge' }), from({}))).toEqual([])
    expect(changesBetween(from({ istio: 'edge' }), [plain])).toEqual(['dropped shop.example'])
  })

  it('that none of its pods has match nothing', () => {
    expect(changesBetween(from({ istio: 'inner' }), [plain])).toEqual([])
    expect(changesBetween(from({ istio: 'inner' }), from({}))).toEqual(['opened shop.example'])
  })

  it('that some of its pods may have are a condition', () => {
    expect(changesBetween(from({ zone: 'a' }), from({}))).toEqual(['opened shop.example'])
  })
})

describe('a host of the mesh in upper case', () => {
  const exact = virtualService('login', all, { hosts: ['Shop.Example'], gateways: ['mesh'] })
  const wildcard = virtualService('catalog', all, { hosts: ['*.example'], gateways: ['mesh'] })

  it('is more special than a wildcard, as in lower case', () => {
    for (const authority of ['shop.example', 'SHOP.example', 'Shop.Example'])
      expect(ask([exact, wildcard], authority, 'mesh')).toEqual(['route login/login'])
    expect(ask([exact, wildcard], 'other.example', 'mesh')).toEqual(['route catalog/catalog'])
  })

  it('is the same host', () => {
    const lower = virtualService('login', all, { hosts: ['shop.example'], gateways: ['mesh'] })

    expect(changesBetween([exact, wildcard], [lower, wildcard])).toEqual([])
    expect(changesBetween([wildcard], [exact, wildcard])).toEqual(['moved shop.example'])
  })
})
