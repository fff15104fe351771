import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/manifest/json.ts'
import { teamOf, unowned } from '../../../src/domain/ownership/team.ts'
import { defaultPolicy } from '../../../src/domain/policy/configuration/configuration.ts'
import {
  admins,
  asked,
  bookinfo,
  catalog,
  change,
  codeownersText,
  delegateTo,
  finding,
  gateway,
  login,
  primary,
  requirements,
  to,
  told,
  virtualService,
  vs1,
  vs2,
} from './fixtures.ts'

const timeout = virtualService('teams/login/vs-1.yaml', 'ns1/vs-1', {
  http: [{ ...to('login'), timeout: '5s' }],
})
const free = virtualService('free/vs-3.yaml', 'ns3/vs-3', { http: [to('free')] })

describe('question 1, resource:', () => {
  it('a change asks the owners of the file', () => {
    expect(told({ merged: [primary, timeout, vs2] })).toEqual([
      '@bookinfo/login: resource: VirtualService ns1/vs-1 in teams/login/vs-1.yaml is changed',
    ])
  })

  it('an addition and a removal ask the owners of the file', () => {
    const vs3 = virtualService('teams/catalog/vs-3.yaml', 'ns2/vs-3', { http: [to('x')] })

    expect(told({ merged: [primary, vs1, vs3] })).toEqual([
      '@bookinfo/catalog: resource: VirtualService ns2/vs-2 is removed from teams/catalog/vs-2.yaml',
      '@bookinfo/catalog: resource: VirtualService ns2/vs-3 is added in teams/catalog/vs-3.yaml',
    ])
  })

  it('a move asks the owners of the old file and of the new one', () => {
    const moved = { ...vs1, file: { path: 'teams/catalog/vs-1.yaml', text: '' } }

    expect(told({ merged: [primary, moved, vs2] })).toEqual([
      '@bookinfo/catalog: resource: VirtualService ns1/vs-1 is moved into teams/catalog/vs-1.yaml',
      '@bookinfo/login: resource: VirtualService ns1/vs-1 is moved out of teams/login/vs-1.yaml',
    ])
  })

  it('a move between files of the same owners asks nobody', () => {
    const moved = { ...vs1, file: { path: 'teams/login/other/vs-1.yaml', text: '' } }

    expect(told({ merged: [primary, moved, vs2] })).toEqual([])
  })

  it('a move with a change asks the owners, even if they stay the same', () => {
    const moved = { ...timeout, file: { path: 'teams/login/other/vs-1.yaml', text: '' } }

    expect(asked({ merged: [primary, moved, vs2] })).toEqual(['@bookinfo/login'])
  })

  it('a Gateway is a resource too', () => {
    const before = gateway('mesh/gateway.yaml', 'istio-system/public', { selector: { app: 'a' } })
    const after = gateway('mesh/gateway.yaml', 'istio-system/public', { selector: { app: 'b' } })

    expect(told({ base: [...bookinfo, before], merged: [...bookinfo, after] })).toEqual([
      '@bookinfo/mesh-admins: resource: Gateway istio-system/public in mesh/gateway.yaml is changed',
    ])
  })

  it('an unowned one asks the administrators of the primaries that delegate to it', () => {
    const delegating = {
      ...primary,
      spec: { ...primary.spec, http: [{ delegate: { name: 'vs-3', namespace: 'ns3' } }] },
    }
    const changed = { ...free, spec: { http: [to('elsewhere')] } }

    expect(asked({ base: [delegating, free], merged: [delegating, changed] })).toEqual([
      '@bookinfo/mesh-admins',
    ])
  })

  it('an unowned one without any primary asks the admins of the repository', () => {
    expect(asked({ merged: [...bookinfo, free] })).toEqual(['the repository admins'])
  })

  it('an unowned one asks the configured administrators where there are some', () => {
    const policy = { ownership: { consent: 'approval', administrators: ['@root'] } } as const

    expect(asked({ merged: [...bookinfo, free], policy })).toEqual(['@root'])
  })

  it('an unowned Gateway asks the administrators of the primaries bound to it', () => {
    const before = gateway('free/gateway.yaml', 'istio-system/public', { selector: { app: 'a' } })

    expect(asked({ base: [...bookinfo, before], merged: bookinfo })).toEqual(['@bookinfo/mesh-admins'])
  })

  it('a line without owners counts as unowned', () => {
    const codeowners = `${codeownersText}/teams/login/\n`

    expect(asked({ merged: [primary, timeout, vs2], codeowners })).toEqual(['@bookinfo/mesh-admins'])
  })
})

describe('question 3, traffic:', () => {
  it('each touched team is asked, with the change', () => {
    const moved = change('moved', [login, catalog], { to: vs2 })
    const [first, second] = requirements({ changes: [moved] })

    expect([first?.team, second?.team]).toEqual([catalog, login])
    expect(first?.because).toMatchObject([
      {
        kind: 'traffic',
        change: moved,
      },
    ])
    expect(told({ changes: [moved] })[0]).toBe(
      '@bookinfo/catalog: traffic: requests to bookinfo.example such as GET /login would move from ns1/vs-1 to ns2/vs-2',
    )
  })

  it('unowned traffic is spoken for by the administrators of its primary', () => {
    expect(asked({ changes: [change('dropped', [unowned])] })).toEqual(['@bookinfo/mesh-admins'])
  })

  it('says what would happen, for every kind of change', () => {
    const kinds = ['dropped', 'opened', 'reclaimed', 'moved', 'reassigned', 'inherited', 'changed'] as const
    const texts = kinds.map((kind) => told({ changes: [change(kind, [login])] })[0])

    expect(
      texts.map((text) =>
        text?.replace('@bookinfo/login: traffic: requests to bookinfo.example such as ', ''),
      ),
    ).toEqual([
      'GET /login would no longer be answered (today by ns1/vs-1)',
      'GET /login would be answered by ns1/vs-1 (today by nobody)',
      'GET /login would go back from ns1/vs-1 to ns1/vs-1',
      'GET /login would move from ns1/vs-1 to ns1/vs-1',
      'GET /login would move from ns1/vs-1 to ns1/vs-1',
      'GET /login would be treated differently by ns1/vs-1, because of its primary',
      'GET /login would be treated differently by ns1/vs-1',
    ])
  })

  it('consent.inherited: report lists what is inherited, unless it is a spill', () => {
    const policy = { consent: { inherited: 'report', certain: 'all', many: 5, ignore: [] } } as const

    expect(asked({ policy, changes: [change('inherited', [login])] })).toEqual([])
    expect(asked({ policy, changes: [change('inherited', [login], { spill: true })] })).toEqual([
      '@bookinfo/login',
    ])
    expect(asked({ policy, changes: [change('changed', [login])] })).toEqual(['@bookinfo/login'])
  })

  it('consent.certain: only lists what may not happen, but never a move, a drop or a spill', () => {
    const policy = {
      consent: { inherited: 'require-approval', certain: 'only', many: 5, ignore: [] },
    } as const
    const uncertain = { certain: false } as const

    expect(asked({ policy, changes: [change('changed', [login], uncertain)] })).toEqual([])
    expect(asked({ policy, changes: [change('moved', [login], uncertain)] })).toEqual(['@bookinfo/login'])
    expect(asked({ policy, changes: [change('dropped', [login], uncertain)] })).toEqual(['@bookinfo/login'])
    expect(asked({ policy, changes: [change('opened', [login], { ...uncertain, spill: true })] })).toEqual([
      '@bookinfo/login',
    ])
    expect(asked({ policy, changes: [change('changed', [login])] })).toEqual(['@bookinfo/login'])
  })
})

describe('a change that many teams inherit', () => {
  const teams = Array.from({ length: 6 }, (_, at) => teamOf([`@team-${at}`]))
  const inherited = teams.map((team) => change('inherited', [team]))

  it('asks each of a few', () => {
    expect(asked({ changes: inherited.slice(0, 5) })).toEqual(teams.slice(0, 5).map((team) => team.label))
  })

  it('asks the administrators, with two voices, for more', () => {
    expect(requirements({ changes: inherited })).toMatchObject([{ team: admins, standsInFor: teams }])
  })

  it('still asks a team that something else touches', () => {
    const more = [...inherited, change('dropped', [login])]

    expect(asked({ changes: more })).toEqual(['@bookinfo/login', '@bookinfo/mesh-admins'])
  })

  it('still asks each where a spill is among what they inherit', () => {
    const spills = teams.map((team) => change('inherited', [team], { spill: true }))

    expect(asked({ changes: spills })).toEqual(teams.map((team) => team.label))
  })
})

describe('metadata of many teams', () => {
  const names = Array.from({ length: 6 }, (_, at) => `team-${at}`)
  const codeowners = `/mesh/ @bookinfo/mesh-admins\n${names.map((name) => `/${name}/ @${name}\n`).join('')}`
  const teams = names.map((name) => teamOf([`@${name}`]))
  const main = virtualService('mesh/main.yaml', 'ns/main', {
    hosts: ['bookinfo.example'],
    http: names.map((name) => delegateTo(`/${name}`, `ns/${name}`)),
  })
  const written = (metadata: JsonObject, http = [to('x')]) => [
    main,
    ...names.map((name) => {
      const resource = virtualService(`${name}/vs.yaml`, `ns/${name}`, { http })
      return { ...resource, body: { ...resource.body, metadata: { name, ...metadata } } }
    }),
  ]
  const labelled = written({ labels: { team: 'x' } })
  const story = { base: written({}), codeowners }

  it('asks each of a few', () => {
    expect(asked({ ...story, merged: [...labelled.slice(0, 6), ...story.base.slice(6)] })).toEqual(
      teams.slice(0, 5).map(({ label }) => label),
    )
  })

  it('asks the administrators, with two voices, for more', () => {
    expect(requirements({ ...story, merged: labelled })).toMatchObject([
      { team: admins, standsInFor: teams, needs: ['metadata'] },
    ])
  })

  it('still asks a team of which something else is changed, and all where the label decides something', () => {
    const more = labelled.map((each, at) => (at === 1 ? { ...each, spec: { http: [to('y')] } } : each))
    const many = { consent: { ...defaultPolicy.consent, many: 4 } }
    const hooks = written({ annotations: { 'argocd.argoproj.io/hook': 'Skip' } })

    expect(asked({ ...story, merged: more, policy: many })).toEqual(['@bookinfo/mesh-admins', '@team-0'])
    expect(asked({ ...story, merged: hooks })).toEqual(teams.map(({ label }) => label))
    expect(asked({ ...story, merged: written({ finalizers: ['x'] }) })).toEqual(
      teams.map(({ label }) => label),
    )
  })

  it('asks each where only owners may change what is theirs', () => {
    const policy = { ownership: { consent: 'author', administrators: [] } } as const

    expect(asked({ ...story, merged: labelled, policy })).toEqual(teams.map(({ label }) => label))
  })
})

describe('question 4, judge:', () => {
  const edit = (path: string, extra: object = {}) => ({
    path,
    base: { path, text: 'old' },
    merged: { path, text: 'new' },
    ...extra,
  })

  it.each(['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.github/firebreak.yml'])(
    '%s is one',
    (path) => {
      expect(asked({ files: [edit(path)], codeowners: '* @bookinfo/login' })).toEqual(['@bookinfo/login'])
    },
  )

  it('other files are none, in whatever case', () => {
    expect(
      asked({ files: [edit('.github/codeowners'), edit('a/CODEOWNERS'), edit('firebreak.yml')] }),
    ).toEqual([])
  })

  it('one that says the same is not changed', () => {
    const path = '.github/CODEOWNERS'
    const file = { path, text: 'same' }

    expect(asked({ files: [{ path, base: file, merged: file }] })).toEqual([])
  })

  it('an unowned one asks the owners of every primary, and the admins of the repository where there is none', () => {
    const other = { ...primary, name: 'shop', file: { path: 'shop/primary.yaml', text: '' } }
    const codeowners = '/mesh/ @bookinfo/mesh-admins\n/shop/ @bookinfo/shop\n'
    const files = [edit('CODEOWNERS')]

    expect(asked({ base: [...bookinfo, other], files, codeowners })).toEqual([
      '@bookinfo/mesh-admins',
      '@bookinfo/shop',
    ])
    expect(asked({ base: [vs1], files, codeowners })).toEqual(['the repository admins'])
  })

  it('one that is moved away or moved here is changed', () => {
    const files = [edit('docs/old.txt', { previousPath: '.github/CODEOWNERS' })]

    expect(told({ files })).toEqual([
      '@bookinfo/mesh-admins: judge: .github/CODEOWNERS is changed: it decides who may change what',
    ])
  })
})

describe('a rule that requires approval', () => {
  const requiring = { effect: 'require-approval' } as const

  it('asks the teams that its finding names', () => {
    expect(told({ findings: [finding('shadowed-route', { ...requiring, teams: [login] })] })).toEqual([
      '@bookinfo/login: rule: shadowed-route in ns1/vs-1',
    ])
  })

  it('asks the administrators where it names none', () => {
    expect(asked({ findings: [finding('shadowed-route', requiring)] })).toEqual(['@bookinfo/mesh-admins'])
    expect(asked({ findings: [finding('shadowed-route', { ...requiring, teams: [unowned] })] })).toEqual([
      '@bookinfo/mesh-admins',
    ])
  })

  it('asks nobody for what was there before, or is gone', () => {
    const findings = (['existing', 'fixed'] as const).map((status) => finding('x', { ...requiring, status }))

    expect(asked({ findings })).toEqual([])
  })
})

describe('requirements', () => {
  it('are none without any CODEOWNERS', () => {
    const merged = [primary, timeout, vs2, free]

    expect(asked({ merged, codeowners: 'none', changes: [change('dropped', [login])] })).toEqual([])
  })

  it('are all of them with an empty CODEOWNERS', () => {
    expect(asked({ merged: [primary, timeout, vs2], codeowners: '' })).toEqual(['the repository admins'])
  })

  it('name each team once, with all its reasons in the order of the questions', () => {
    const [only, ...others] = requirements({
      merged: [primary, timeout, vs2],
      changes: [change('changed', [login])],
    })

    expect(others).toEqual([])
    expect(only?.because.map(({ kind }) => kind)).toEqual(['resource', 'traffic'])
  })

  it('say that only owners will do where the configuration is strict, for resources alone', () => {
    const policy = { ownership: { consent: 'author', administrators: [] } } as const

    expect(requirements({ merged: [primary, timeout, vs2], policy })[0]?.ownersOnly).toBe(true)
    expect(requirements({ changes: [change('changed', [login])], policy })[0]?.ownersOnly).toBeUndefined()
  })

  it('know when nothing but weights changes', () => {
    const before = virtualService('teams/login/vs-1.yaml', 'ns1/vs-1', {
      http: [{ route: [...(to('a', 90).route ?? []), ...(to('b', 10).route ?? [])] }],
    })
    const after = virtualService('teams/login/vs-1.yaml', 'ns1/vs-1', {
      http: [{ route: [...(to('a', 50).route ?? []), ...(to('b', 50).route ?? [])] }],
    })
    const story = {
      base: [primary, before, vs2],
      merged: [primary, after, vs2],
      changes: [change('changed', [login])],
    }

    expect(requirements(story)[0]?.needs).toEqual(['weights'])
    expect(requirements({ ...story, merged: [primary, after] }).some((each) => each.needs)).toBe(false)
    expect(
      requirements({ ...story, findings: [finding('x', { effect: 'require-approval', teams: [login] })] })[0]
        ?.needs,
    ).toBeUndefined()
  })

  it('do not depend on the order of resources, changes and touched teams', () => {
    const changes = [
      change('dropped', [login, catalog]),
      change('changed', [catalog]),
      change('moved', [unowned, login]),
    ]
    const merged = [primary, timeout, free]
    const expected = told({ merged, changes })

    fc.assert(
      fc.property(
        fc.shuffledSubarray(merged, { minLength: 3 }),
        fc.shuffledSubarray(changes, { minLength: 3 }),
        fc.boolean(),
        (resources, some, reverse) => {
          const reordered = some.map((each) => ({
            ...each,
            touched: reverse ? each.touched.toReversed() : each.touched,
          }))

          expect(told({ merged: resources, changes: reordered })).toEqual(expected)
        },
      ),
      { numRuns: 50 },
    )
  })
})
