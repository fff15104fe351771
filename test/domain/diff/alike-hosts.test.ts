import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alikeHosts } from '../../../src/domain/diff/alike-hosts.ts'
import { targetsOf } from '../../../src/domain/diff/hosts/request-targets.ts'
import { tlsMeetings } from '../../../src/domain/diff/hosts/tls-meetings.ts'
import type { HTTPRoute } from '../../../src/domain/manifest/virtual-service.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { takeSnapshot } from '../../../src/domain/routing/snapshot.ts'
import { changeLine, changesBetween } from '../../support/compared-sides.ts'
import { runs } from '../../support/laws.ts'
import { gateway, manifests, virtualService } from '../../support/meshes.ts'

const gates = [
  gateway('n/gw', {
    selector: { istio: 'i' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
  }),
]
const all = ['a.example', 'b.example', '*.example', 'c.d.example']
const to = (host: string): HTTPRoute => ({ route: [{ destination: { host } }] })

function rooted(name: string, hosts: readonly string[], http: readonly HTTPRoute[]) {
  return virtualService(`n/${name}`, { hosts, gateways: ['n/gw'], http })
}

function meshOf(...virtualServices: readonly ReturnType<typeof rooted>[]) {
  const [mesh] = takeSnapshot(manifests(virtualServices, gates), {
    settings: defaultIstioSettings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => new Set(['n/gw']),
  }).meshes
  return mesh
}

/** For which hosts something is worked out. */
function asked(before: ReturnType<typeof meshOf>, after: ReturnType<typeof meshOf>): readonly string[] {
  const both = { base: before, merged: after, renamed: new Map<string, string>() }
  const alike = alikeHosts<string>()
  const found = targetsOf('n/gw', { ...both, tlsMeeting: tlsMeetings(both) }).map((target) =>
    alike('n/gw', target, () => target.host),
  )
  return [...new Set(found)]
}

describe('hosts whose tables are made of the same', () => {
  it('are looked into one by one where an entry asks for the authority, although its delegate is not there', () => {
    const promised: HTTPRoute = { match: [{ authority: { prefix: 'a' } }], delegate: { name: 'gone' } }
    const [before, after] = [
      meshOf(rooted('v', all, [promised, to('a')])),
      meshOf(rooted('v', all, [promised, to('b')])),
    ]

    expect(asked(before, after).toSorted()).toEqual(all.toSorted())
  })

  it('are looked into once', () => {
    expect(asked(meshOf(rooted('v', all, [to('a')])), meshOf(rooted('v', all, [to('b')])))).toEqual([
      '*.example',
    ])
  })

  it.each<[string, readonly HTTPRoute[]]>([
    ['a route asks for the authority', [{ ...to('a'), match: [{ authority: { exact: 'a.example' } }] }]],
    [
      'a route asks for the authority as a header',
      [{ ...to('a'), match: [{ headers: { ':authority': { exact: 'a.example' } } }] }],
    ],
    [
      'a route asks for the authority by its old name',
      [{ ...to('a'), match: [{ withoutHeaders: { Host: { exact: 'a.example' } } }] }],
    ],
    [
      'what is given to nobody is given by the authority',
      [{ match: [{ authority: { exact: 'a.example' } }], delegate: { name: 'gone' } }, to('a')],
    ],
  ])('are each looked into where %s', (_, http) => {
    expect(asked(meshOf(rooted('v', all, http)), meshOf(rooted('v', all, [to('b')])))).toHaveLength(
      all.length,
    )
  })

  it('are not those that somebody else has as well', () => {
    const shared = rooted('w', ['b.example'], [{ ...to('w'), match: [{ uri: { prefix: '/w' } }] }])

    expect(
      asked(meshOf(rooted('v', all, [to('a')]), shared), meshOf(rooted('v', all, [to('b')]), shared)),
    ).toEqual(['*.example', 'b.example'])
  })

  it('are not those that one side has alone', () => {
    expect(
      asked(meshOf(rooted('v', ['a.example'], [to('a')])), meshOf(rooted('v', all, [to('b')]))),
    ).toContain('a.example')
  })
})

const entries = fc.array(
  fc
    .tuple(
      fc.constantFrom('a', 'b'),
      fc.constantFrom<HTTPRoute['match']>(
        undefined,
        [{ uri: { prefix: '/a' } }],
        [{ uri: { exact: '/a' } }, { headers: { x: { exact: '1' } } }],
        [{ authority: { prefix: 'a' } }],
        [{ headers: { ':authority': { prefix: 'b' } } }],
        [{ withoutHeaders: { Host: { prefix: 'b' } } }],
        [{ port: 80 }],
        [{ port: 81 }],
      ),
    )
    .map(([host, match]) => ({ ...to(host), ...(match && { match }) })),
  { minLength: 1, maxLength: 3 },
)

describe('what differs on a host', () => {
  it('law: is what differs where its VirtualService has no other', () => {
    fc.assert(
      fc.property(entries, entries, fc.subarray(all, { minLength: 1 }), (before, after, hosts) => {
        const lines = (some: readonly string[]) =>
          changesBetween([[rooted('v', some, before)], gates], [[rooted('v', some, after)], gates]).map(
            (change) => ({
              host: change.host,
              said: changeLine(change),
              witness: change.witness,
            }),
          )
        const alone = hosts.filter((host) => !host.startsWith('*')).flatMap((host) => lines([host]))

        expect(lines(hosts).filter(({ host }) => !host.startsWith('*'))).toEqual(
          alone.toSorted((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : 0)),
        )
      }),
      { numRuns: runs(100, 5_000) },
    )
  })
})
