import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { testAttackClass } from '../support/attack-class.ts'

const login = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const catalog = bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? ''
const path = 'teams/catalog/vs-2.yaml'

const refused = { conclusion: 'failure', waitsFor: [] } as const
const broken = 'kind: ConfigMap\ndata: [\n'
const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n'

testAttackClass('what Kubernetes refuses in a file of the mesh', {
  onGitHub: {},
  attack: {
    way: 'a broken document in front of one’s own VirtualService',
    files: { [path]: `${broken}---\n${catalog}` },
    ...refused,
    says: /Kubernetes refuses teams\/catalog\/vs-2\.yaml, or what follows in it/,
  },
  variants: [
    { way: 'a broken document behind it', files: { [path]: `${catalog}---\n${broken}` }, ...refused },
    { way: 'a document without kind', files: { [path]: `a: 1\n---\n${catalog}` }, ...refused },
    { way: 'a list beside it', files: { [path]: `${catalog}---\n- a\n` }, ...refused },
    { way: '%YAML 1.2', files: { [path]: `%YAML 1.2\n---\n${catalog}` }, ...refused },
    { way: 'a directive of nobody', files: { [path]: `%FOO\n---\n${catalog}` }, ...refused },
    { way: 'a separator with a text', files: { [path]: `---x\n${catalog}` }, ...refused },
    { way: 'a separator with content', files: { [path]: `${catalog}--- {a: b}\n` }, ...refused },
    { way: 'four dashes at the end', files: { [path]: `${catalog}----\n` }, ...refused },
    {
      way: 'a document indented with tabs',
      files: { [path]: `${catalog}---\nkind: X\nspec:\n\ta: 1\n` },
      ...refused,
    },
    {
      way: 'a control character in the comment of a sibling',
      files: { [path]: `${catalog}---\n# \u0001\n` },
      ...refused,
    },
    { way: 'a line with nothing but a tab', files: { [path]: `\t\n${catalog}` }, ...refused },
    { way: 'braces that are no JSON', files: { [path]: `{kind: X}\n---\n${catalog}` }, ...refused },
    {
      way: 'an alias to nothing in a sibling',
      files: { [path]: `${catalog}---\nkind: X\na: *b\n` },
      ...refused,
    },
    {
      way: 'the file keeps nothing but what cannot be read',
      files: { [path]: broken },
      conclusion: 'failure',
      waitsFor: [],
      silentOn: /no mesh manifest touched/,
    },
    {
      way: 'a new file',
      files: { 'teams/catalog/new.yaml': `${broken}---\n${catalog.replace('vs-2', 'vs-3')}` },
      ...refused,
    },
    {
      way: 'a version that no cluster serves',
      files: { [path]: catalog.replace('io/v1beta1', 'io/v1nope') },
      ...refused,
      says: /No cluster serves version v1nope/,
    },
    {
      way: 'the same in the file of somebody else',
      files: { 'teams/login/vs-1.yaml': login.replace('io/v1beta1', 'io/v1nope') },
      conclusion: 'failure',
      waitsFor: ['login'],
    },
    {
      way: 'without a version',
      files: { [path]: catalog.replace('io/v1beta1', 'io') },
      ...refused,
    },
  ],
  neighbours: [
    { way: 'a broken file without the mesh', files: { 'teams/catalog/other.yaml': broken } },
    { way: 'a values file', files: { 'charts/x/values.yaml': 'a: 1\n---\nb: [\n' } },
    { way: 'an object beside it', files: { [path]: `${object}---\n${catalog}` } },
    { way: 'empty documents and comments', files: { [path]: `---\n# a\n---\n---\n# b\n${catalog}---\n` } },
    { way: 'a comment behind the separator', files: { [path]: `--- # the routes\n${catalog}` } },
    { way: 'white space behind the separator', files: { [path]: `---  \t\n${catalog}` } },
    { way: 'a document that is null', files: { [path]: `${catalog}---\n~\n` } },
    { way: 'the end of a document', files: { [path]: `${catalog}...\n` } },
    { way: 'v1 for v1beta1', files: { [path]: catalog.replace('v1beta1', 'v1') } },
    { way: 'v1alpha3 for v1beta1', files: { [path]: catalog.replace('v1beta1', 'v1alpha3') } },
    {
      way: 'what was broken before, and is edited',
      setting: { files: { [path]: `${catalog}---\n${broken}` } },
      files: { [path]: `${catalog}---\n${broken}# more\n` },
    },
    {
      way: 'what was broken before is repaired',
      setting: { files: { [path]: `${catalog}---\n${broken}` } },
      files: { [path]: catalog },
    },
    {
      way: 'a kustomization without kind',
      files: { 'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml]\nnamePrefix: ""\n' },
      setting: { files: { 'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml]\n' } },
    },
    {
      way: 'a template in a chart',
      setting: { files: { 'charts/x/templates/vs.yaml': `{{- if .Values.on }}\n${catalog}{{- end }}\n` } },
      files: { 'charts/x/templates/cm.yaml': '{{- if .Values.on }}\nkind: ConfigMap\n{{- end }}\n' },
    },
  ],
})
