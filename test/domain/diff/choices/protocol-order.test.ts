import { expect, it } from 'vitest'
import { protocolOrder } from '../../../../src/domain/diff/choices/protocol-order.ts'
import type { Gateway } from '../../../../src/domain/manifest/gateway.ts'
import { gateway } from '../../../support/meshes.ts'

const at = (name: string, protocol: string, app = 'gw') =>
  gateway(`n/${name}`, {
    selector: { app },
    servers: [{ port: { number: 80, name: 'p', protocol }, hosts: ['*'] }],
  })
const aged = (each: Gateway, day: number): Gateway => ({
  ...each,
  inCluster: { created: `2026-01-0${day}T00:00:00Z`, snapshot: 'cluster.yaml' },
})

it('all but the first and the last by name are taken to be the oldest, one by one', () => {
  const { between, unsettled } = protocolOrder([[at('a', 'HTTP'), at('b', 'TCP'), at('c', 'HTTP')], []])

  expect(between).toEqual(['Gateway n/b'])
  expect(unsettled.map(({ doubt: { cause } }) => cause)).toEqual([
    { code: 'protocol-order', of: ['n/a', 'n/b', 'n/c'] },
  ])
})

it.each<[string, readonly Gateway[]]>([
  ['one protocol', [at('a', 'HTTP'), at('b', 'HTTP2')]],
  ['other pods', [at('a', 'HTTP'), at('b', 'TCP', 'db')]],
  ['known ages', [aged(at('a', 'HTTP'), 1), aged(at('b', 'TCP'), 2)]],
  ['a protocol that another tool fills in', [at('a', 'HTTP'), at('b', '$(PROTOCOL)')]],
])('nothing is open of %s', (_, gateways) => {
  expect(protocolOrder([gateways, gateways])).toEqual({ between: [], unsettled: [] })
})
