import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { answers, virtualService } from '../support/manifests.ts'

const catalog = 'teams/catalog/vs-2.yaml'
const ours = bookinfoFiles()[catalog] ?? ''

const pointer = `version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 12345
`

const blocked = { conclusion: 'failure', waitsFor: [] } as const
const attributes = (text: string, path = '.gitattributes'): Pick<Attempt, 'files' | 'by'> => ({
  files: { [path]: `${text}\n` },
})

testAttackClass('texts that Git hands out and does not hold', {
  onGitHub: {},
  attack: {
    way: 'a pointer of Git LFS in place of one`s own manifest',
    files: { [catalog]: pointer },
    ...blocked,
    says: /teams\/catalog\/vs-2.yaml cannot be read, .* pointer of Git LFS/,
  },
  variants: [
    {
      way: 'a pointer at the path of a new manifest',
      files: { 'teams/catalog/new.yml': pointer },
      ...blocked,
    },
    {
      way: 'a pointer as JSON in a folder of manifests',
      files: { 'teams/catalog/new.json': pointer },
      ...blocked,
    },
    {
      way: 'a pointer under any name that a kustomization names',
      files: {
        'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml, big]\n',
        'teams/catalog/big': pointer,
      },
      ...blocked,
    },
    {
      way: 'a pointer in place of a kustomization',
      setting: { files: { 'teams/login/kustomization.yaml': 'resources: [vs-1.yaml]\n' } },
      files: { 'teams/login/kustomization.yaml': pointer },
      conclusion: 'failure',
      waitsFor: ['login'],
    },
    {
      way: 'a filter for the manifests of everybody',
      ...attributes('*.yaml filter=mine'),
      ...blocked,
      says: /attribute filter=mine/,
    },
    {
      way: 'a filter by folder, written with an anchor',
      ...attributes('/teams/login/** filter=lfs diff=lfs merge=lfs -text'),
      ...blocked,
    },
    {
      way: 'a filter behind a macro',
      ...attributes('[attr]manifest filter=mine\nvs-?.yaml manifest'),
      ...blocked,
    },
    {
      way: 'a nested file of attributes',
      ...attributes('vs-1.yaml filter=mine', 'teams/login/.gitattributes'),
      ...blocked,
    },
    {
      way: 'another encoding on disk',
      ...attributes('"teams/login/vs-1.yaml" working-tree-encoding=UTF-7'),
      ...blocked,
    },
    {
      way: 'leaving a manifest out of archives',
      ...attributes('teams/login export-ignore\nteams/login/*.yaml export-ignore'),
      ...blocked,
    },
    {
      way: 'words that Git fills in',
      setting: {
        files: {
          'teams/login/vs-3.yaml': virtualService({
            name: 'vs-3',
            namespace: 'ns1',
            http: [answers('"/$Id$"')],
          }),
        },
      },
      ...attributes('*.yaml ident'),
      ...blocked,
    },
    {
      way: 'words that an archive fills in',
      setting: {
        files: {
          'teams/login/vs-3.yaml': virtualService({
            name: 'vs-3',
            namespace: 'ns1',
            http: [answers('"/$Format:%h$"')],
          }),
        },
      },
      ...attributes('vs-* export-subst'),
      ...blocked,
    },
    {
      way: 'a filter for a patch that a kustomization names',
      setting: {
        files: {
          'teams/login/kustomization.yaml':
            'resources: [vs-1.yaml]\npatches: [{ path: more.txt, target: { kind: VirtualService } }]\n',
          'teams/login/more.txt': '[]',
        },
      },
      ...attributes('*.txt filter=mine'),
      ...blocked,
    },
    {
      way: 'a filter that one line takes back and the next one gives again',
      ...attributes('*.yaml -filter\nteams/[a-l]*/vs-1.yaml filter=mine'),
      ...blocked,
    },
  ],
  neighbours: [
    {
      way: 'line breaks',
      ...attributes('* text=auto eol=lf\n*.sh text eol=lf\n*.bat eol=crlf\n*.yaml text'),
    },
    {
      way: 'what GitHub shows',
      ...attributes('*.yaml linguist-detectable\ndocs/** linguist-documentation\n*.json -diff'),
    },
    {
      way: 'pictures in Git LFS',
      files: { '.gitattributes': '*.png filter=lfs diff=lfs merge=lfs -text\n', 'docs/a.png': pointer },
    },
    { way: 'a dashboard in Git LFS, far from the mesh', files: { 'dashboards/big.json': pointer } },
    {
      way: 'documents that archives leave out',
      ...attributes('docs/ export-ignore\n.github export-ignore\n*.md export-ignore'),
    },
    { way: 'UTF-8, said aloud', ...attributes('*.yaml working-tree-encoding=UTF-8') },
    { way: 'a filter that the next line takes back', ...attributes('* filter=mine\n* -filter') },
    {
      way: 'a filter for names that no manifest has',
      ...attributes('teams/*.yaml filter=mine\n/vs-1.yaml filter=mine\nvs-[3-9].yaml filter=mine'),
    },
    { way: 'words that no manifest asks to be filled in', ...attributes('*.yaml ident export-subst') },
    {
      way: 'another route of one`s own where a filter has long been',
      setting: { files: { '.gitattributes': 'vs-2.yaml filter=mine\n' } },
      files: { [catalog]: ours.replace('prefix: /static', 'exact: /static') },
    },
    {
      way: 'a comment in attributes that have long been so',
      setting: { files: { '.gitattributes': '*.yaml filter=mine\n' } },
      ...attributes('# Why?\n*.yaml filter=mine'),
    },
    {
      way: 'a README that quotes a pointer',
      files: { 'README.md': pointer, 'teams/catalog/README.md': `    ${pointer}` },
    },
  ],
})
