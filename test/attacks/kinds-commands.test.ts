import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing', namespace: 'catalog' })
const pods = (container: object) => ({ template: { spec: { containers: [{ name: 'a', ...container }] } } })
const job = (container: object) => object('batch/v1', 'Job', { spec: pods(container) })
const runs = (...command: readonly string[]) => job({ image: 'tools:1', command })
const shell = (script: string) => runs('sh', '-c', script)

const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, text: string) => ({ way, files: { [mine]: text } })
const asksAll = { waitsFor: ['mesh-admins'] }
const theirs = 'virtualservice vs-1 -n ns1'
const manifest =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: vs-1\n  namespace: ns1\nspec:\n  http: []\n'

testAttackClass('a program that writes to the cluster what it is told', {
  attack: stopped('it removes the routes of another team', runs('kubectl', 'delete', ...theirs.split(' '))),
  variants: [
    stopped('in a script', shell('set -e\ncd /tmp && kubectl -n ns1 delete vs vs-1\n')),
    stopped(
      'by the entry of its image',
      job({ image: 'docker.io/tools/kubectl:1', args: ['patch', ...theirs.split(' ')] }),
    ),
    stopped(
      'every day',
      object('batch/v1', 'CronJob', {
        spec: { jobTemplate: { spec: pods({ command: ['kubectl', 'edit', 'vs/vs-1', '--namespace=ns1'] }) } },
      }),
    ),
    stopped(
      'a manifest in its script',
      shell(`kubectl apply -f - <<EOF\n${manifest}EOF\nkubectl get pods\n`),
    ),
    stopped(
      'a manifest in quotes',
      shell(
        `echo '{"apiVersion":"networking.istio.io/v1","kind":"VirtualService","metadata":{"name":"vs-1","namespace":"ns1"}}' | kubectl apply -f -`,
      ),
    ),
    stopped('by a variable', shell(`NS=ns1\nkubectl -n "$NS" delete vs/vs-1`)),
    stopped(
      'by a variable of its environment',
      job({ command: ['sh', '-c', 'kubectl -n $NS delete vs vs-1'], env: [{ name: 'NS', value: 'ns1' }] }),
    ),
    stopped('by a loop', shell(`for name in vs-0 vs-1; do kubectl delete vs $name -n ns1; done`)),
    stopped('over several lines', shell('kubectl \\\n  delete vs \\\n  vs-1 -n ns1')),
    stopped('the labels of a namespace', shell('kubectl label ns ns1 istio-injection=disabled --overwrite')),
    stopped(
      'a script that is kept beside',
      object('v1', 'ConfigMap', { data: { run: `kubectl delete ${theirs}\n` } }),
    ),
    stopped(
      'a step of a workflow',
      object('argoproj.io/v1alpha1', 'Workflow', {
        spec: { templates: [{ script: { source: `kubectl delete ${theirs}` } }] },
      }),
    ),
    stopped(
      'what a workflow does to a resource',
      object('argoproj.io/v1alpha1', 'Workflow', {
        spec: { templates: [{ resource: { action: 'delete', flags: theirs.split(' ') } }] },
      }),
    ),
    stopped(
      'a task',
      object('tekton.dev/v1', 'Task', { spec: { steps: [{ script: `#!/bin/sh\noc delete ${theirs}` }] } }),
    ),
    stopped(
      'when a pod stops',
      job({ lifecycle: { preStop: { exec: { command: ['kubectl', 'delete', ...theirs.split(' ')] } } } }),
    ),
    stopped('everywhere', shell('kubectl delete vs --all -A'), asksAll),
    stopped(
      'the definition of a kind',
      shell('kubectl delete crd virtualservices.networking.istio.io'),
      asksAll,
    ),
    stopped('the mesh itself', shell('istioctl install -y'), asksAll),
    stopped(
      'the mesh by its chart',
      runs('helm', 'upgrade', 'istiod', 'istio/istiod', '-n', 'istio-system'),
      asksAll,
    ),
    stopped(
      'by the API itself',
      shell('curl -X DELETE $API/apis/networking.istio.io/v1/namespaces/ns1/virtualservices/vs-1'),
      asksAll,
    ),
    stopped(
      'by a client of the API',
      job({
        command: [
          'python',
          '-c',
          'api.delete_namespaced_custom_object("networking.istio.io", "v1", "ns1", "virtualservices", "vs-1")',
        ],
      }),
      asksAll,
    ),
  ],
  neighbours: [
    harmless('it looks', runs('kubectl', 'get', ...theirs.split(' '))),
    harmless(
      'it waits',
      shell('kubectl wait --for=condition=Established crd/virtualservices.networking.istio.io'),
    ),
    harmless('it restarts its own', shell('kubectl -n catalog rollout restart deploy/web')),
    harmless('it removes its own Jobs', shell('kubectl delete jobs --all')),
    harmless('what a variable says that nothing tells', shell('kubectl -n $POD_NAMESPACE delete pod web-0')),
    harmless('it tries', shell('kubectl delete vs vs-1 -n ns1 --dry-run=server')),
    harmless('it looks at the mesh', shell('istioctl analyze -A && istioctl proxy-status')),
    harmless('a release of its own', runs('helm', 'upgrade', '--install', 'web', './chart', '-n', 'catalog')),
    harmless(
      'it reads the group',
      job({ command: ['exporter', '--watch=networking.istio.io/v1/VirtualService'] }),
    ),
    harmless(
      'what people read of it',
      object('v1', 'ConfigMap', { data: { 'README.md': `Never run \`kubectl delete ${theirs}\`.\n` } }),
    ),
    harmless(
      'what an alert advises',
      object('monitoring.coreos.com/v1', 'PrometheusRule', {
        spec: { groups: [{ rules: [{ annotations: { runbook: `kubectl delete ${theirs}` } }] }] },
      }),
    ),
    harmless(
      'how often it looks',
      object('batch/v1', 'CronJob', {
        spec: {
          schedule: '5 * * * *',
          jobTemplate: { spec: pods({ command: ['kubectl', 'get', 'vs', '-A'] }) },
        },
      }),
    ),
    harmless('a program called alike', runs('kubectl-like', 'delete', ...theirs.split(' '))),
  ],
})
