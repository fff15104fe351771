import { describe, expect, it } from 'vitest'
import { buildDelegationGraph } from '../../../src/domain/routing/delegation-graph.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { virtualService } from '../../support/meshes.ts'

const x = '$' + '{X}'

function edge(
  delegate: { readonly name: string; readonly namespace?: string },
  secondaries: readonly string[],
) {
  const primary = virtualService('ns1/primary', { hosts: ['a.example'], http: [{ delegate }] })
  const all = [primary, ...secondaries.map((identity) => virtualService(identity, { http: [{}] }))]
  const [found] = buildDelegationGraph(all, defaultIstioSettings, { complete: true }).edges
  return [found?.state, found?.secondary && `${found.secondary.namespace}/${found.secondary.name}`]
}

describe('a delegate and a secondary of which another tool fills in a part', () => {
  it.each([
    ['the very same text is the same', { name: x }, [`ns1/${x}`], ['resolved', `ns1/${x}`]],
    ['so is the same namespace', { name: 'a', namespace: x }, [`${x}/a`], ['resolved', `${x}/a`]],
    ['a namespace that may be', { name: 'a', namespace: x }, ['ns2/a'], ['resolved', 'ns2/a']],
    ['the name alone is never missing', { name: x }, ['ns1/a'], ['external', undefined]],
    ['nor where a secondary may have it', { name: 'a' }, [`ns1/${x}`], ['external', undefined]],
    ['unless none can', { name: 'a' }, [`ns1/b-${x}`, `ns2/${x}`], ['missing', undefined]],
    ['a delegate without a name finds nobody', { name: '' }, [`ns1/${x}`], ['missing', undefined]],
  ])('%s', (_, delegate, secondaries, expected) => {
    expect(edge(delegate, secondaries)).toEqual(expected)
  })
})
