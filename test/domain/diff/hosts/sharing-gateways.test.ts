import { expect, test } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import { gatewaysSharing } from '../../../../src/domain/diff/hosts/sharing-gateways.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { gateway, manifests, virtualService } from '../../../support/meshes.ts'
import { to } from '../../../support/worked-mesh.ts'

type Server = readonly [port: number, protocol?: string]

const at = (id: string, app: string, ...servers: readonly Server[]) =>
  gateway(id, {
    selector: { app },
    servers: servers.map(([number, protocol = 'HTTP']) => ({
      port: { number, name: `p${number}`, protocol },
      hosts: ['*'],
      ...(protocol === 'HTTPS' && { tls: { mode: 'SIMPLE' } }),
    })),
  })

/** The changes of `a.example`, which is bound to `n/one` alone, each with the Gateways that share it. */
function sharing(...others: readonly ReturnType<typeof at>[]) {
  const side = (host: string) =>
    manifests(
      [virtualService('n/a', { hosts: ['a.example'], gateways: ['n/one'], http: [to(host)] })],
      [at('n/one', 'gw', [80], [443, 'HTTPS']), ...others],
    )
  const comparison = compare(side('x'), side('y'), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
  return comparison.changes.map((change) => [
    change.gateway,
    change.ports,
    gatewaysSharing(change, comparison),
  ])
}

test('the Gateways of one plain listener share its changes', () => {
  expect(sharing(at('n/two', 'gw', [80]), at('n/three', 'gw', [80]))).toEqual([
    ['n/one', [80], ['n/one', 'n/three', 'n/two']],
    ['n/one', [443], []],
    ['n/three', [80], ['n/one', 'n/three', 'n/two']],
    ['n/two', [80], ['n/one', 'n/three', 'n/two']],
  ])
})

test('nobody shares one alone on its pods and port, or under TLS', () => {
  const alone = [
    ['n/one', [80], []],
    ['n/one', [443], []],
  ]

  expect(sharing()).toEqual(alone)
  expect(sharing(at('n/two', 'other', [80]))).toEqual(alone)
  expect(sharing(at('n/two', 'gw', [8080]))).toEqual(alone)
  expect(sharing(at('n/two', 'gw', [8443, 'HTTPS']))).toEqual(alone)
})
