import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files, Setting } from '../support/stage.ts'

/** `«X»` stands for the placeholder of that name. */
function filled(text: string): string {
  return text.replaceAll('«', '$' + '{').replaceAll('»', '}')
}

const secondary = (match: string, more = '') =>
  filled(`apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: vs-2, namespace: ns1 }
spec:
  http:
    - match: [${match}]
      route: [{ destination: { host: productpage.default.svc.cluster.local } }]
${more}`)

/** Catalog's delegate stands before login's. */
const primary = (match: string) =>
  filled(`apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: bookinfo, namespace: default }
spec:
  gateways: [bookinfo-gateway]
  hosts: ["*"]
  http:
    - match: [${match}]
      delegate: { name: vs-2, namespace: ns1 }
    - match: [{ uri: { prefix: /log } }]
      delegate: { name: vs-1, namespace: ns1 }
`)

const path = 'teams/catalog/vs-2.yaml'
const plain = '{ uri: { prefix: /static } }'

function setting(outer: string, inner = plain): Setting {
  const files: Files = { 'mesh/bookinfo.yaml': primary(outer), [path]: secondary(inner) }
  return { files }
}

function stopped(way: string, inner: string, outer = '{ uri: { prefix: / } }'): Attempt {
  return {
    way,
    setting: setting(outer),
    files: { [path]: secondary(inner) },
    conclusion: 'action_required',
    waitsFor: ['login'],
    silentOn: /no request changes|no other team is affected/,
  }
}

/** Within what is one's own alone whatever is filled in takes nothing of others. */
function harmless(way: string, inner: string, outer = plain): Omit<Attempt, 'conclusion' | 'waitsFor'> {
  return {
    ...stopped(`in one's own prefix, ${way}`, inner, outer),
    setting: setting(outer, outer),
    silentOn: /Istio drops|contradicts itself|moves? from login|no request changes/,
  }
}

testAttackClass('a match of which another tool fills in a part, which may be what others have', {
  attack: stopped('a prefix', '{ uri: { prefix: "«PREFIX»/x" } }'),
  variants: [
    stopped('a prefix as a whole', '{ uri: { prefix: "«PREFIX»" } }'),
    stopped('an exact path', '{ uri: { exact: "«PATH»" } }'),
    stopped('a regular expression', '{ uri: { regex: "«REGEX»" } }', '{ method: { exact: GET } }'),
    stopped('the rest of a path', '{ uri: { prefix: "/l«REST»" } }'),
    stopped('by a template of Helm', '{ uri: { prefix: "{{ .Values.prefix }}" } }'),
    stopped('by a variable of Kustomize', '{ uri: { prefix: "$(PREFIX)" } }'),
    stopped('the name of a header', '{ headers: { "«NAME»": { exact: a } } }'),
    stopped('the value of a header', '{ headers: { x-a: { exact: "«VALUE»" } } }'),
    stopped('the name of a parameter', '{ queryParams: { "«NAME»": { exact: a } } }'),
    stopped('the value of a parameter', '{ queryParams: { a: { exact: "«VALUE»" } } }'),
    stopped('a header that must not be there', '{ withoutHeaders: { "«NAME»": { exact: a } } }'),
    stopped('the method', '{ method: { exact: "«METHOD»" } }'),
    stopped('the host', '{ authority: { exact: "«HOST»" } }'),
    stopped('what the primary gives', '{ uri: { prefix: /login } }', '{ uri: { prefix: "«PREFIX»" } }'),
    stopped('both', '{ uri: { prefix: "«PREFIX»/x" } }', '{ uri: { prefix: "«OTHER»" } }'),
  ],
  neighbours: [
    harmless('a prefix under a prefix of one`s own', '{ uri: { prefix: "«PREFIX»/x" } }'),
    harmless('a prefix as a whole', '{ uri: { prefix: "«PREFIX»" } }'),
    harmless('an exact path', '{ uri: { exact: "«PATH»" } }'),
    harmless('by a template of Helm', '{ uri: { prefix: "{{ .x }}" } }'),
    harmless('the rest of a path', '{ uri: { prefix: "/static/«REST»" } }'),
    harmless('the rest of a shorter path', '{ uri: { prefix: "/sta«REST»" } }'),
    harmless('the name of a header', '{ uri: { prefix: /static }, headers: { "«NAME»": { exact: a } } }'),
    harmless(
      'the name of a header, by a template of Helm',
      '{ uri: { prefix: /static }, headers: { "{{ .x }}": { exact: a } } }',
    ),
    harmless('the name of a parameter', '{ uri: { prefix: /static }, queryParams: { "«NAME»": {} } }'),
    harmless(
      'the value of a header that the primary asks for',
      '{ uri: { prefix: /static }, headers: { x-a: { exact: "«VALUE»" } } }',
      '{ uri: { prefix: /static }, headers: { x-a: { exact: b } } }',
    ),
    harmless(
      'the value of a parameter that the primary asks for',
      '{ uri: { prefix: /static }, queryParams: { a: { exact: "«VALUE»" } } }',
      '{ uri: { prefix: /static }, queryParams: { a: { exact: b } } }',
    ),
    harmless(
      'a method that the primary asks for',
      '{ uri: { prefix: /static }, method: { exact: "«METHOD»" } }',
      '{ uri: { prefix: /static }, method: { exact: GET } }',
    ),
    harmless(
      'the namespace of clients',
      '{ uri: { prefix: /static }, sourceNamespace: "«NS»" }',
      '{ uri: { prefix: /static }, sourceNamespace: ns1 }',
    ),
    harmless(
      'labels of clients',
      '{ uri: { prefix: /static }, sourceLabels: { app: "«APP»" } }',
      '{ uri: { prefix: /static }, sourceLabels: { app: web } }',
    ),
  ],
})
