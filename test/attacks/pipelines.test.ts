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
    line(
      'all folders of teams in a loop',
      'for team in catalog login; do kubectl delete -f teams/$team; done',
    ),
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
    line('a folder by a variable', 'FOLDER=teams/login', 'kubectl delete -f "$FOLDER"'),
    line('folders by a pattern', 'for file in teams/*/vs-1.yaml; do kubectl delete -f $file; done'),
    line('by kpt', 'kpt live destroy teams/login'),
    line('by a helmfile there', 'helmfile -f teams/login destroy'),
    line('a release in their namespace', 'helm uninstall login -n ns1'),
    asks('in one line of text', {
      [path]: 'jobs: { a: { steps: [{ run: "make\\nkubectl delete ns ns1" }] } }\n',
    }),
    asks('by an action', {
      [path]: `${workflow(usual)}      - uses: azure/k8s-deploy@v5\n        with: { action: delete, manifests: teams/login }\n`,
    }),
    asks('by a playbook', {
      'ops/playbook.yml':
        '- hosts: localhost\n  tasks:\n    - kubernetes.core.k8s: { state: absent, src: teams/login/vs-1.yaml }\n',
    }),
    asks('by a playbook, as it is called', {
      'ops/tasks/main.yml':
        '- kubernetes.core.k8s: { state: absent, kind: VirtualService, name: vs-1, namespace: ns1 }\n',
    }),
    asks(
      'what delivers it is suspended',
      { [path]: workflow(usual, 'flux suspend kustomization login') },
      {
        [path]: workflow(usual),
        'teams/login/deliver.yaml':
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: login, namespace: flux-system }\nspec: { path: ./teams/login, sourceRef: { kind: GitRepository, name: flux-system } }\n',
      },
    ),
    asks(
      'what delivers it is led elsewhere',
      { [path]: workflow(usual, 'argocd app set login --path teams/catalog') },
      {
        [path]: workflow(usual),
        'teams/login/deliver.yaml':
          'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: login, namespace: argocd }\nspec: { destination: { namespace: ns1 }, source: { repoURL: "https://git/mesh", path: teams/login } }\n',
      },
    ),
    asks('Istio itself goes', { [path]: workflow(usual, 'istioctl uninstall --purge -y') }, undefined, {
      waitsFor: ['mesh-admins'],
      says: /any manifest of the mesh/,
    }),
    asks(
      'the definition of all routes goes',
      { [path]: workflow(usual, 'kubectl delete crd virtualservices.networking.istio.io') },
      undefined,
      { waitsFor: ['mesh-admins'], says: /any manifest of the mesh/ },
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
    silent('a definition of one’s own goes', {
      [path]: workflow(usual, 'kubectl delete crd books.catalog.example'),
    }),
    silent('Istio is installed for a test', {
      [path]: workflow(usual, 'istioctl install -y --set profile=demo'),
    }),
    silent('another action', {
      [path]: `${workflow(usual)}      - uses: actions/upload-artifact@v4\n        with: { path: teams/login }\n`,
    }),
    silent('what delivers it is looked at', {
      [path]: workflow(usual, 'argocd app get login', 'flux get all'),
    }),
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
