import { describe, expect, it } from 'vitest'
import type { Server } from '../../../src/domain/manifest/gateway.ts'
import { changeLine, changesBetween, type MeshSide } from '../../support/compared-sides.ts'
import { gateway, virtualService } from '../../support/meshes.ts'
import { exact, to } from '../../support/worked-mesh.ts'

const on = (host: string, answer: string, gateways = ['n/gw']) =>
  virtualService(`n/${host.replace('*', 'all')}`, {
    hosts: [host],
    gateways,
    http: [to(answer, exact('/a'))],
  })
const server = (port: number, hosts = ['*']): Server => ({
  port: { number: port, name: `http-${port}`, protocol: 'HTTP' },
  hosts,
})
const opened = (...servers: readonly Server[]) => [gateway('n/gw', { selector: { app: 'gw' }, servers })]

const told = (base: MeshSide, merged: MeshSide) => changesBetween(base, merged).map(changeLine)

describe('which tables are compared', () => {
  it('those of the host that changes, and of no other', () => {
    expect(
      told([[on('a.example', 'a'), on('b.example', 'b')]], [[on('a.example', 'new'), on('b.example', 'b')]]),
    ).toEqual(['n/gw a.example /a: a -> new'])
  })

  it('that of a wildcard on one side with that of a host on the other', () => {
    const found = told([[on('*.example', 'all')]], [[on('*.example', 'all'), on('a.example', 'a')]])

    expect(found).toEqual(['n/gw a.example /a: all -> a'])
  })

  it('none with that of a host that goes', () => {
    expect(told([[on('a.example', 'a')]], [[]])).toEqual(['n/gw a.example /a: a -> nobody'])
  })

  it('those of each gateway by itself', () => {
    expect(told([[on('a.example', 'a')]], [[on('a.example', 'a', ['n/gw', 'n/other'])]])).toEqual([
      'n/other a.example /a: nobody -> a',
    ])
  })

  it('those of the ports that come, and of those that stay with nothing to tell', () => {
    const vs = on('a.example', 'a')

    expect(told([[vs], opened(server(80))], [[vs], opened(server(80), server(81))])).toEqual([
      'n/gw a.example:81 /a: nobody -> a',
    ])
  })

  it('ports that lead to the same tables are told together', () => {
    const [before, after] = [on('a.example', 'a'), on('a.example', 'new')]
    const gates = opened(server(80), server(81))

    expect(told([[before], gates], [[after], gates])).toEqual(['n/gw a.example:80,81 /a: a -> new'])
  })
})
