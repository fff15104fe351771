import { describe, expect, it } from 'vitest'
import type { Server } from '../../../../src/domain/manifest/gateway.ts'
import { identityOf } from '../../../../src/domain/manifest/names.ts'
import type { Listening } from '../../../../src/domain/routing/listeners/server-duplicates.ts'
import { tlsListeners } from '../../../../src/domain/routing/listeners/tls-listeners.ts'
import { gateway } from '../../../support/meshes.ts'

const tls = (hosts: readonly string[], mode: 'SIMPLE' | 'PASSTHROUGH' = 'SIMPLE', number = 443): Server => ({
  port: { number, name: `https-${number}`, protocol: 'HTTPS' },
  hosts: [...hosts],
  tls: { mode, credentialName: 'one' },
})
const at = (
  name: string,
  servers: readonly Server[],
  selector: Readonly<Record<string, string>> = { app: 'gw' },
) => gateway(`n/${name}`, { selector, servers: [...servers] })

const picked = (gateways: readonly ReturnType<typeof at>[], name: string, listening?: Listening) => {
  const [first] = gateways
  const server = first && tlsListeners(gateways, listening).at(identityOf(first), 443)?.serverFor(name)
  return server && identityOf(server.gateway)
}

describe('the name that TLS asks for', () => {
  const [wide, narrow] = [at('wide', [tls(['*.example'])]), at('narrow', [tls(['a.example'], 'PASSTHROUGH')])]

  it('picks the most special server of all Gateways on the pods and the port', () => {
    expect(picked([wide, narrow], 'a.example')).toBe('n/narrow')
    expect(picked([wide, narrow], 'b.example')).toBe('n/wide')
    expect(picked([wide, narrow], 'other.test')).toBeUndefined()
    expect(picked([wide, at('far', [tls(['a.example'])], { app: 'far' })], 'a.example')).toBe('n/wide')
    expect(picked([wide, at('port', [tls(['a.example'], 'SIMPLE', 8443)])], 'a.example')).toBe('n/wide')
  })

  it('finds no server that is dropped for a name which an earlier one has', () => {
    const later = at('xlater', [tls(['*.example', 'c.test'])])

    expect(picked([wide, later], 'c.test')).toBeUndefined()
    expect(picked([wide, later], 'c.test', { pods: 'shared', oldest: 'last' })).toBe('n/xlater')
  })

  it('finds those on the same pods alone, once these are known', () => {
    const perhaps = at('perhaps', [tls(['a.example'])], { istio: 'gw' })
    const listeners = tlsListeners([wide, perhaps])
    const onPods = (labels: Readonly<Record<string, string>>) =>
      listeners.onPods('n/wide', 443, labels)?.serverFor('a.example')?.gateway.name

    expect(onPods({ app: 'gw' })).toBe('wide')
    expect(onPods({ app: 'gw', istio: 'gw' })).toBe('perhaps')
    expect(listeners.onEachPod('n/wide', 443)?.serverFor('a.example')?.gateway.name).toBe('wide')
  })
})
