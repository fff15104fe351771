import { describe, expect, it } from 'vitest'
import { budgets } from '../../../../src/domain/budgets.ts'
import { perhapsBound } from '../../../../src/domain/diff/choices/perhaps-bound.ts'
import { identityOf } from '../../../../src/domain/manifest/names.ts'
import type { VirtualService } from '../../../../src/domain/manifest/virtual-service.ts'
import { virtualService } from '../../../support/meshes.ts'
import { exact, primary, to, workedMesh } from '../../../support/worked-mesh.ts'

/** `«X»` stands for the placeholder of that name. */
const filled = (text: string) => text.replaceAll('«', '$' + '{').replaceAll('»', '}')

const delegating = (...names: readonly string[]) =>
  primary('p', ...names.map((name) => ({ delegate: { name: filled(name), namespace: 'n' } })))
const secondary = (name: string, answer: string, path = `n/${name}.yaml`) =>
  virtualService(`n/${filled(name)}`, { http: [to(answer, exact('/a'))] }, path)

const bound = (
  root: VirtualService,
  before: readonly VirtualService[],
  after: readonly VirtualService[],
): readonly (readonly string[])[] =>
  perhapsBound(workedMesh(root, ...before), workedMesh(root, ...after)).map(({ base, merged }) => {
    expect(base.target).toBe(merged.target)
    expect(identityOf(base.secondary)).toBe(identityOf(merged.secondary))
    return [merged.target, identityOf(merged.secondary)]
  })

describe('a delegate that nothing is known to answer', () => {
  it('is perhaps answered by a secondary whose placeholder can make the name', () => {
    const name = 'vs-«N»'

    expect(bound(delegating('vs-1'), [secondary(name, 'a')], [secondary(name, 'b')])).toEqual([
      ['n/vs-1', filled('n/vs-«N»')],
    ])
  })

  it('is perhaps answered by one whose name its own placeholder can become', () => {
    expect(bound(delegating('vs-«N»'), [secondary('vs-1', 'a')], [secondary('vs-1', 'b')])).toContainEqual([
      filled('n/vs-«N»'),
      'n/vs-1',
    ])
  })

  it('is asked about once, however many entries name it', () => {
    const name = 'vs-«N»'

    expect(bound(delegating('vs-1', 'vs-1'), [secondary(name, 'a')], [secondary(name, 'b')])).toHaveLength(1)
  })

  it('is not answered by what cannot come to bear the name', () => {
    const name = 'other-«N»'

    expect(bound(delegating('vs-1'), [secondary(name, 'a')], [secondary(name, 'b')])).toEqual([])
  })

  it('is nobody’s question where every secondary says what it said', () => {
    expect(bound(delegating('vs-1'), [secondary('vs-«N»', 'a')], [secondary('vs-«N»', 'a')])).toEqual([])
  })

  it('is no question where the secondary stands on one side only: that is seen without it', () => {
    expect(bound(delegating('vs-1'), [], [secondary('vs-«N»', 'a')])).toEqual([])
  })
})

it('a delegate that is answered by its full name is perhaps nobody else’s', () => {
  const one = secondary('vs-1', 'one')

  expect(
    bound(delegating('vs-1'), [one, secondary('other-«N»', 'a')], [one, secondary('other-«N»', 'b')]),
  ).toEqual([])
})

it('no more pairs are looked at than there is room for', () => {
  const many = (answer: string) =>
    Array.from({ length: budgets.boundSecondaries.size + 4 }, (_, at) => secondary(`vs-${at}-«N»`, answer))

  expect(bound(delegating('vs-«M»'), many('a'), many('b'))).toHaveLength(budgets.boundSecondaries.size)
})
