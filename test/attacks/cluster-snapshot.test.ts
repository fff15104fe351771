import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

interface Object {
  readonly kind?: string
  readonly name: string
  readonly namespace?: string | undefined
  readonly spec: string
}

/** A VirtualService of `shop.example` on the gateway of the mesh. */
function written({ kind = 'VirtualService', name, namespace = 'shop', spec }: Object): string {
  const metadata = namespace === '' ? `{ name: ${name} }` : `{ name: ${name}, namespace: ${namespace} }`
  return `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: ${metadata}\nspec: ${spec}\n`
}

const spec = (uri: string, host: string) =>
  `{ hosts: [shop.example], gateways: [default/bookinfo-gateway], http: [{ match: [{ uri: { ${uri} } }], route: [{ destination: { host: ${host} } }] }] }`

const login = (uri = 'prefix: /cart') => written({ name: 'cart', spec: spec(uri, 'cart') })
const catalog = (uri = 'prefix: /items', namespace?: string) =>
  written({ name: 'items', namespace, spec: spec(uri, 'items') })

interface Item {
  readonly name: string
  readonly namespace?: string
  readonly kind?: string
  readonly at: string
  readonly spec?: string
}

function item({
  name,
  namespace = 'shop',
  kind = 'VirtualService',
  at,
  spec: own = spec('prefix: /none', name),
}: Item): string {
  return `- apiVersion: networking.istio.io/v1
  kind: ${kind}
  metadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: "${at}" }
  spec: ${own}
`
}

function snapshotOf(...items: readonly Item[]): string {
  return `apiVersion: v1\nkind: List\nmetadata: { resourceVersion: "" }\nitems:${items.length === 0 ? ' []' : ''}\n${items.map(item).join('')}`
}

const old = '2024-01-01T00:00:00Z'
const young = '2025-01-01T00:00:00Z'
const [first, second] = ['cart', 'items']
const loginFirst = snapshotOf({ name: first, at: old }, { name: second, at: young })
const catalogFirst = snapshotOf({ name: first, at: young }, { name: second, at: old })

const path = 'cluster/prod.yaml'
const [theirs, own] = ['teams/login/cart.yaml', 'teams/catalog/items.yaml']
const configuration = `snapshots: [{ path: ${path} }]\n`
const base: Files = { [theirs]: login(), [own]: catalog(), [path]: loginFirst }
const ownership = `${bookinfoFiles()['.github/CODEOWNERS'] ?? ''}\n/cluster/ @bookinfo/mesh-admins\n`

interface Case extends Partial<Omit<Attempt, 'way' | 'files' | 'setting'>> {
  readonly beside?: Files
  readonly configuration?: string
}

function attempt(
  way: string,
  files: Files,
  { beside = {}, configuration: own = configuration, ...rest }: Case,
): Attempt {
  const setting = { files: { ...base, ...beside }, configuration: own, codeowners: ownership }
  return { way, setting, files, conclusion: 'action_required', waitsFor: ['mesh-admins'], ...rest }
}

const asked = (way: string, files: Files, rest: Case = {}) => attempt(way, files, rest)

function harmless(way: string, files: Files, rest: Case = {}): Omit<Attempt, 'conclusion' | 'waitsFor'> {
  return attempt(way, files, { silentOn: /not certain|perhaps|may /, ...rest })
}

const withOther = snapshotOf(
  { name: first, at: old },
  { name: second, at: young },
  { name: 'other', at: old, spec: spec('prefix: /other', 'other') },
)

testAttackClass('a snapshot of the cluster that somebody writes for themselves', {
  onGitHub: {},
  attack: asked(
    'the ages are exchanged',
    { [path]: catalogFirst },
    { says: /cluster\/prod.yaml is changed/ },
  ),
  variants: [
    asked('an object is taken out', { [path]: snapshotOf({ name: first, at: old }) }),
    asked('one is added', { [path]: `${loginFirst}${item({ name: 'x', at: old })}` }),
    asked('all are', { [path]: snapshotOf() }),
    asked('it is deleted', { [path]: null }, { conclusion: 'failure', says: 'invalid-snapshot' }),
    asked(
      'it is no list any more',
      { [path]: 'kind: ConfigMap\n' },
      { conclusion: 'failure', says: 'invalid-snapshot' },
    ),
    asked(
      'it is no YAML any more',
      { [path]: 'a: [\n' },
      { conclusion: 'failure', says: 'invalid-snapshot' },
    ),
    asked(
      'an object stands in it twice',
      { [path]: `${loginFirst}${item({ name: first, at: young })}` },
      {
        conclusion: 'failure',
        says: 'invalid-snapshot',
      },
    ),
    asked('it is changed with what it would settle', {
      [path]: catalogFirst,
      [own]: catalog('prefix: /cart'),
    }),
    asked(
      'it becomes larger than anybody reads',
      { [path]: `${loginFirst}# ${'x'.repeat(5 * 1024 * 1024)}\n` },
      {
        conclusion: 'failure',
        says: /larger than 5 MB/,
      },
    ),
    asked(
      'it is not named any more',
      { '.github/firebreak.yml': '{}\n' },
      {
        conclusion: 'action_required',
        waitsFor: ['an admin', 'login', 'mesh-admins'],
      },
    ),
    asked(
      'another one is',
      {
        '.github/firebreak.yml': 'snapshots: [{ path: other.yaml }]\n',
        'other.yaml': catalogFirst,
      },
      { conclusion: 'action_required', waitsFor: ['an admin', 'login', 'mesh-admins'] },
    ),
    asked(
      'it is named for another mesh',
      {
        '.github/firebreak.yml': `snapshots: [{ path: ${path}, mesh: other }]\n`,
      },
      { conclusion: 'failure' },
    ),
    asked(
      'an object that another repository delivers is taken over',
      {
        'teams/catalog/other.yaml': written({ name: 'other', spec: spec('prefix: /other', 'evil') }),
      },
      {
        beside: {
          [path]: `${loginFirst}${item({ name: 'other', at: old, spec: spec('prefix: /other', 'other') })}`,
        },
      },
    ),
    asked(
      'what it takes is taken',
      { [own]: catalog('prefix: /o') },
      {
        beside: {
          [path]: snapshotOf(
            { name: first, at: young },
            { name: second, at: old },
            { name: 'other', at: young, spec: spec('prefix: /other', 'other') },
          ),
        },
      },
    ),
    asked(
      'an older VirtualService takes what a younger one has',
      { [own]: catalog('prefix: /c') },
      {
        beside: { [path]: catalogFirst },
        waitsFor: ['login'],
      },
    ),
    asked(
      'what is deleted here does not come back',
      { [theirs]: null },
      {
        waitsFor: ['login'],
        says: /404/,
      },
    ),
  ],
  neighbours: [
    harmless('a younger VirtualService asks for what an older one has', { [own]: catalog('prefix: /cart') }),
    harmless(
      'an older one asks for more of its own',
      { [own]: catalog('prefix: /ite') },
      {
        beside: { [path]: catalogFirst },
      },
    ),
    harmless('a comment in the own file', { [own]: `# ours\n${catalog()}` }),
    harmless('the own file is moved', { [own]: null, 'teams/catalog/shop/items.yaml': catalog() }),
    harmless('an administrator writes it anew', { [path]: catalogFirst }, { by: 'maya' }),
    harmless(
      'an administrator takes in what another repository delivers',
      {
        'mesh/other.yaml': written({ name: 'other', spec: spec('prefix: /other', 'other') }),
      },
      { beside: { [path]: withOther }, by: 'maya', silentOn: /would|may / },
    ),
    harmless(
      'beside what another repository delivers',
      { [own]: catalog('prefix: /items/new') },
      {
        beside: { [path]: withOther },
      },
    ),
    harmless(
      'an object without namespace that the cluster has in one only',
      { [own]: catalog('prefix: /items/new', '') },
      {
        beside: { [own]: catalog('prefix: /items', '') },
      },
    ),
    harmless(
      'an object says the namespace that it has in the cluster',
      { [own]: catalog() },
      {
        beside: { [own]: catalog('prefix: /items', '') },
        silentOn: /would|may |moves/,
      },
    ),
    harmless(
      'beside objects of other kinds',
      { [own]: catalog('prefix: /items/new') },
      {
        beside: { [path]: `${loginFirst}${item({ kind: 'Sidecar', name: 'x', at: old, spec: '{}' })}` },
      },
    ),
    harmless(
      'beside names that no cluster has',
      { [own]: catalog('prefix: /items/new') },
      {
        beside: { [path]: `${loginFirst}${item({ name: '"`x` @maya <b>"', at: old })}` },
        silentOn: /maya/,
      },
    ),
  ],
})
