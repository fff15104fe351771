import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const routes = (bookinfoFiles()['teams/login/vs-1.yaml'] ?? '').replace('name: vs-1', 'name: vs-9')
const app = (ytt: object = {}): Files => ({
  'mesh/app.yaml': `${JSON.stringify({
    apiVersion: 'kappctrl.k14s.io/v1alpha1',
    kind: 'App',
    metadata: { name: 'teams', namespace: 'apps' },
    spec: {
      fetch: [{ git: { url: 'https://example.com/x', subPath: 'teams' } }],
      template: [{ ytt }],
      deploy: [{ kapp: {} }],
    },
  })}\n`,
})
const marked = (...fileMarks: readonly string[]) => app({ fileMarks })
const overlay = `#@ load("@ytt:overlay", "overlay")
#@overlay/match by=overlay.subset({"metadata":{"name":"vs-1"}})
---
spec:
  #@overlay/remove
  http: []
`
const text = 'host: (@= data.values.host @)\n'

const stopped = (way: string, files: Files, base: Files = app(), rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: base },
  files,
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, files: Files, base: Files = app()) => ({
  way,
  setting: { files: base },
  files,
})
const administrators = { waitsFor: ['mesh-admins'] }
const loading = (name: string): Files => ({
  'teams/login/vs-9.yaml': `#@ load("${name}", "host")\n${routes}`,
})

testAttackClass('what ytt reads and is no YAML by its name', {
  attack: stopped('a template of a text', { 'teams/catalog/values.txt': text }),
  variants: [
    stopped(
      'another one',
      { 'teams/catalog/values.txt': `${text}# b\n` },
      { ...app(), 'teams/catalog/values.txt': text },
    ),
    stopped(
      'a library of texts that they load',
      { 'teams/catalog/host.lib.txt': '(@ def host(): @)b(@ end @)' },
      loading('../catalog/host.lib.txt'),
    ),
    stopped(
      'a library of any name',
      { 'teams/catalog/host': 'def host(): return "b"\n' },
      loading('../catalog/host'),
    ),
    stopped('from the root', { 'teams/catalog/host.lib': 'x' }, loading('/teams/catalog/host.lib')),
    stopped(
      'a file that they read',
      { 'teams/catalog/host.bin': 'b' },
      {
        'teams/login/vs-9.yaml': `#@ load("@ytt:data", "data")\n${routes}    #@ data.read("/teams/catalog/host.bin")\n`,
      },
    ),
    stopped(
      'it is gone',
      { 'teams/catalog/host': null },
      { ...loading('../catalog/host'), 'teams/catalog/host': 'x' },
    ),
    stopped(
      'an overlay that is marked as YAML',
      { 'teams/catalog/o.tpl': overlay },
      marked('catalog/o.tpl:type=yaml-template'),
    ),
    stopped('marked by a pattern', { 'teams/catalog/o.md': overlay }, marked('**/*.md:type=yaml-template')),
    stopped('all are marked', { 'teams/catalog/o': overlay }, marked('**/*:type=yaml-template')),
    stopped('a program', { 'teams/catalog/o.star': 'def x(): return 1\n' }),
    stopped(
      'a kind that is filled in',
      {
        'teams/catalog/any.yaml':
          'apiVersion: #@ "networking" + ".istio.io/v1"\nkind: #@ kind\nmetadata:\n  name: x\n',
      },
      app(),
      administrators,
    ),
    stopped(
      'a document that is filled in',
      { 'teams/catalog/any.yaml': '--- #@ template.replace(objects())\n' },
      app(),
      administrators,
    ),
  ],
  neighbours: [
    harmless('a text without marks', { 'teams/catalog/README.txt': 'nothing\n' }),
    harmless('a template of a text elsewhere', { 'docs/values.txt': text }),
    harmless('where nothing is rendered', { 'teams/catalog/values.txt': text }, {}),
    harmless('a text of Markdown', { 'teams/catalog/README.md': overlay }),
    harmless(
      'a text of Markdown where others are marked',
      { 'teams/catalog/README.md': 'a\n' },
      marked('**/*.tpl:type=yaml-template'),
    ),
    harmless(
      'one’s own library',
      { 'teams/catalog/host.lib.txt': 'b' },
      { 'teams/catalog/x.yaml': '#@ load("host.lib.txt", "host")\na: #@ host()\n' },
    ),
    harmless('a file that nobody loads', { 'teams/catalog/other': 'x' }, loading('../catalog/host')),
    harmless('values of one’s own', { 'teams/catalog/x.yaml': 'a: #@ data.values.a\n' }, {}),
    harmless('a comment', { 'teams/catalog/x.yaml': '# kind: any\na: b\n' }),
    harmless('an object of one’s own', {
      'teams/catalog/x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: catalog }\n',
    }),
  ],
})
