import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const chart = 'teams/catalog/chart'
const [template, values] = [`${chart}/templates/vs.yaml`, `${chart}/values.yaml`]
const named = { [`${chart}/Chart.yaml`]: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n' }
const virtualService = (hosts: string, { kind = 'VirtualService', name = '{{ .Release.Name }}' } = {}) =>
  `apiVersion: networking.istio.io/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  hosts: ${hosts}
  gateways: [default/bookinfo-gateway]
  http: [{ match: [{ uri: { prefix: /api } }], route: [{ destination: { host: catalog } }] }]
`
const theirs = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: login, namespace: login }
spec: { hosts: [Login.example], gateways: [default/bookinfo-gateway], http: [{ route: [{ destination: { host: login } }] }] }
`
const around = { ...named, 'mesh/bookinfo.yaml': null, 'teams/login/vs-1.yaml': theirs }
const one = virtualService('["{{ .Values.host }}"]')
const readable = virtualService('["{{ .Values.host }}"]', { name: 'shop' })
const before = { [template]: one, [values]: 'host: catalog.example\n' }
const stopped = (way: string, files: Files, base: Files = before): Attempt => ({
  way,
  setting: { files: { ...around, ...base } },
  files,
  conclusion: 'action_required',
  waitsFor: ['login'],
})
const harmless = (way: string, files: Files, base: Files = before) => ({
  way,
  setting: { files: { ...around, ...base } },
  files,
})
const written = (text: string, said: string) => ({ [template]: text, [values]: said })

testAttackClass('a chart of one’s own whose values hold the host of another team', {
  attack: stopped('its values change', { [values]: 'host: login.example\n' }),
  variants: [
    stopped('the chart is new', written(one, 'host: login.example\n'), {}),
    stopped('the template is new', { [template]: one }, { [values]: 'host: login.example\n' }),
    stopped('in other letters', { [values]: 'host: LOGIN.example\n' }),
    stopped(
      'in a list',
      written(
        virtualService('\n{{ toYaml .Values.hosts | indent 4 }}'),
        'hosts: [a.example, login.example]\n',
      ),
      {},
    ),
    stopped(
      'deeper',
      written(virtualService('["{{ .Values.web.host }}"]'), 'web: { host: login.example }\n'),
      {},
    ),
    stopped(
      'through a pipe',
      written(virtualService('[{{ .Values.host | quote }}]'), 'host: login.example\n'),
      {},
    ),
    stopped(
      'as a key that a loop goes through',
      written(
        `{{- range $host, $_ := .Values.all }}\n---\n${virtualService('["{{ $host }}"]')}{{- end }}\n`,
        'all: { login.example: {} }\n',
      ),
      {},
    ),
    stopped(
      'with everything else of it',
      written(
        'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: a }\nspec: {{ toYaml .Values.spec | nindent 2 }}\n',
        'spec: { hosts: [login.example] }\n',
      ),
      {},
    ),
    stopped(
      'with its kind',
      written(
        virtualService('["{{ .Values.host }}"]', { kind: '{{ .Values.kind }}' }),
        'kind: VirtualService\nhost: login.example\n',
      ),
      {},
    ),
    stopped('for one environment', { [`${chart}/values-prod.yaml`]: 'host: login.example\n' }),
    stopped(
      'in a chart within it',
      { [`${chart}/charts/sub/templates/vs.yaml`]: one, [values]: 'sub: { host: login.example }\n' },
      {},
    ),
    stopped(
      'in a template that can be read as it is',
      { [values]: 'host: login.example\n' },
      { ...before, [template]: readable },
    ),
    {
      ...stopped('in a new one of these', written(readable, 'host: login.example\n'), {}),
      waitsFor: ['an admin', 'login'],
    },
  ],
  neighbours: [
    harmless(
      'a host of one’s own in a template that can be read as it is',
      { [values]: 'host: catalog-2.example\n' },
      { ...before, [template]: readable },
    ),
    harmless('a host of one’s own', { [values]: 'host: catalog-2.example\n' }),
    harmless('another value beside', { [values]: 'host: catalog.example\nreplicas: 2\n' }),
    harmless('their host as another value', { [values]: 'host: catalog.example\nupstream: login.example\n' }),
    harmless('their host in an address', {
      [values]: 'host: catalog.example\nurl: https://login.example/x\n',
    }),
    harmless(
      'a template of a Deployment',
      written(
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: {{ .Values.name }} }\n',
        'name: a\nhost: login.example\n',
      ),
      {},
    ),
    harmless('the values of another chart', { 'teams/catalog/other/values.yaml': 'host: login.example\n' }),
    harmless(
      'what stood there before',
      { [template]: one.replace('/api', '/api'), [values]: 'host: login.example\nreplicas: 3\n' },
      written(one, 'host: login.example\n'),
    ),
    harmless(
      'their host is taken out of a comment',
      { [values]: 'host: catalog.example\n' },
      written(one, 'host: catalog.example # login.example\n'),
    ),
    harmless('an image', { [values]: 'host: catalog.example\nimage: { tag: "2" }\n' }),
    harmless('a readme', { [`${chart}/README.md`]: 'host: login.example\n' }),
  ],
})
