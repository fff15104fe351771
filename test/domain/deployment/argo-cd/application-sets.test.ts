import { describe, expect, it } from 'vitest'
import { applicationsOf } from '../../../../src/domain/deployment/argo-cd/application-sets.ts'
import { writtenDeployers } from '../../../../src/domain/deployment/deployer.ts'
import { foldersOf } from '../../../../src/domain/deployment/folders.ts'
import { positionOf } from '../../../../src/domain/source/source-file.ts'

type Files = Readonly<Record<string, string>>

const files: Files = {
  'apps/a/vs.yaml': 'a: b\n',
  'apps/b/vs.yaml': 'a: b\n',
  'apps/b/deep/vs.yaml': 'a: b\n',
  'apps/.hidden/vs.yaml': 'a: b\n',
  'clusters/East 1/config.yaml': 'name: east\nzone: { id: 7, big: 1000000 }\ntags: [x, w]\n',
  'clusters/west/config.json': '[{ "name": "west", "zone": { "id": 8 } }, { "name": "west-2" }]',
}

const set = (spec: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: s, namespace: argocd }\nspec:\n${spec}`
const template = (name: string, path: string, more = '') =>
  `  template:\n    metadata: { name: '${name}' }\n    spec: { source: { path: '${path}' }, destination: { namespace: '${name}' }${more} }\n`

function applications(spec: string, more: Files = {}, isElsewhere = false) {
  const all = Object.entries({ ...files, ...more }).map(([path, text]) => ({ path, text }))
  const [deployer] = writtenDeployers([{ path: 'argocd/set.yaml', text: set(spec) }])
  const from = { folders: foldersOf(all), isElsewhere: () => isElsewhere, work: { left: 1_000_000 } }
  return applicationsOf(deployer!, from)
}

/** Each Application as `name path`, and each thing that is not known as `code detail`. */
function made(spec: string, more: Files = {}) {
  const { applications: found, unknown } = applications(spec, more)
  return [
    ...found.map(({ name, spec: { source } }) => `${name} ${(source as { path: string }).path}`),
    ...unknown.map(({ code, detail }) => `${code} ${detail}`),
  ]
}

const go = '  goTemplate: true\n'
const strict = `${go}  goTemplateOptions: [missingkey=error]\n`
const directories = (...items: readonly string[]) =>
  `  generators: [{ git: { repoURL: x, directories: [${items.join(', ')}] } }]\n`
const apps = directories("{ path: 'apps/*' }")
const elements = (...items: readonly string[]) =>
  `  generators: [{ list: { elements: [${items.join(', ')}] } }]\n`

describe('plain names', () => {
  it.each([
    [
      'a list',
      elements('{ k: a, p: x }', '{ k: b, p: z }') + template('{{k}}', 'p/{{ p }}'),
      ['a p/x', 'b p/z'],
    ],
    ['values of a list', elements('{ k: a, values: { x: z } }') + template('{{k}}', '{{values.x}}'), ['a z']],
    ['an unknown name stays', elements('{ k: a }') + template('{{k}}', 'p/{{ m }}'), ['a p/{{ m }}']],
    ['a number ends it', elements('{ k: 1 }') + template('{{k}}', 'p'), ['fails list: k']],
    ['folders', apps + template('{{path.basename}}', '{{path}}'), ['a apps/a', 'b apps/b']],
    [
      'steps of folders',
      apps + template('{{path[1]}}', '{{path[0]}}/{{path[5]}}'),
      ['a apps/{{path[5]}}', 'b apps/{{path[5]}}'],
    ],
    [
      'folders but one, whatever the order',
      directories('{ path: apps/b, exclude: true }', "{ path: 'apps/*' }") +
        template('{{path.basename}}', '{{path}}'),
      ['a apps/a'],
    ],
    [
      'files, their names and what is in them',
      "  generators: [{ git: { files: [{ path: 'clusters/*' }] } }]\n" +
        template(
          '{{name}}-{{path.basenameNormalized}}-{{path.filenameNormalized}}',
          '{{path}}/{{zone.id}}/{{tags.1}}/{{zone.big}}',
        ),
      [
        'east-east-1-config.yaml clusters/East 1/7/w/1e+06',
        'west-west-config.json clusters/west/8/{{tags.1}}/{{zone.big}}',
        'west-2-west-config.json clusters/west/{{zone.id}}/{{tags.1}}/{{zone.big}}',
      ],
    ],
    [
      'files but one',
      "  generators: [{ git: { files: [{ path: clusters }, { path: '*.json', exclude: true }] } }]\n" +
        template('{{name}}', '{{path}}'),
      ['east clusters/East 1'],
    ],
    [
      'values that use other parameters',
      "  generators: [{ git: { directories: [{ path: apps/a }], values: { v: 'x-{{path.basename}}' } } }]\n" +
        template('{{values.v}}', '{{path}}'),
      ['x-a apps/a'],
    ],
    [
      'a prefix of parameters',
      '  generators: [{ git: { pathParamPrefix: my, directories: [{ path: apps/a }] } }]\n' +
        template('{{my.path.basename}}', '{{my.path}}'),
      ['a apps/a'],
    ],
    [
      'a matrix whose second uses the first',
      "  generators: [{ matrix: { generators: [{ list: { elements: [{ c: a }, { c: b }] } }, { git: { directories: [{ path: 'apps/{{c}}' }] } }] } }]\n" +
        template('{{c}}', '{{path}}'),
      ['a apps/a', 'b apps/b'],
    ],
    [
      'a matrix with one name of two values',
      '  generators: [{ matrix: { generators: [{ list: { elements: [{ c: a }] } }, { list: { elements: [{ c: b }] } }] } }]\n' +
        template('{{c}}', 'p'),
      ['fails matrix: c'],
    ],
    [
      'a merge by keys',
      '  generators: [{ merge: { mergeKeys: [c], generators: [{ list: { elements: [{ c: a, p: x }, { c: b, p: x }] } }, { list: { elements: [{ c: b, p: z }, { c: d, p: z }] } }] } }]\n' +
        template('{{c}}', '{{p}}'),
      ['a x', 'b z'],
    ],
    [
      'a merge with a key of two',
      '  generators: [{ merge: { mergeKeys: [c], generators: [{ list: { elements: [{ c: a }, { c: a }] } }, { list: { elements: [] } }] } }]\n' +
        template('{{c}}', 'p'),
      ['fails mergeKeys'],
    ],
    [
      'a selector',
      '  generators: [{ list: { elements: [{ c: a }, { c: b }, { d: e }] }, selector: { matchExpressions: [{ key: c, operator: NotIn, values: [a] }] } }]\n' +
        template('{{c}}', 'p'),
      ['b p', '{{c}} p'],
    ],
    [
      'labels that are wanted',
      '  generators: [{ list: { elements: [{ c: a }, { c: b }] }, selector: { matchLabels: { c: b } } }]\n' +
        template('{{c}}', 'p'),
      ['b p'],
    ],
    [
      'a template of a generator',
      '  generators: [{ list: { elements: [{ c: a }], template: { metadata: {}, spec: { source: { path: own } } } } }]\n' +
        template('{{c}}', 'p'),
      ['a own'],
    ],
    [
      'the cluster of Argo CD, and others that nobody here knows',
      `  generators: [{ clusters: {} }]\n${template('{{name}}', 'p')}`,
      ['in-cluster p', 'generator clusters'],
    ],
    [
      'clusters by their labels',
      `  generators: [{ clusters: { selector: { matchLabels: { a: b } } } }]\n${template('{{name}}', 'p')}`,
      ['{{name}} p', 'generator clusters'],
    ],
    [
      'folders for clusters by their labels',
      `  generators: [{ matrix: { generators: [{ git: { directories: [{ path: 'apps/*' }] } }, { clusters: { selector: { matchLabels: { a: b } }, values: { v: 'x{{name}}' } } }] } }]\n${template('{{path.basename}}-{{values.v}}', '{{path}}')}`,
      ['a-x{{name}} apps/a', 'b-x{{name}} apps/b', 'generator clusters'],
    ],
    [
      'folders by clusters',
      `  generators: [{ matrix: { generators: [{ clusters: { selector: { matchLabels: { a: b } } } }, { git: { directories: [{ path: 'apps/{{name}}' }] } }] } }]\n${template('{{path.basename}}', '{{path}}')}`,
      ['generator clusters', 'left-to-fill-in apps/{{name}}'],
    ],
    [
      'a merge over clusters',
      `  generators: [{ merge: { mergeKeys: [name], generators: [{ clusters: { selector: { matchLabels: { a: b } } } }, { list: { elements: [{ name: x }] } }] } }]\n${template('{{name}}', 'p')}`,
      ['generator clusters', 'asked-for merge'],
    ],
    [
      'pull requests beside a list',
      `  generators: [{ list: { elements: [{ c: a }] } }, { pullRequest: {} }]\n${template('{{c}}', 'p')}`,
      ['a p', '{{c}} p', 'generator pullRequest'],
    ],
    [
      'clusters in a matrix',
      '  generators: [{ matrix: { generators: [{ clusters: { selector: { matchLabels: { a: b } } } }, { list: { elements: [{}] } }] } }]\n' +
        template('{{name}}', 'p'),
      ['{{name}} p', 'generator clusters'],
    ],
    ['what is no generator', `  generators: [{ git: {} }]\n${template('a', 'p')}`, ['fails git']],
    [
      'three levels of combinations',
      '  generators: [{ matrix: { generators: [{ matrix: { generators: [{ matrix: { generators: [] } }, { list: { elements: [] } }] } }, { list: { elements: [] } }] } }]\n' +
        template('a', 'p'),
      ['fails nested generators'],
    ],
    [
      'two of one name',
      elements('{ k: a, p: x }', '{ k: a, p: z }') + template('{{k}}', '{{p}}'),
      ['a x', 'fails a'],
    ],
  ])('%s', (_, spec, found) => {
    expect(made(spec)).toEqual(found)
  })

  it('lists in a text', () => {
    const spec = `  generators: [{ list: { elements: [], elementsYaml: "- { c: a }\\n- { c: b }" } }]\n${template('{{c}}', 'p')}`

    expect(made(spec)).toEqual(['a p', 'b p'])
  })
})

describe('Go templates', () => {
  it.each([
    ['folders', go + apps + template('{{.path.basename}}', '{{.path.path}}'), ['a apps/a', 'b apps/b']],
    [
      'folders for clusters of which nothing is known',
      `${go}  generators: [{ matrix: { generators: [{ clusters: { selector: { matchLabels: { a: b } }, values: { env: '{{ .metadata.labels.env }}' } } }, { git: { directories: [{ path: 'apps/*' }] } }] } }]\n${template('{{.path.basename}}-{{.values.env}}', '{{.path.path}}')}`,
      [
        '{{.path.basename}}-{{.values.env}} apps/a',
        '{{.path.basename}}-{{.values.env}} apps/b',
        'generator clusters',
        // In the name, and in the namespace.
        'asked-for ',
        'asked-for ',
      ],
    ],
    [
      'folders by labels of clusters',
      `${go}  generators: [{ clusters: { selector: { matchLabels: { a: b } } } }]\n${template('x', 'apps/{{ .metadata.labels.env | default "a" }}')}`,
      ['generator clusters', 'asked-for '],
    ],
    [
      'what hangs on a condition of clusters',
      `${go}  generators: [{ clusters: { selector: { matchLabels: { a: b } } } }]\n${template('x', '{{ if eq .name "a" }}b{{ end }}')}`,
      ['generator clusters', 'asked-for '],
    ],
    [
      'steps',
      go + apps + template('{{index .path.segments 1}}', '{{index .path.segments 0}}'),
      ['a apps', 'b apps'],
    ],
    [
      'elements of any kind',
      go +
        elements('{ k: a, o: { is: true, p: [x] } }') +
        template('{{.k}}', '{{if .o.is}}{{index .o.p 0}}{{end}}'),
      ['a x'],
    ],
    ['what is missing', go + elements('{ k: a }') + template('{{.k}}', '{{.m}}'), ['a <no value>']],
    [
      'what must not be missing',
      strict + elements('{ k: a }', '{ k: b, m: c }') + template('{{.k}}', '{{.m}}'),
      ['fails .m'],
    ],
    [
      'files',
      go +
        "  generators: [{ git: { files: [{ path: 'clusters/*.yaml' }] } }]\n" +
        template('{{.name}}', '{{.path.path}}/{{.zone.id}}/{{.path.filename}}'),
      ['east clusters/East 1/7/config.yaml'],
    ],
    [
      'a matrix, in which the first counts',
      go +
        "  generators: [{ matrix: { generators: [{ list: { elements: [{ c: a, d: one }] } }, { git: { directories: [{ path: 'apps/{{.c}}' }], values: { d: two } } }] } }]\n" +
        template('{{.c}}-{{.d}}', '{{.path.path}}{{.values.d}}'),
      ['a-one apps/atwo'],
    ],
    [
      'a merge of deep values',
      go +
        '  generators: [{ merge: { mergeKeys: [c], generators: [{ list: { elements: [{ c: a, o: { p: x, q: w } }] } }, { list: { elements: [{ c: a, o: { p: z } }] } }] } }]\n' +
        template('{{.c}}', '{{.o.p}}{{.o.q}}'),
      ['a zw'],
    ],
    [
      'a selector of deep values',
      go +
        '  generators: [{ list: { elements: [{ c: a, o: { p: x } }, { c: b, o: { p: z } }] }, selector: { matchLabels: { o.p: z } } }]\n' +
        template('{{.c}}', 'p'),
      ['b p'],
    ],
    [
      'a function that is not followed',
      go + elements('{ k: a }') + template('{{.k}}', '{{ sha1sum .k }}'),
      ['template sha1sum'],
    ],
    [
      'such a function where it says nothing of what is delivered',
      go + elements('{ k: a }') + template('{{.k}}', 'p', ", project: '{{ sha1sum .k }}'"),
      ['a p'],
    ],
    [
      'a patch',
      `${go}${elements('{ k: a, p: x }', '{ k: b }')}${template('{{.k}}', 'p')}  templatePatch: |\n    {{- if .p }}\n    spec: { source: { path: '{{ .p }}' } }\n    {{- end }}\n`,
      ['a x', 'b p'],
    ],
    [
      'a patch that does not read',
      `${go}${elements('{ k: a }')}${template('{{.k}}', 'p')}  templatePatch: '{ {{.k}}'\n`,
      ['fails templatePatch'],
    ],
  ])('%s', (_, spec, found) => {
    expect(made(spec)).toEqual(found)
  })

  it('patch lists whole, and remove what is null', () => {
    const spec = `${go}${elements('{ k: a }')}  template:
    metadata: { name: a }
    spec: { sources: [{ path: x }, { path: z }], destination: { namespace: s, name: c } }
  templatePatch: |
    spec: { sources: [{ path: '{{ .k }}' }], destination: { name: null } }
`
    expect(applications(spec).applications[0]?.spec).toEqual({
      sources: [{ path: 'a' }],
      destination: { namespace: 's' },
    })
  })
})

it('an Application knows the files that it comes from', () => {
  const spec = `  generators: [{ git: { files: [{ path: clusters }] } }]\n${template('{{name}}', 'p')}`

  expect(applications(spec).applications.map(({ by }) => by)).toEqual([
    ['argocd/set.yaml', 'clusters/East 1/config.yaml'],
    ['argocd/set.yaml', 'clusters/west/config.json'],
    ['argocd/set.yaml', 'clusters/west/config.json'],
  ])
})

it('what is not known has its line', () => {
  const spec = `${go}${elements('{ k: a }')}  template:\n    metadata: { name: a }\n    spec:\n      source:\n        path: '{{ uuidv4 }}'\n`
  const [unknown] = applications(spec).unknown

  expect(unknown).toMatchObject({ code: 'template', of: 'ApplicationSet argocd/s', detail: 'uuidv4' })
  expect(positionOf(unknown!.range)).toMatchObject({ file: 'argocd/set.yaml', line: 11 })
})

it('the folders of another repository are not these', () => {
  const { applications: found, unknown } = applications(
    apps + template('{{path.basename}}', '{{path}}'),
    {},
    true,
  )

  expect(found).toEqual([])
  expect(unknown).toMatchObject([{ code: 'elsewhere', detail: 'x' }])
})

it('more than there is room for is named', () => {
  const many = (name: string) =>
    `{ list: { elements: [${Array.from({ length: 200 }, (_, at) => `{ ${name}: x${at} }`).join(', ')}] } }`
  const spec = `  generators: [{ matrix: { generators: [${many('a')}, ${many('b')}] } }]\n${template('{{a}}-{{b}}', 'p')}`

  expect(made(spec)).toEqual(['limit list'])
})
