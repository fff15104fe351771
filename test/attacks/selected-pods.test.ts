import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing', namespace: 'shared' })
const http = { name: 'http', port: 80, targetPort: 8080 }
const tcp = { ...http, name: 'tcp' }
const service = (app: string, ports: readonly object[] = [http], more: object = {}, metadata: object = {}) =>
  object('v1', 'Service', { spec: { selector: { app }, ports, ...more } }, metadata)
const workload = (app: string, metadata: object = {}) =>
  object(
    'apps/v1',
    'Deployment',
    {
      spec: {
        template: {
          metadata: { labels: { app, tier: 'a' } },
          spec: { containers: [{ name: 'a', image: 'a:1' }] },
        },
      },
    },
    { name: app, ...metadata },
  )
const entry = (app: string) =>
  object('networking.istio.io/v1', 'ServiceEntry', {
    spec: {
      hosts: ['own.example'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      workloadSelector: { labels: { app } },
    },
  })
/** Both teams have something in one namespace. */
const base: Files = {
  'teams/login/accounts.yaml': workload('accounts'),
  'teams/login/service.yaml': service('accounts', [http], {}, { name: 'accounts' }),
  'teams/login/far.yaml': workload('far', { namespace: 'login' }),
  'teams/catalog/web.yaml': workload('web'),
  'teams/catalog/service.yaml': service('web', [http], {}, { name: 'web' }),
}
const setting = (before: Files) => ({ files: { ...base, ...before } as Record<string, string> })
const stopped = (way: string, text: string, before: Files = {}): Attempt => ({
  way,
  setting: setting(before),
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, text: string | null, before: Files = {}) => ({
  way,
  setting: setting(before),
  files: { [mine]: text },
})

testAttackClass('a Service over the pods of another team says how their proxies take what comes in', {
  attack: stopped('a new one', service('accounts', [tcp])),
  variants: [
    stopped('of the same kind of port', service('accounts')),
    stopped('another port', service('accounts', [{ name: 'tcp', port: 9000, targetPort: 9000 }])),
    stopped('another protocol', service('accounts', [{ ...http, name: 'web', appProtocol: 'tcp' }])),
    stopped('by now', service('accounts'), { [mine]: service('web') }),
    stopped('the name of its port is another', service('accounts', [tcp]), { [mine]: service('accounts') }),
    stopped('its protocol is another', service('accounts', [{ ...http, appProtocol: 'grpc' }]), {
      [mine]: service('accounts'),
    }),
    stopped('the port of the pods is another', service('accounts', [{ ...http, targetPort: 9090 }]), {
      [mine]: service('accounts'),
    }),
    stopped('without an address', service('accounts', [tcp], { clusterIP: 'None' })),
    stopped(
      'by another label',
      object('v1', 'Service', { spec: { selector: { tier: 'a' }, ports: [http] } }),
    ),
    stopped('in a namespace of theirs alone', service('far', [tcp], {}, { namespace: 'login' })),
    stopped('an entry by its selector', entry('accounts')),
    stopped('from all nodes', service('accounts', [tcp], { type: 'NodePort' })),
  ],
  neighbours: [
    harmless('over one’s own pods', service('web', [tcp])),
    harmless('another protocol for one’s own pods', service('web', [tcp]), { [mine]: service('web') }),
    harmless('over nothing that is here', service('other', [tcp])),
    harmless('of that label elsewhere', service('accounts', [tcp], {}, { namespace: 'catalog' })),
    harmless('without a selector', object('v1', 'Service', { spec: { ports: [http] } })),
    harmless(
      'by a name',
      object('v1', 'Service', { spec: { type: 'ExternalName', externalName: 'a.example' } }),
    ),
    harmless('what only people read of it', service('accounts', [http], {}, { annotations: { note: 'b' } }), {
      [mine]: service('accounts', [http], {}, { annotations: { note: 'a' } }),
    }),
    harmless(
      'which port of the nodes',
      service('accounts', [{ ...http, nodePort: 30081 }], { type: 'NodePort' }),
      {
        [mine]: service('accounts', [{ ...http, nodePort: 30080 }], { type: 'NodePort' }),
      },
    ),
    harmless('it goes', null, { [mine]: service('accounts') }),
    harmless('an entry for one’s own pods', entry('web')),
    harmless('an entry for nothing that is here', entry('other')),
  ],
})
