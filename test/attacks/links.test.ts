import { describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { clone, firebreak } from '../commands/fake-terminal.ts'
import { testAttackClass } from '../support/attack-class.ts'

const text = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const asksLogin = { conclusion: 'action_required', waitsFor: ['login'] } as const
const asksAdmins = { conclusion: 'action_required', waitsFor: ['mesh-admins'] } as const
const blocked = { conclusion: 'failure', waitsFor: [] } as const
const to = (symlink: string) => ({ symlink })
const submodule = '[submodule "more"]\n\tpath = more\n\turl = https://git/more\n'

testAttackClass('links and submodules that lead elsewhere', {
  onGitHub: {},
  attack: {
    way: 'a link in a new folder to the folder of another team',
    files: { 'clusters/prod/login': to('../../teams/login') },
    ...asksLogin,
    says: /symbolic link clusters\/prod\/login/,
  },
  variants: [
    {
      way: 'a link in the root to the folder of another team',
      files: { login: to('teams/login') },
      conclusion: 'action_required',
      waitsFor: ['login'],
    },
    {
      way: 'a link in a new folder to one file of another team, under a name without YAML',
      files: { 'clusters/prod/login': to('../../teams/login/vs-1.yaml') },
      ...asksLogin,
    },
    {
      way: 'a link that takes the long way',
      files: { 'clusters/prod/x': to('.././../clusters/../teams//login/') },
      ...asksLogin,
    },
    {
      way: 'a link to all teams',
      files: { 'clusters/prod/teams': to('../../teams') },
      conclusion: 'action_required',
      waitsFor: ['login'],
    },
    {
      way: 'a link out of the repository',
      files: { 'clusters/prod/more': to('../../../more') },
      ...asksAdmins,
    },
    {
      way: 'a link to a place on the machine that deploys',
      files: { 'clusters/prod/more': to('/etc/manifests') },
      ...asksAdmins,
    },
    {
      way: 'a link that no longer leads to the folder of another team',
      setting: { files: { 'clusters/prod/login': to('../../teams/login'), 'empty/a.txt': '' } },
      files: { 'clusters/prod/login': to('../../empty') },
      ...asksLogin,
    },
    {
      way: 'a link that goes',
      setting: { files: { 'clusters/prod/login': to('../../teams/login') } },
      files: { 'clusters/prod/login': null },
      ...asksLogin,
    },
    {
      way: 'a link that becomes a folder',
      setting: { files: { 'clusters/prod/login': to('../../teams/login') } },
      files: { 'clusters/prod/login': null, 'clusters/prod/login/README.md': 'Gone.\n' },
      ...asksLogin,
    },
    {
      way: 'a link that a kustomization builds upon',
      setting: {
        files: {
          'stage/kustomization.yaml': 'resources: [here]\n',
          'stage/here/kustomization.yaml': 'resources: []\n',
        },
      },
      files: { 'stage/here/kustomization.yaml': null, 'stage/here': to('../hidden') },
      ...blocked,
      says: /stage\/here cannot be read: it is a symbolic link/,
    },
    {
      way: 'a link in a folder that Flux delivers',
      setting: {
        files: {
          'flux.yaml':
            'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }\nspec: { path: ./clusters }\n',
        },
      },
      files: { 'clusters/prod/more': to('../../docs') },
      ...blocked,
    },
    {
      way: 'a link to a folder that the configuration keeps out of sight, with a copy of another team`s manifest',
      setting: {
        configuration:
          'manifests: { exclude: ["charts/**"] }\nrules: { duplicate-virtual-service: report }\n',
        files: { 'charts/notes/vs.yaml': text.replace('/login', '/log-in') },
      },
      files: { 'clusters/prod/notes': to('../../charts/notes') },
      conclusion: 'action_required',
      waitsFor: ['login', 'mesh-admins'],
      says: /ns1\/vs-1 is already written in teams\/login\/vs-1.yaml/,
    },
    { way: 'a new submodule', files: { '.gitmodules': submodule }, ...asksAdmins },
    {
      way: 'another address for a submodule',
      setting: { files: { '.gitmodules': submodule } },
      files: { '.gitmodules': submodule.replace('https://git/more', 'https://git/else') },
      ...asksAdmins,
    },
    {
      way: 'a submodule that goes',
      setting: { files: { '.gitmodules': submodule } },
      files: { '.gitmodules': null },
      ...asksAdmins,
    },
  ],
  neighbours: [
    { way: 'a link to a README', files: { 'docs/index.md': to('../README.md') } },
    { way: 'a link within the documents', files: { 'docs/latest': to('v2'), 'docs/v2/a.md': 'a\n' } },
    { way: 'a link to one`s own folder', files: { 'clusters/prod/catalog': to('../../teams/catalog') } },
    {
      way: 'a link to one`s own file',
      files: { 'clusters/prod/catalog': to('../../teams/catalog/vs-2.yaml') },
    },
    {
      way: 'a link of a programme to its parts',
      files: { 'bin/tool': to('../tools/tool.sh'), 'tools/tool.sh': 'true\n' },
    },
    {
      way: 'a link to dashboards',
      setting: { files: { 'dashboards/a.json': '{}\n' } },
      files: { 'monitoring/dashboards': to('../dashboards') },
    },
    {
      way: 'a link that goes, to a README',
      setting: { files: { 'docs/index.md': to('../README.md') } },
      files: { 'docs/index.md': null },
    },
    {
      way: 'a link to the folder of another team that stays as it is, beside a change of one`s own',
      setting: { files: { 'clusters/prod/login': to('../../teams/login') } },
      files: { 'README.md': 'Hello\n' },
    },
    {
      way: 'a comment in the list of submodules',
      setting: { files: { '.gitmodules': submodule } },
      files: { '.gitmodules': `# Why?\n${submodule.replace('\turl', '  url')}` },
    },
    {
      way: 'a link to a chart without routes',
      setting: { files: { 'charts/job/Chart.yaml': 'name: job\n' } },
      files: { 'apps/job': to('../charts/job') },
    },
    { way: 'a file that holds what a link would', files: { 'clusters/prod/login': '../../teams/login' } },
  ],
})

/** What a folder holds cannot say that something is a submodule; a commit can. */
async function withSubmodule(at: string, files: Readonly<Record<string, string>>) {
  const repository = clone({ ...bookinfoFiles(), ...files })
  const { path, git } = repository
  git('checkout', '--quiet', '-b', 'topic')
  git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},${at}`)
  git('commit', '--quiet', '--message', 'submodule')
  const { out } = await firebreak(path, 'check', '--base', 'main', '--head', 'topic', '--format', 'json')
  return JSON.parse(out).decision
}

const fluxOver = (path: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }\nspec: { path: ${path} }\n`

describe('the commit of a submodule', () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['in a folder of manifests', 'teams/login/more', {}],
    [
      'in the root, where manifests are',
      'more',
      { 'gateway.yaml': bookinfoFiles()['mesh/gateway.yaml'] ?? '' },
    ],
    [
      'that a kustomization builds upon',
      'vendor/mesh',
      { 'stage/kustomization.yaml': 'resources: [../vendor/mesh/base]\n' },
    ],
    ['in a folder that Flux delivers', 'clusters/prod/more', { 'flux.yaml': fluxOver('./clusters') }],
  ])('shuts the gate %s', async (_, at, files) => {
    const decision = await withSubmodule(at, files)

    expect(decision.conclusion).toBe('failure')
    expect(decision.summary).toContain(`${at} cannot be read: it is a submodule`)
  })

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['among the tools', 'third_party/tool', {}],
    ['beside a folder that Flux delivers', 'apps/more', { 'flux.yaml': fluxOver('./clusters') }],
  ])('is nobody`s business %s', async (_, at, files) => {
    expect((await withSubmodule(at, files)).conclusion).toBe('success')
  })
})
