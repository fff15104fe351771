import { describe, expect, it } from 'vitest'
import { decidesAsAWhole, decidingGroups } from '../../../../src/domain/manifest/kinds/deciding-groups.ts'
import { entryOf, kindEntries, partialEntriesOf } from '../../../../src/domain/unmodelled/kinds/index.ts'

const groups = [...decidingGroups.strict, ...decidingGroups.other]

describe('the table of kinds', () => {
  it('has an entry for every group that is read as a whole', () => {
    const missing = groups.filter(
      (group) =>
        group !== 'flagger.app' && entryOf({ apiVersion: `${group}/v1`, kind: 'Whatever' }) === undefined,
    )

    expect(missing).toEqual([])
  })

  it('reads every kind that it compares as a whole', () => {
    const whole = kindEntries.filter(({ partial }) => partial !== true)
    const unread = whole.flatMap(({ group, kinds = ['Whatever'] }) =>
      kinds.filter((kind) => !decidesAsAWhole(`${group}/v1`, kind)),
    )

    expect(unread).toEqual([])
  })

  it('reads nothing twice: what is compared in part is not compared as a whole', () => {
    const partial = kindEntries.filter((entry) => entry.partial === true)
    const twice = partial.flatMap(({ group, kinds = [] }) =>
      kinds.filter((kind) => decidesAsAWhole(group === '' ? 'v1' : `${group}/v1`, kind)),
    )

    expect(twice).toEqual([])
  })

  it('knows a Rollout by what it does to routes, and, like anything that makes pods, by these', () => {
    const entries = partialEntriesOf({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' })
    const ofAll = kindEntries.filter(({ group, kinds }) => group === '*' && kinds === undefined)

    expect(entries.filter(({ group }) => group === 'argoproj.io')).toHaveLength(1)
    expect(entries).toEqual(expect.arrayContaining(ofAll))
  })

  it('reads nothing in part that it reads as a whole', () => {
    expect(partialEntriesOf({ apiVersion: 'networking.istio.io/v1', kind: 'Sidecar' })).toEqual([])
  })

  it('tells the Gateways of the two APIs apart', () => {
    const [kubernetes, istio] = ['gateway.networking.k8s.io/v1', 'networking.istio.io/v1'].map((apiVersion) =>
      entryOf({ apiVersion, kind: 'Gateway' }),
    )

    expect([kubernetes, istio].map((entry) => [entry?.group, entry?.kinds])).toEqual([
      ['gateway.networking.k8s.io', ['Gateway']],
      ['networking.istio.io', ['Gateway']],
    ])
  })
})
