import { expect, test } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { gateway, manifests, virtualService } from '../../support/meshes.ts'
import { to } from '../../support/worked-mesh.ts'

const schemesOn = (number: number, protocol: 'HTTP' | 'HTTPS', name = 'n/gw') => {
  const tls = protocol === 'HTTPS' ? { tls: { mode: 'SIMPLE' } } : {}
  const side = (id: string, host: string) =>
    manifests(
      [virtualService('n/a', { hosts: ['a.example'], gateways: [id], http: [to(host)] })],
      [
        gateway(id, {
          selector: { app: 'gw' },
          servers: [{ port: { number, name: 'x', protocol }, hosts: ['*'], ...tls }],
        }),
      ],
    )
  return compare(side('n/gw', 'x'), side(name, 'y'), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  }).changes.map(({ witness }) => `${witness?.scheme} ${witness?.port}`)
}

test('a witness has the scheme of its listener, whatever the number of the port', () => {
  expect(schemesOn(80, 'HTTP')).toEqual(['http 80'])
  expect(schemesOn(443, 'HTTPS')).toEqual(['https 443'])
  expect(schemesOn(8443, 'HTTPS')).toEqual(['https 8443'])
  expect(schemesOn(443, 'HTTP')).toEqual(['http 443'])
})

test('so it has where the Gateway is renamed', () => {
  expect(schemesOn(8443, 'HTTPS', 'n/renamed')).toEqual(['https 8443'])
})
