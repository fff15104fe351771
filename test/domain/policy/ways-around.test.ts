import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/domain/policy/decide.ts'
import {
  approval,
  asked,
  bookinfo,
  type Cast,
  change,
  codeownersText,
  delegateTo,
  gateway,
  head,
  judge,
  login,
  mesh,
  people,
  primary,
  type Story,
  snapshotOf,
  to,
  told,
  virtualService,
  vs1,
  vs2,
} from './fixtures.ts'

/** carl of catalog tries it; nobody else has spoken. */
function conclusion(story: Story, cast: Cast = { author: 'carl' }): string {
  return decide(judge(story), people(cast), head).decision.conclusion
}

const ownHost = { hosts: ['bookinfo.example'], gateways: ['istio-system/public'], http: [to('catalog')] }

function edit(path: string) {
  return { path, base: { path, text: 'old' }, merged: { path, text: 'new' } }
}

describe('a resource cannot be taken over by writing it somewhere else:', () => {
  it('moving its file into one`s own folder asks the owners it leaves', () => {
    const merged = [primary, { ...vs1, file: { path: 'teams/catalog/vs-1.yaml', text: '' } }, vs2]

    expect(asked({ merged })).toEqual(['@bookinfo/catalog', '@bookinfo/login'])
    expect(conclusion({ merged })).toBe('action_required')
  })

  it('moving it into one`s own folder and changing it there asks them too', () => {
    const merged = [
      primary,
      virtualService('teams/catalog/x.yaml', 'ns1/vs-1', { http: [to('catalog')] }),
      vs2,
    ]

    expect(asked({ merged })).toContain('@bookinfo/login')
  })

  it('the same name in a second file asks the owners of the first', () => {
    const merged = [
      ...bookinfo,
      virtualService('teams/catalog/x.yaml', 'ns1/vs-1', { http: [to('catalog')] }),
    ]

    expect(told({ merged })).toContain(
      '@bookinfo/login: identity: VirtualService ns1/vs-1 is already written in teams/login/vs-1.yaml',
    )
    expect(conclusion({ merged })).toBe('action_required')
  })

  it('the same name in a second document of one`s own file asks them too', () => {
    const merged = [
      ...bookinfo,
      virtualService('teams/catalog/vs-2.yaml', 'ns1/vs-1', { http: [to('catalog')] }),
    ]

    expect(asked({ merged })).toContain('@bookinfo/login')
  })

  it('the same name without a namespace may be the same', () => {
    const merged = [...bookinfo, virtualService('teams/catalog/x.yaml', '?/vs-1', { http: [to('catalog')] })]

    expect(asked({ merged })).toContain('@bookinfo/login')
  })

  it('deleting it and writing it anew elsewhere is a move', () => {
    const merged = [primary, vs2, virtualService('teams/catalog/new.yaml', 'ns1/vs-1', { http: [] })]

    expect(asked({ merged })).toContain('@bookinfo/login')
  })

  it('deleting it first and writing it anew in a second pull request asks for the namespace', () => {
    const neighbour = virtualService('teams/login/vs-4.yaml', 'ns1/vs-4', { http: [to('login')] })
    const base = [primary, vs2, neighbour]
    const merged = [...base, virtualService('teams/catalog/new.yaml', 'ns1/vs-1', { http: [] })]

    expect(told({ base, merged })).toContain(
      '@bookinfo/login: identity: VirtualService ns1/vs-1 enters the namespace ns1, which only others use',
    )
  })

  it('changing only metadata.namespace enters the namespace of somebody else', () => {
    const merged = [primary, vs1, { ...vs2, namespace: 'ns1' }]

    expect(asked({ merged })).toContain('@bookinfo/login')
  })

  it('a namespace of several others asks the administrators', () => {
    const both = [vs1, virtualService('teams/shop/vs-5.yaml', 'ns1/vs-5', {})]
    const base = [primary, ...both, vs2]
    const merged = [...base, virtualService('teams/catalog/x.yaml', 'ns1/x', {})]
    const codeowners = `${codeownersText}/teams/shop/ @bookinfo/shop\n`

    expect(asked({ base, merged, codeowners })).toEqual(['@bookinfo/catalog', '@bookinfo/mesh-admins'])
  })

  it('a namespace of one`s own, and a new one, ask nobody else', () => {
    const merged = [
      ...bookinfo,
      virtualService('teams/catalog/x.yaml', 'ns2/x', {}),
      virtualService('teams/catalog/y.yaml', 'ns9/y', {}),
    ]

    expect(asked({ merged })).toEqual(['@bookinfo/catalog'])
  })

  it('administrators of the primaries there may enter a namespace', () => {
    const merged = [...bookinfo, virtualService('mesh/x.yaml', 'ns1/x', {})]

    expect(asked({ merged })).toEqual(['@bookinfo/mesh-admins'])
  })
})

describe('a host cannot be taken over:', () => {
  it('a new VirtualService on it asks whoever serves it', () => {
    const merged = [...bookinfo, virtualService('teams/catalog/x.yaml', 'ns2/x', ownHost)]

    expect(told({ merged })).toContain(
      '@bookinfo/mesh-admins: identity: VirtualService ns2/x claims bookinfo.example on istio-system/public, as istio-system/bookinfo in mesh/bookinfo.yaml does',
    )
  })

  it.each(['*.example', '*', 'BOOKINFO.example'])('so does %s', (host) => {
    const merged = [
      ...bookinfo,
      virtualService('teams/catalog/x.yaml', 'ns2/x', { ...ownHost, hosts: [host] }),
    ]

    expect(asked({ merged })).toContain('@bookinfo/mesh-admins')
  })

  it('so does a secondary that is given hosts, or a VirtualService that is given another gateway', () => {
    const other = virtualService('teams/catalog/vs-3.yaml', 'ns2/vs-3', { ...ownHost, gateways: ['ns2/own'] })
    const merged = [primary, vs1, { ...vs2, spec: ownHost }, { ...other, spec: ownHost }]

    expect(
      told({ base: [...bookinfo, other], merged }).filter((each) => each.includes('claims')),
    ).toHaveLength(2)
  })

  it('another host, or the same one on another gateway, asks nobody', () => {
    const merged = [
      ...bookinfo,
      virtualService('teams/catalog/x.yaml', 'ns2/x', { ...ownHost, hosts: ['other.example'] }),
      virtualService('teams/catalog/y.yaml', 'ns2/y', { ...ownHost, gateways: ['ns2/own'] }),
    ]

    expect(asked({ merged })).toEqual(['@bookinfo/catalog'])
  })

  it('a gateway of one`s own on the same pods is no other gateway', () => {
    const server = { port: { number: 80, protocol: 'HTTP' }, hosts: ['*'] }
    const open = { selector: { istio: 'ingressgateway' }, servers: [server] }
    const base = [...bookinfo, gateway('mesh/gateway.yaml', 'istio-system/public', open)]
    const own = gateway('teams/catalog/gateway.yaml', 'ns2/own', open)
    const merged = [
      ...base,
      own,
      virtualService('teams/catalog/x.yaml', 'ns2/x', { ...ownHost, gateways: ['own'] }),
    ]

    const texts = told({ base, merged })
    expect(texts).toContain(
      '@bookinfo/mesh-admins: identity: VirtualService ns2/x claims bookinfo.example on ns2/own, as istio-system/bookinfo in mesh/bookinfo.yaml does',
    )
    expect(texts).toContain(
      '@bookinfo/mesh-admins: identity: Gateway ns2/own claims * on ns2/own, as istio-system/public in mesh/gateway.yaml does',
    )
  })

  it('a short host and its full name are the same', () => {
    const base = [
      ...bookinfo,
      virtualService('teams/login/svc.yaml', 'ns1/svc', { hosts: ['login'], http: [to('login')] }),
    ]
    const merged = [
      ...base,
      virtualService('teams/catalog/x.yaml', 'ns2/x', {
        hosts: ['login.ns1.svc.cluster.local'],
        http: [to('catalog')],
      }),
    ]

    expect(asked({ base, merged })).toContain('@bookinfo/login')
  })

  it('administrators of the primaries there may share a host', () => {
    const base = [...bookinfo, virtualService('teams/login/x.yaml', 'ns1/x', ownHost)]
    const merged = [...base, virtualService('mesh/x.yaml', 'istio-system/x', ownHost)]

    expect(asked({ base, merged })).toEqual(['@bookinfo/mesh-admins'])
  })

  it('adding a primary of one`s own makes nobody an administrator', () => {
    const own = virtualService('teams/catalog/primary.yaml', 'ns2/primary', {
      ...ownHost,
      http: [delegateTo('/', 'ns3/free')],
    })
    const free = virtualService('free/free.yaml', 'ns3/free', { http: [to('free')] })
    const changed = { ...free, spec: { http: [to('catalog')] } }
    const story = { base: [...bookinfo, free], merged: [...bookinfo, own, changed] }

    expect(asked(story)).toEqual(['@bookinfo/catalog', '@bookinfo/mesh-admins', 'the repository admins'])
    expect(conclusion(story)).toBe('action_required')
  })

  it('copies in another mesh are no takeover', () => {
    const base = snapshotOf([mesh([vs1], 'prod'), mesh([vs2], 'staging')])
    const copy = virtualService('staging/vs-1.yaml', 'ns1/vs-1', vs1.spec)
    const merged = snapshotOf([mesh([vs1], 'prod'), mesh([vs2, copy], 'staging')])

    expect(told({ snapshots: { base, merged } }).filter((each) => each.includes('identity'))).toEqual([])
  })
})

describe('the judge cannot be changed by the judged:', () => {
  it('editing CODEOWNERS in the same pull request gives nothing away', () => {
    const merged = [primary, { ...vs1, spec: { http: [to('catalog')] } }, vs2]
    const story = { merged, files: [edit('.github/CODEOWNERS')] }

    expect(asked(story)).toEqual(['@bookinfo/login', '@bookinfo/mesh-admins'])
  })

  it('editing the configuration needs its owners', () => {
    expect(conclusion({ files: [edit('.github/firebreak.yml')] })).toBe('action_required')
  })

  it('a CODEOWNERS in a place that wins asks the owners of the one in force', () => {
    const codeowners = '/CODEOWNERS @bookinfo/mesh-admins\n/.github/ @bookinfo/catalog\n'
    const path = '.github/CODEOWNERS'
    const story = {
      codeowners,
      codeownersPath: 'CODEOWNERS',
      files: [{ path, merged: { path, text: 'new' } }],
    }

    expect(told(story)).toContain(
      '@bookinfo/mesh-admins: judge: .github/CODEOWNERS would replace the CODEOWNERS in force',
    )
    expect(conclusion(story)).toBe('action_required')
  })

  it('CODEOWNERS first and the manifest in a second pull request: the first one is stopped', () => {
    expect(conclusion({ files: [edit('.github/CODEOWNERS')] })).toBe('action_required')
  })
})

describe('consent cannot be had otherwise:', () => {
  const foreign: Story = { merged: [primary, { ...vs1, spec: { http: [to('catalog')] } }, vs2] }

  it.each<[string, Cast]>([
    ['approving one`s own pull request', { reviews: [approval('carl')] }],
    ['an approval by a colleague', { reviews: [approval('cora')] }],
    ['an approval by a bot', { reviews: [{ ...approval('ada'), by: { login: 'ada', bot: true } }] }],
    ['an approval without write access', { reviews: [approval('ada', { mayWrite: false })] }],
    ['a stale approval', { reviews: [approval('ada', { commit: 'older' })] }],
    ['a dismissed approval', { reviews: [approval('ada', { state: 'dismissed' })] }],
    [
      'an approval by the last pusher',
      { pushers: ['carl', 'ada'], lastPusher: 'ada', reviews: [approval('ada')] },
    ],
    [
      'an approval that another owner contradicts',
      { reviews: [approval('ada'), approval('alan', { state: 'changes-requested' })] },
    ],
    ['an approval on another base', { reviews: [approval('ada')], retargetedAt: '2026-11-20T12:00:00Z' }],
    ['an approval by somebody who left the team', { reviews: [approval('former-member')] }],
    ['a login in another case', { reviews: [approval('CARL')] }],
  ])('%s', (_, cast) => {
    expect(conclusion(foreign, { author: 'carl', ...cast })).toBe('action_required')
  })

  it('pushing to an owner`s branch takes away what authorship gave', () => {
    expect(conclusion(foreign, { author: 'ada' })).toBe('success')
    expect(conclusion(foreign, { author: 'ada', pushers: ['ada', 'carl'] })).toBe('action_required')
    expect(conclusion(foreign, { author: 'ada', pushers: 'unknown' })).toBe('action_required')
  })

  it('an approval by the owner opens the gate', () => {
    expect(conclusion(foreign, { author: 'carl', reviews: [approval('ada')] })).toBe('success')
  })

  it('traffic needs consent even where no file of the team changes', () => {
    const story = {
      merged: [primary, vs1, { ...vs2, spec: { http: [to('x')] } }],
      changes: [change('moved', [login], { to: vs2 })],
    }

    expect(conclusion(story)).toBe('action_required')
    expect(conclusion(story, { author: 'carl', reviews: [approval('alan')] })).toBe('success')
  })

  it('case in paths matters, as on GitHub: another case is another file, with other owners', () => {
    const moved = { ...vs1, file: { path: 'teams/Login/vs-1.yaml', text: '' } }

    expect(asked({ merged: [primary, moved, vs2] })).toEqual(['@bookinfo/login', '@bookinfo/mesh-admins'])
  })

  it('strange file names are only names', () => {
    const path = 'teams/login/a # b\n[c] ü.yaml'

    expect(asked({ merged: [...bookinfo, virtualService(path, 'ns1/x', {})] })).toEqual(['@bookinfo/login'])
  })
})
