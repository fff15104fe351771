import { describe, expect, it } from 'vitest'
import { unmetered } from '../../../src/domain/language/string-set.ts'
import type { VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { requestsText } from '../../../src/domain/reach/agreed-requests.ts'
import { contestsIn } from '../../../src/domain/reach/contests.ts'
import { virtualService } from '../../support/meshes.ts'
import {
  answerOf,
  exact,
  options,
  plenty,
  prefix,
  primary,
  tableOf,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

const contests = (...all: readonly VirtualService[]) => {
  const mesh = workedMesh(...all)
  return contestsIn(tableOf(mesh, all[0]?.spec.hosts?.[0] ?? ''), mesh.tables, options, plenty())
}

const told = (...all: readonly VirtualService[]) =>
  contests(...all).map(
    ({ boxes, outcomes }) =>
      `${requestsText(boxes, unmetered)}: ${outcomes.map(({ oldest, routes }) => `${oldest.name} ${routes.map(answerOf)}`).join(', ')}`,
  )

describe('requests whose fate hangs on who was created first', () => {
  it('are those that two VirtualServices treat differently', () => {
    expect(told(primary('p', to('a', prefix('/a'))), primary('q', to('b', exact('/a/1'))))).toEqual([
      '/a/1: p a, q b',
    ])
  })

  it('are none where both do the same, or ask for different requests', () => {
    expect(told(primary('p', to('a', prefix('/a'))), primary('q', to('a', exact('/a/1'))))).toEqual([])
    expect(told(primary('p', to('a', prefix('/a'))), primary('q', to('b', exact('/b'))))).toEqual([])
  })

  it('are none of one VirtualService alone', () => {
    expect(told(primary('p', to('a', prefix('/a')), to('b', exact('/a/1'))))).toEqual([])
  })

  it('are not those that a narrower route takes from a catch-all, which is read last', () => {
    expect(told(primary('p', to('a')), primary('q', to('b', exact('/b'))))).toEqual([])
  })

  it('between two catch-alls are whatever the narrower routes leave', () => {
    const [contest] = contests(primary('p', to('a')), primary('q', to('b', exact('/b')), to('c')))

    expect(contest?.outcomes.map(({ routes }) => routes.map(answerOf))).toEqual([['a'], ['c']])
  })

  it('of many in the mesh are told without their requests', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      virtualService(`n/${name}`, {
        hosts: ['shop.n.svc.cluster.local'],
        gateways: ['mesh'],
        http: [to(name)],
      }),
    )
    const [contest] = contests(...many)

    expect(contest?.virtualServices.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect([contest?.boxes, contest?.outcomes]).toEqual([[], []])
  })
})
