import { bookinfoFiles } from '../../../demo/bookinfo.ts'
import type { Proposal } from '../../../src/domain/assess.ts'
import { proposalOf } from '../../report/story.ts'

/** By path; null removes. */
type Files = Readonly<Record<string, string | null>>

interface Recorded {
  /** Beside the Bookinfo mesh. */
  readonly beside?: Files
  readonly files: Files
}

/** A text of which another tool fills in all. */
function marked(name: string): string {
  return `$\{${name}}`
}

const calls = 'teams/catalog/calls.yaml'

function virtualService(id: string, spec: object): string {
  const [namespace, name] = id.split('/')
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: "${name}", namespace: "${namespace}" }
spec: ${JSON.stringify({ http: [{ route: [{ destination: { host: 'stub' } }] }], ...spec })}
`
}

function object(kind: string, id: string, rest = ''): string {
  const [namespace, name] = id.split('/')
  const apiVersion = kind === 'Service' ? 'v1' : 'networking.istio.io/v1'
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\n${rest}`
}

function gateway(id: string, hosts: readonly string[]): string {
  const servers = [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts }]
  return object(
    'Gateway',
    id,
    `spec: ${JSON.stringify({ selector: { istio: 'ingressgateway' }, servers })}\n`,
  )
}

const login = 'teams/login/vs-1.yaml'
const loginText = bookinfoFiles()[login] ?? ''
const bookinfoGateway = ['default/bookinfo-gateway']
const shop = virtualService('login/shop', { hosts: ['shop.example'], gateways: bookinfoGateway })
const noBookinfo: Files = Object.fromEntries(
  Object.keys(bookinfoFiles()).flatMap((path) =>
    path.startsWith('.github/') ? [] : [[path, null] as const],
  ),
)
const twoGateways: Files = {
  'mesh/internal.yaml': virtualService('default/internal', {
    hosts: ['*'],
    gateways: ['default/internal-gateway', 'default/other-gateway'],
    http: [{ match: [{ uri: { prefix: '/log' } }], delegate: { name: 'vs-1', namespace: 'ns1' } }],
  }),
}

/** One proposal, at least, for each way in which a reason was told. */
export const recordedProposals: Readonly<Record<string, Recorded>> = {
  'a name is taken': { files: { [calls]: virtualService('ns1/vs-1', {}) } },
  'a name is taken by an object that is not modelled': {
    beside: { 'teams/login/rule.yaml': object('DestinationRule', 'login/x', 'spec: { host: a }\n') },
    files: { 'teams/catalog/rule.yaml': object('DestinationRule', 'login/x', 'spec: { host: b }\n') },
  },
  'a namespace is entered': {
    beside: { 'teams/login/shop.yaml': shop },
    files: { [calls]: virtualService('login/new', {}) },
  },
  'a host is claimed': {
    files: { [calls]: virtualService('ns2/new', { hosts: ['*'], gateways: bookinfoGateway }) },
  },
  'a gateway is claimed': { files: { 'teams/catalog/gateway.yaml': gateway('default/catalog', ['*']) } },
  'the calls of a service are taken': {
    beside: { 'teams/login/accounts.yaml': object('Service', 'login/accounts') },
    files: { [calls]: virtualService('ns2/new', { hosts: ['accounts.login.svc.cluster.local'] }) },
  },
  'the calls of a service entry are taken': {
    beside: {
      'teams/login/entry.yaml': object('ServiceEntry', 'login/bank', 'spec: { hosts: ["bank.example"] }\n'),
    },
    files: { [calls]: virtualService('ns2/new', { hosts: ['bank.example'] }) },
  },
  'the calls into a namespace are taken': {
    beside: { 'teams/login/accounts.yaml': object('Service', 'login/accounts') },
    files: { [calls]: virtualService('ns2/new', { hosts: ['sessions.login.svc.cluster.local'] }) },
  },
  'the calls into a namespace of nobody are taken': {
    files: { [calls]: virtualService('ns2/new', { hosts: ['a.elsewhere.svc.cluster.local'] }) },
  },
  'the calls of all services are taken': {
    files: { [calls]: virtualService('ns2/new', { hosts: ['*.local'] }) },
  },
  'the calls to a host at a gateway are taken': {
    beside: { 'teams/login/shop.yaml': shop },
    files: { [calls]: virtualService('ns2/new', { hosts: ['shop.example'] }) },
  },
  'a name is filled in': { files: { [calls]: virtualService(`ns1/vs-${marked('N')}`, {}) } },
  'a host is filled in': {
    files: { [calls]: virtualService('ns2/new', { hosts: [marked('HOST')], gateways: bookinfoGateway }) },
  },
  'a host on the mesh is filled in': {
    files: { [calls]: virtualService('ns2/new', { hosts: [marked('HOST')] }) },
  },
  'a gateway is filled in, and may be the mesh': {
    beside: { 'teams/login/accounts.yaml': object('Service', 'login/accounts') },
    files: {
      [calls]: virtualService('ns2/new', {
        hosts: ['accounts.login.svc.cluster.local'],
        gateways: [marked('G')],
      }),
    },
  },
  'routes are filled in': {
    beside: {
      'teams/catalog/own.yaml': virtualService('ns2/own', { hosts: ['*'], gateways: bookinfoGateway }),
    },
    files: {
      'teams/catalog/own.yaml': virtualService('ns2/own', {
        hosts: ['*'],
        gateways: bookinfoGateway,
        http: [marked('ROUTES')],
      }),
    },
  },
  'something is written beside the meshes': {
    beside: { ...noBookinfo, 'teams/login/shop.yaml': shop, 'teams/catalog/shop.yaml': shop },
    files: { 'new.yaml': virtualService('ns2/new', { hosts: ['b.example'], gateways: ['ns2/own'] }) },
  },
  'meshes are divided otherwise': {
    beside: { ...noBookinfo, 'teams/login/shop.yaml': shop },
    files: { 'teams/catalog/shop.yaml': shop },
  },
  'objects are changed, moved and removed': {
    files: {
      [login]: loginText.replace('exact', 'prefix'),
      'teams/catalog/vs-2.yaml': null,
      'teams/login/vs-2.yaml': bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? '',
    },
  },
  'an object is written otherwise': {
    files: { [login]: loginText.replace('metadata:', 'metadata:\n  labels: { who: me }') },
  },
  'a document cannot be read': {
    files: { [login]: `${loginText}---\n${object('VirtualService', 'login/x', 'spec: {\n')}` },
  },
  'the judge is changed': { files: { '.github/CODEOWNERS': '* @bookinfo/catalog\n' } },
  'the judge is replaced': {
    beside: { '.github/CODEOWNERS': null, 'docs/CODEOWNERS': bookinfoFiles()['.github/CODEOWNERS'] ?? '' },
    files: { CODEOWNERS: '* @bookinfo/catalog\n' },
  },
  'requests change at one gateway': { files: { [login]: loginText.replace('productpage', 'ratings') } },
  'requests change at several gateways': {
    beside: twoGateways,
    files: { [login]: loginText.replace('productpage', 'details') },
  },
  'a rule asks': {
    files: {
      'teams/catalog/filter.yaml': object('EnvoyFilter', 'ns1/x', 'spec: { configPatches: [] }\n'),
    },
  },
}

function sideOf(files: Files): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [[path, text] as const])),
  )
}

/** The proposal of that name as the engine receives it. */
export function recordedProposal(name: string): Proposal {
  const { beside = {}, files } = recordedProposals[name] ?? { files: {} }
  const base = { ...bookinfoFiles(), ...beside }
  const [before, after] = [base, { ...base, ...files }].map((side) =>
    Object.entries(sideOf(side))
      .map(([path, text]) => ({ path, text }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  )
  return proposalOf({ name, base: before ?? [], head: after ?? [], cast: {}, members: {} })
}
