import { expect, it } from 'vitest'
import { listeningChoices } from '../../../../src/domain/diff/choices/listening-choices.ts'
import type { Gateway, Server } from '../../../../src/domain/manifest/gateway.ts'
import { gateway } from '../../../support/meshes.ts'
import { mesh } from '../../policy/fixtures.ts'

const plain = (...hosts: readonly string[]): Server => ({
  port: { number: 80, name: 'http', protocol: 'HTTP' },
  hosts: [...hosts],
})
const redirecting = (...hosts: readonly string[]): Server => ({
  ...plain(...hosts),
  tls: { httpsRedirect: true },
})
const tls = (...hosts: readonly string[]): Server => ({
  port: { number: 443, name: 'https', protocol: 'HTTPS' },
  hosts: [...hosts],
  tls: { mode: 'SIMPLE', credentialName: 'one' },
})
const at = (name: string, server: Server, selector: Readonly<Record<string, string>> = { app: 'gw' }) =>
  gateway(`n/${name}`, { selector, servers: [server] })
const aged = (each: Gateway, created: string): Gateway => ({
  ...each,
  inCluster: { created, snapshot: 'cluster.yaml' },
})

it.each([
  ['one selector and one plain port', [at('a', plain('*')), at('b', plain('*'))], []],
  ['other labels', [at('a', plain('*')), at('b', plain('*'), { istio: 'gw' })], ['shared-pods']],
  ['more labels', [at('a', tls('*')), at('b', tls('x.test'), { app: 'gw', zone: 'a' })], ['shared-pods']],
  ['labels that exclude each other', [at('a', plain('*')), at('b', plain('*'), { app: 'other' })], []],
  [
    'other labels, and other hosts',
    [at('a', plain('a.test')), at('b', plain('b.test'), { istio: 'gw' })],
    [],
  ],
  ['other labels, and another protocol', [at('a', plain('*')), at('b', tls('*'), { istio: 'gw' })], []],
  ['one name under TLS', [at('a', tls('a.test')), at('b', tls('a.test', 'b.test'))], ['server-order']],
  ['one host on plain ports', [at('a', plain('a.test')), at('b', plain('a.test', 'b.test'))], []],
  [
    'one host on plain ports, one of them with `tls`',
    [at('a', plain('a.test')), at('b', redirecting('a.test', 'b.test'))],
    [],
  ],
  [
    'one host on plain ports with `tls`',
    [at('a', redirecting('a.test')), at('b', redirecting('a.test', 'b.test'))],
    ['server-order'],
  ],
  ['one name for namespaces that differ', [at('a', tls('n/a.test')), at('b', tls('m/a.test'))], []],
  [
    'one name, of which one is known to be older',
    [
      aged(at('a', tls('a.test')), '2026-02-01T00:00:00Z'),
      aged(at('b', tls('a.test')), '2026-01-01T00:00:00Z'),
    ],
    [],
  ],
])('what is open where Gateways have %s', (_, gateways, open) => {
  const { others, unsettled } = listeningChoices([mesh(gateways), undefined])

  expect(unsettled.map(({ doubt }) => doubt.cause.code)).toEqual(open)
  expect(others).toHaveLength(open.length)
})
