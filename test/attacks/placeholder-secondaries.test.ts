import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files, Setting } from '../support/stage.ts'

/** `«X»` stands for the placeholder of that name. */
function filled(text: string): string {
  return text.replaceAll('«', '$' + '{').replaceAll('»', '}')
}

interface Named {
  readonly name?: string
  readonly namespace?: string
}

const to = (host: string) => `route: [{ destination: { host: ${host}.default.svc.cluster.local } }]`

function secondary(uri: string, { name = 'vs-«NAME»', namespace = 'ns1' }: Named = {}, more = ''): string {
  return filled(`apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: "${name}", namespace: "${namespace}" }
spec:
  http:
    - match: [{ uri: ${uri} }]
      ${to('productpage')}
${more}`)
}

/** Catalog's delegate comes first, so that nothing but what catalog writes keeps login's requests from it. */
function primary(name = 'vs-2', namespace = 'ns1'): string {
  return filled(`apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: bookinfo, namespace: default }
spec:
  gateways: [bookinfo-gateway]
  hosts: ["*"]
  http:
    - match: [{ uri: { prefix: / } }]
      delegate: { name: "${name}", namespace: "${namespace}" }
    - match: [{ uri: { prefix: /log } }]
      delegate: { name: vs-1, namespace: ns1 }
`)
}

const path = 'teams/catalog/vs-2.yaml'
const mine = '{ prefix: /static }'
const theirs = '{ prefix: /log }'

interface Case {
  readonly named?: Named
  readonly delegate?: Named
  readonly before?: string
  readonly after?: string
  readonly more?: Files
  readonly configuration?: string
  readonly rest?: Partial<Attempt>
}

function settingOf({ named, delegate, before, more, configuration }: Case): Setting {
  return {
    files: {
      'mesh/bookinfo.yaml': primary(delegate?.name, delegate?.namespace),
      [path]: before ?? secondary(mine, named),
      ...more,
    },
    ...(configuration !== undefined && { configuration }),
  }
}

function stopped(way: string, each: Case = {}): Attempt {
  return {
    way,
    setting: settingOf(each),
    files: { [path]: each.after ?? secondary(theirs, each.named) },
    conclusion: 'action_required',
    waitsFor: ['login'],
    silentOn: /no request changes|no other team is affected/,
    ...each.rest,
  }
}

function harmless(way: string, each: Case = {}): Omit<Attempt, 'conclusion' | 'waitsFor'> {
  return { ...stopped(way, each), says: '', title: '', silentOn: /may move from login/ }
}

testAttackClass('a secondary that may be what a primary delegates to, once placeholders are filled in', {
  attack: {
    ...stopped('its name is filled in'),
    title: /^Waiting for login: \/login and \/logout may move from login to catalog/,
  },
  variants: [
    stopped('its name is filled in as a whole', { named: { name: '«NAME»' } }),
    stopped('its namespace is filled in', { named: { name: 'vs-2', namespace: '«NAMESPACE»' } }),
    stopped('both are', { named: { name: '«NAME»', namespace: '«NAMESPACE»' } }),
    stopped('the end of its name is', { named: { name: 'vs-2«SUFFIX»' }, delegate: { name: 'vs-2-prod' } }),
    stopped('by a template of Helm', { named: { name: '{{ .Values.name }}' } }),
    stopped('by a variable of Kustomize', { named: { name: '$(NAME)' } }),
    stopped('the delegate is filled in', { named: { name: 'vs-2' }, delegate: { name: 'vs-«N»' } }),
    stopped('the namespace of the delegate is', {
      named: { name: 'vs-2' },
      delegate: { name: 'vs-2', namespace: '«NAMESPACE»' },
    }),
    stopped('each is filled in by another placeholder', {
      named: { name: 'vs-«A»' },
      delegate: { name: 'vs-«B»' },
    }),
    stopped('an entry without match', {
      after: secondary(mine, {}, `    - ${to('productpage')}\n`),
    }),
    stopped('an entry beside its own', {
      after: secondary(mine, {}, `    - match: [{ uri: { exact: /login } }]\n      ${to('productpage')}\n`),
    }),
    stopped('a wider match', { after: secondary('{ prefix: / }') }),
    stopped('a regular expression', {
      after: secondary('{ regex: "/lo.*" }'),
      delegate: { name: 'vs-2' },
      more: {
        'mesh/bookinfo.yaml': primary().replace(
          'match: [{ uri: { prefix: / } }]\n      delegate: { name: "vs-2"',
          'delegate: { name: "vs-2"',
        ),
      },
    }),
    stopped('where secondaries may live elsewhere', { configuration: 'complete: false\n' }),
    stopped('where another of its names is for something else', {
      more: { 'teams/catalog/other.yaml': secondary(mine, { name: 'other-«NAME»' }) },
    }),
    stopped('where two files hold the name', {
      more: { 'teams/catalog/zz.yaml': secondary(mine) },
    }),
  ],
  neighbours: [
    harmless('another path of its own', { after: secondary('{ prefix: /api/v1 }') }),
    harmless('a timeout of its own route', { after: secondary(mine, {}, '      timeout: 3s\n') }),
    harmless('a comment', { after: `# reviewed\n${secondary(mine)}` }),
    harmless('a label', { after: secondary(mine).replace('namespace:', 'labels: { a: b }, namespace:') }),
    harmless('a narrower match', { after: secondary('{ prefix: /static/v2 }') }),
    harmless('another host of its own', { after: secondary(mine).replace('productpage', 'assets') }),
    harmless('a name that no delegate can mean', { named: { name: 'other-«NAME»' } }),
    harmless('a namespace that no delegate can mean', { named: { name: 'vs-2', namespace: 'other-«NS»' } }),
    harmless('where every delegate has its secondary', {
      named: { name: 'spare-«NAME»' },
      more: { 'teams/catalog/vs-2-own.yaml': secondary(mine, { name: 'vs-2' }) },
    }),
    harmless('of a delegate that comes after', {
      more: {
        'mesh/bookinfo.yaml': `${primary().split('    - match')[0]}    - match: [{ uri: { prefix: /log } }]
      delegate: { name: vs-1, namespace: ns1 }
    - match: [{ uri: { prefix: /static } }]
      delegate: { name: vs-2, namespace: ns1 }
`,
      },
      after: secondary('{ prefix: /static/v3 }'),
    }),
    harmless('the default of a placeholder', {
      named: { name: 'vs-«NAME:=2»' },
      after: secondary('{ prefix: /static/v2 }', { name: 'vs-«NAME:=2»' }),
    }),
  ],
})
