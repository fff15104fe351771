import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const codeowners = `/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
`
const workflow = (...lines: readonly string[]) =>
  `name: deploy\non: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n${lines.map((line) => `          ${line}\n`).join('')}`
const path = '.github/workflows/deploy.yml'
const usual = 'kubectl apply -f teams/catalog'

const asks = (
  way: string,
  files: Files,
  before: Files = { [path]: workflow(usual) },
  rest: Partial<Attempt> = {},
): Attempt => ({
  way,
  setting: { codeowners, files: before },
  files,
  conclusion: 'action_required',
  waitsFor: ['login'],
  says: /It reaches .*teams\/login\/vs-1.yaml/,
  ...rest,
})
const line = (way: string, ...lines: readonly string[]) => asks(way, { [path]: workflow(usual, ...lines) })
const silent = (way: string, files: Files, before: Files = { [path]: workflow(usual) }) => ({
  way,
  setting: { codeowners, files: before },
  files,
})

const taking =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: more, namespace: catalog }\nspec: { hosts: [login.ns1.svc.cluster.local], http: [{ route: [{ destination: { host: catalog } }] }] }\n'

testAttackClass('a pipeline that newly writes what another team’s manifests say, or removes it', {
  attack: line('it deletes what a folder of theirs holds', 'kubectl delete -f teams/login'),
  variants: [
    line('one file of it', 'kubectl delete -f teams/login/vs-1.yaml'),
    line('with a flag in one word', 'kubectl delete --filename=teams/login/ --wait=false'),
    line('all folders of teams in a loop', 'for team in a b; do kubectl delete -f teams/$team; done'),
    line('what kustomize makes of it', 'kustomize build teams/login | kubectl delete -f -'),
    line('from within the folder', 'cd teams/login && kubectl delete -f .'),
    line('over several lines', 'kubectl --context prod \\', '  delete -f teams/login'),
    line('by what it is called', 'kubectl delete virtualservice vs-1 -n ns1'),
    line('by what it is called, in short', 'kubectl -n ns1 patch vs/vs-1 --type merge --patch-file p.yaml'),
    line('all of a namespace', 'kubectl delete virtualservices --all -n ns1'),
    line('the namespace', 'kubectl delete ns ns1'),
    asks('in a pipeline of GitLab', {
      '.gitlab-ci.yml': 'deploy:\n  script:\n    - kubectl delete -f teams/login\n',
    }),
    asks('in a makefile', { Makefile: 'clean:\n\tkubectl delete -f teams/login\n' }),
    asks('in a makefile of one’s own folder', {
      'teams/catalog/Makefile': 'clean:\n\tkubectl delete -f ../login\n',
    }),
    asks('in a script', { 'scripts/clean.sh': '#!/bin/sh\nset -e\nkubectl delete -f teams/login\n' }),
    asks('in a Jenkinsfile', { Jenkinsfile: "node { sh 'kubectl delete -f teams/login' }\n" }),
    line('given to a shell', 'ssh host "kubectl delete -f teams/login"'),
    asks('by kapp', { [path]: workflow(usual, 'kapp deploy -a login -f teams/login -y') }),
    asks(
      'it is not applied any more',
      { [path]: workflow(usual) },
      {
        [path]: workflow(usual, 'kubectl apply -f teams/login'),
      },
    ),
    asks(
      'it is applied to another cluster',
      { [path]: workflow('kubectl --context b apply -f teams/login') },
      {
        [path]: workflow('kubectl --context a apply -f teams/login'),
      },
    ),
    {
      way: 'it applies one’s own text, which takes their calls',
      setting: {
        codeowners,
        files: {
          [path]: workflow('kubectl apply -f teams/catalog/more.txt'),
          'teams/login/service.yaml':
            'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { ports: [{ port: 80 }] }\n',
        },
      },
      files: { 'teams/catalog/more.txt': taking },
      conclusion: 'action_required',
      waitsFor: ['login'],
      says: /takes the calls inside the mesh/,
    },
  ],
  neighbours: [
    silent('one’s own text that nothing applies', { 'teams/catalog/more.txt': taking }),
    silent('one’s own folder', { [path]: workflow(usual, 'kubectl apply -f teams/catalog/new') }),
    silent('one’s own object', { [path]: workflow(usual, 'kubectl delete vs vs-2 -n ns2') }),
    silent(
      'another version of an action beside it',
      { [path]: workflow('kubectl delete -f teams/login').replace('@v4', '@v5') },
      { [path]: workflow('kubectl delete -f teams/login') },
    ),
    silent(
      'how long it waits',
      { [path]: workflow('kubectl apply --timeout=5m --server-side -f teams/login') },
      { [path]: workflow('kubectl apply -f teams/login') },
    ),
    silent('a look at it', {
      [path]: workflow(usual, 'kubectl get -f teams/login', 'kubectl diff -f teams/login'),
    }),
    silent('a dry run', { [path]: workflow(usual, 'kubectl apply --dry-run=server -f teams/login') }),
    silent('a test of it', { [path]: workflow(usual, 'kubeconform teams/login', 'yamllint teams') }),
    silent('a comment', { [path]: workflow(usual, '# kubectl delete -f teams/login') }),
    silent('a restart', { [path]: workflow(usual, 'kubectl rollout restart deploy/details -n ns1') }),
    silent(
      'another job beside it',
      { [path]: workflow('kubectl apply -f teams/login', 'npm test') },
      { [path]: workflow('kubectl apply -f teams/login') },
    ),
    silent(
      'another image of it',
      { [path]: workflow('helm upgrade login charts/login --set image.tag=2 -f teams/login/vs-1.yaml') },
      { [path]: workflow('helm upgrade login charts/login --set image.tag=1 -f teams/login/vs-1.yaml') },
    ),
    silent('something that is no manifest of theirs', {
      [path]: workflow(usual, 'kubectl apply -f docs/x.yaml'),
    }),
    silent('a makefile that builds', { Makefile: 'all:\n\tdocker build teams/login\n\tgo test ./...\n' }),
  ],
})
