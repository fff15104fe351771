import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const to = 'route: [{ destination: { host: productpage.default.svc.cluster.local } }]'

const secondary = (
  entries: readonly string[] = [`match: [{ uri: { prefix: /static } }], ${to}`],
  more = '',
) =>
  `apiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata: { name: vs-2, namespace: ns1 }\nspec: { ${more}http: [${entries.map((each) => `{ ${each} }`).join(', ')}] }\n`

const primary = (entries: readonly string[], more = '') =>
  `apiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata: { name: shop, namespace: catalog }\nspec: { hosts: [shop.example], gateways: [default/bookinfo-gateway], ${more}http: [${entries.map((each) => `{ ${each} }`).join(', ')}] }\n`

const given = (prefix: string, name = 'vs-2') =>
  `match: [{ uri: { prefix: ${prefix} } }], delegate: { name: ${name}, namespace: ns1 }`

const first = 'teams/catalog/a/vs-2.yaml'
const last = 'teams/catalog/b/vs-2.yaml'
const firstPrimary = 'teams/catalog/a/shop.yaml'
const lastPrimary = 'teams/catalog/b/shop.yaml'

/** Two clusters, a folder each, in a repository that does not say so. */
const files: Files = {
  'mesh/bookinfo.yaml': null,
  'teams/catalog/vs-2.yaml': null,
  'teams/login/vs-1.yaml': null,
  'teams/catalog/a/home.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: catalog }\n',
  [first]: secondary(),
  [last]: secondary(),
  [firstPrimary]: primary([given('/static')]),
  [lastPrimary]: primary([given('/static')]),
}

const configuration = 'meshes: [{ name: all, paths: ["**"] }]\n'

function stopped(way: string, change: Files, says: RegExp, more: Files = {}): Attempt {
  return {
    way,
    setting: { files: { ...files, ...more }, configuration },
    files: change,
    conclusion: 'failure',
    waitsFor: [],
    says,
    title: /^Blocked/,
  }
}

function harmless(way: string, change: Files, more: Files = {}): Omit<Attempt, 'conclusion' | 'waitsFor'> {
  return { way, setting: { files: { ...files, ...more }, configuration }, files: change, says: '', title: '' }
}

testAttackClass('a fault in a copy that is not the last by its path', {
  attack: stopped(
    'an entry that is not within what the primary gives',
    { [first]: secondary([`match: [{ uri: { prefix: /other } }], ${to}`]) },
    /dropped-entry/,
  ),
  variants: [
    stopped(
      'a match beside good ones',
      { [first]: secondary([`match: [{ uri: { prefix: /static } }, { uri: { exact: /other } }], ${to}`]) },
      /dropped-entry/,
    ),
    stopped(
      'hosts',
      { [first]: secondary(undefined, 'hosts: [x.example], gateways: [default/bookinfo-gateway], ') },
      /secondary-with-hosts/,
    ),
    stopped(
      'gateways',
      { [first]: secondary(undefined, 'gateways: [default/bookinfo-gateway], ') },
      /secondary-with-bindings/,
    ),
    stopped(
      'an export that hides it',
      { [first]: secondary(undefined, 'exportTo: ["."], ') },
      /hidden-secondary/,
    ),
    stopped('a delegate of its own', { [first]: secondary([given('/static', 'vs-3')]) }, /nested-delegate/),
    stopped(
      'an entry that no request reaches',
      {
        [first]: secondary([
          `match: [{ uri: { prefix: /static } }], ${to}`,
          `match: [{ uri: { prefix: /static/x } }], ${to}`,
        ]),
      },
      /shadowed-route/,
    ),
    stopped(
      'a match that contradicts itself',
      {
        [first]: secondary([
          `match: [{ uri: { prefix: /static }, headers: { ":method": { exact: GET } }, method: { exact: PUT } }], ${to}`,
        ]),
      },
      /shadowed-route/,
    ),
    stopped(
      'a primary that names nobody',
      { [firstPrimary]: primary([given('/static', 'vs-9')]) },
      /missing-secondary/,
    ),
    stopped(
      'a primary that gives something else',
      { [firstPrimary]: primary([given('/other')]) },
      /dropped-entry/,
    ),
    stopped(
      'a delegate beside a route',
      { [firstPrimary]: primary([`${given('/static')}, ${to}`]) },
      /delegate-beside-action/,
    ),
    stopped(
      'in the first of three',
      { [first]: secondary([`match: [{ uri: { prefix: /other } }], ${to}`]) },
      /dropped-entry/,
      { 'teams/catalog/aa/vs-2.yaml': secondary() },
    ),
    stopped(
      'in the second of three',
      { 'teams/catalog/aa/vs-2.yaml': secondary([`match: [{ uri: { prefix: /other } }], ${to}`]) },
      /dropped-entry/,
      { 'teams/catalog/aa/vs-2.yaml': secondary() },
    ),
    stopped(
      'a copy that is new and wrong',
      { 'teams/catalog/a/again.yaml': secondary([`match: [{ uri: { prefix: /other } }], ${to}`]) },
      /dropped-entry/,
    ),
  ],
  neighbours: [
    harmless('a comment in the first', { [first]: `# a\n${secondary()}` }),
    harmless('a timeout in the first', {
      [first]: secondary([`match: [{ uri: { prefix: /static } }], timeout: 3s, ${to}`]),
    }),
    harmless('a narrower match in the first', {
      [first]: secondary([`match: [{ uri: { prefix: /static/v2 } }], ${to}`]),
    }),
    harmless('another host in the first', { [first]: secondary().replace('productpage', 'assets') }),
    harmless('the same in both', {
      [first]: secondary([`match: [{ uri: { prefix: /static } }], timeout: 3s, ${to}`]),
      [last]: secondary([`match: [{ uri: { prefix: /static } }], timeout: 3s, ${to}`]),
    }),
    harmless('primary and secondary of one folder move to another prefix', {
      [first]: secondary([`match: [{ uri: { prefix: /assets } }], ${to}`]),
      [firstPrimary]: primary([given('/assets')]),
    }),
    harmless('a second entry of both in one folder', {
      [first]: secondary([
        `match: [{ uri: { prefix: /static/v2 } }], ${to}`,
        `match: [{ uri: { prefix: /static } }], ${to}`,
      ]),
    }),
    harmless('labels in the first', {
      [first]: secondary().replace('namespace: ns1 }', 'namespace: ns1, labels: { a: b } }'),
    }),
    harmless(
      'another edit of one that was wrong already',
      {
        [first]: secondary([`match: [{ uri: { prefix: /other } }], ${to}`]).replace(
          'vs-2, ',
          'vs-2, labels: { a: b }, ',
        ),
      },
      { [first]: secondary([`match: [{ uri: { prefix: /other } }], ${to}`]) },
    ),
    harmless(
      'one that was wrong is repaired',
      { [first]: secondary() },
      { [first]: secondary([`match: [{ uri: { prefix: /other } }], ${to}`]) },
    ),
    harmless(
      'an edit of the last beside one that was wrong already',
      { [last]: secondary([`match: [{ uri: { prefix: /static/v2 } }], ${to}`]) },
      { [first]: secondary([`match: [{ uri: { prefix: /other } }], ${to}`]) },
    ),
  ],
})
