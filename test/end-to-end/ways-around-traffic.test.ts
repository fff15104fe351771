import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, checked, meets, plain } from '../support/attempt.ts'
import { answers, answersAll, delegates, virtualService } from '../support/manifests.ts'
import { openTheatre, type Setting, type Theatre } from '../support/stage.ts'

const primary = 'mesh/bookinfo.yaml'
const gateway = 'mesh/gateway.yaml'
const primaryText = bookinfoFiles()[primary] ?? ''
const gatewayText = bookinfoFiles()[gateway] ?? ''

const oneHost: Setting = {
  files: { [primary]: primaryText.replace('- "*"', '- shop.example') },
}

const ownGateway = gatewayText.replace('name: bookinfo-gateway', 'name: catalog-gateway')

const unownedSecondary: Setting = {
  files: {
    [primary]: primaryText.replace(
      '  http:\n',
      '  http:\n    - match: [{ uri: { prefix: /loose } }]\n      delegate: { name: loose, namespace: ns1 }\n',
    ),
    'loose.yaml': virtualService({ name: 'loose', namespace: 'ns1', http: [answers('/loose')] }),
  },
}

const ways: readonly Attempt[] = [
  {
    way: 'a new primary on the host of another team',
    files: {
      'teams/catalog/primary.yaml': virtualService({
        name: 'ours',
        namespace: 'catalog',
        hosts: ['*'],
        gateways: ['default/bookinfo-gateway'],
        http: [delegates('/catalog', { name: 'vs-9', namespace: 'ns1' })],
      }),
      'teams/catalog/vs-9.yaml': virtualService({
        name: 'vs-9',
        namespace: 'ns1',
        http: [answers('/catalog/new')],
      }),
    },
    conclusion: 'action_required',
    waitsFor: ['mesh-admins'],
    says: 'claims * on default/bookinfo-gateway, as default/bookinfo in mesh/bookinfo.yaml does',
  },
  {
    way: 'a wildcard host over it',
    setting: oneHost,
    files: {
      'teams/catalog/wild.yaml': virtualService({
        name: 'wild',
        namespace: 'catalog',
        hosts: ['*.example'],
        gateways: ['default/bookinfo-gateway'],
        http: [answersAll],
      }),
    },
    conclusion: 'action_required',
    waitsFor: ['mesh-admins'],
    says: 'claims *.example on default/bookinfo-gateway',
  },
  {
    way: 'the same host in capitals',
    setting: oneHost,
    files: {
      'teams/catalog/loud.yaml': virtualService({
        name: 'loud',
        namespace: 'catalog',
        hosts: ['SHOP.Example'],
        gateways: ['default/bookinfo-gateway'],
        http: [answers('/only-here')],
      }),
    },
    conclusion: 'action_required',
    waitsFor: ['mesh-admins'],
  },
  {
    way: 'a gateway of one`s own on the pods of another',
    files: { 'teams/catalog/gateway.yaml': ownGateway },
    conclusion: 'action_required',
    waitsFor: ['mesh-admins'],
    says: 'Gateway default/catalog-gateway claims * on default/catalog-gateway, as default/bookinfo-gateway',
  },
  {
    way: 'an edit of a gateway that hides a host: those whose traffic it was are asked',
    by: 'maya',
    setting: oneHost,
    files: { [gateway]: gatewayText.replace('- "*"', '- other.example') },
    conclusion: 'action_required',
    waitsFor: ['catalog', 'login'],
  },
  {
    way: 'exportTo that hides a secondary',
    by: 'carla',
    setting: { configuration: 'rules: { hidden-secondary: report }\n' },
    files: {
      'teams/login/vs-1.yaml': (bookinfoFiles()['teams/login/vs-1.yaml'] ?? '').replace(
        'spec:\n',
        'spec:\n  exportTo: ["."]\n',
      ),
    },
    conclusion: 'action_required',
    waitsFor: ['login'],
  },
  {
    way: 'exportTo that hides the primary of others from its gateway',
    by: 'maya',
    setting: {
      configuration: 'istio: { gatewayNamespaces: [istio-system] }\nrules: { hidden-primary: report }\n',
    },
    files: { [primary]: primaryText.replace('spec:\n', 'spec:\n  exportTo: ["."]\n') },
    conclusion: 'action_required',
    waitsFor: ['catalog', 'login'],
  },
  {
    way: 'a catch-all in one`s own file that answers inside the prefix of another team',
    files: {
      'teams/catalog/vs-2.yaml': virtualService({ name: 'vs-2', namespace: 'ns1', http: [answersAll] }),
    },
    conclusion: 'action_required',
    waitsFor: ['login'],
  },
  {
    way: 'becoming an administrator by a primary of one`s own',
    setting: unownedSecondary,
    files: {
      'teams/catalog/primary.yaml': virtualService({
        name: 'ours',
        namespace: 'catalog',
        hosts: ['catalog.example'],
        gateways: ['catalog/gateway'],
        http: [delegates('/', { name: 'loose', namespace: 'ns1' })],
      }),
      'loose.yaml': virtualService({ name: 'loose', namespace: 'ns1', http: [answers('/loose-2')] }),
    },
    conclusion: 'action_required',
    waitsFor: ['an admin', 'mesh-admins'],
  },
]

describe('ways around ownership by hosts, gateways and traffic', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
  })

  afterAll(() => theatre.close())

  it.each(ways)('$way', async (way) => {
    meets(way, await checked(way))
  })

  it.concurrent.each([ways[0], ways.at(-1)])('from the webhook to the check run: $way', async (attempt) => {
    if (attempt === undefined) throw new Error('there are ways')
    const story = await theatre.story(attempt.setting)
    const { summary, ...verdict } = await (await story.propose('carla', attempt.files)).verdict()

    meets(attempt, { ...verdict, said: plain(summary) })
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
