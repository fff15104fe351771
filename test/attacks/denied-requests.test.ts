import { testAttackClass } from '../support/attack-class.ts'

const at = 'teams/catalog/deny.yaml'
const policy = (operation: string, action = 'DENY') =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: deny, namespace: catalog }\nspec: { action: ${action}, selector: { matchLabels: { istio: ingressgateway } }, rules: [${operation}] }\n`
const to = (operation: string) => policy(`{ to: [{ operation: ${operation} }] }`)

/** Two hosts of one gateway; each team has one. */
const virtualService = (team: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${team}, namespace: ${team} }\nspec: { hosts: [${team}.example], gateways: [default/bookinfo-gateway], http: [{ match: [{ uri: { prefix: /${team} } }], route: [{ destination: { host: ${team} } }] }] }\n`
const setting = {
  files: {
    'mesh/bookinfo.yaml': null,
    'teams/login/vs-1.yaml': virtualService('login'),
    'teams/catalog/vs-2.yaml': virtualService('catalog'),
  },
}
const stopped = (way: string, text: string) =>
  ({ way, setting, files: { [at]: text }, conclusion: 'action_required', waitsFor: ['login'] }) as const
const quiet = (way: string, text: string) => ({ way, setting, files: { [at]: text } })

testAttackClass('a policy on the pods of the gateway refuses requests of another team', {
  onGitHub: {},
  attack: stopped('by its host', to('{ hosts: [login.example] }')),
  variants: [
    stopped('by its host and port', to('{ hosts: ["login.example:80"] }')),
    stopped('by any port of it', to('{ hosts: ["login.example:*"] }')),
    stopped('by a suffix', to('{ hosts: ["*.example"] }')),
    stopped('by the figures of a port', to('{ hosts: ["*80"] }')),
    stopped('by a prefix', to('{ hosts: ["log*"] }')),
    stopped('in capitals', to('{ hosts: [LOGIN.example] }')),
    stopped('by what is no host of catalog', to('{ notHosts: [catalog.example] }')),
    stopped('by a path of any host', to('{ paths: ["/login*"] }')),
    stopped('by a suffix of paths', to('{ paths: ["*n"] }')),
    stopped('by a template of paths', to('{ paths: ["/{*}"] }')),
    stopped('by a method alone', to('{ methods: [GET] }')),
    stopped(
      'one of two operations',
      policy(
        '{ to: [{ operation: { hosts: [catalog.example] } }, { operation: { hosts: [login.example] } }] }',
      ),
    ),
    stopped(
      'one of two rules',
      policy(
        '{ to: [{ operation: { hosts: [catalog.example] } }] }, { from: [{ source: { ipBlocks: [10.0.0.0/8] } }] }',
      ),
    ),
    stopped(
      'what nobody allows is refused',
      policy('{ to: [{ operation: { hosts: [catalog.example] } }] }', 'ALLOW'),
    ),
    stopped('the host is filled in', to('{ hosts: ["{{ host }}"] }')),
    {
      ...stopped('it stops to refuse them', to('{ hosts: [catalog.example] }')),
      setting: { files: { ...setting.files, [at]: to('{ hosts: [login.example] }') } },
    },
  ],
  neighbours: [
    quiet('its own host', to('{ hosts: [catalog.example] }')),
    quiet('its own host with a port', to('{ hosts: ["catalog.example:80", "catalog.example"] }')),
    quiet('its own host by a prefix', to('{ hosts: ["catalog*"] }')),
    quiet('its own host by a suffix', to('{ hosts: ["*g.example"] }')),
    quiet('a host of nobody', to('{ hosts: [pay.example] }')),
    quiet('its own paths', to('{ paths: ["/catalog/admin*"] }')),
    quiet('its own paths exactly', to('{ paths: [/catalog/a, /catalog/b] }')),
    quiet('its own host and any path', to('{ hosts: [catalog.example], paths: ["/*"] }')),
    quiet('any host and its own paths', to('{ hosts: ["*"], paths: ["/catalog*"] }')),
    quiet(
      'two operations of its own',
      policy(
        '{ to: [{ operation: { hosts: [catalog.example] } }, { operation: { paths: ["/catalog*"] } }] }',
      ),
    ),
    quiet(
      'somebody else decides about its own',
      policy('{ to: [{ operation: { hosts: [catalog.example] } }] }', 'CUSTOM'),
    ),
    {
      ...quiet('it stops to refuse its own', to('{ paths: [/catalog/b] }')),
      setting: { files: { ...setting.files, [at]: to('{ paths: [/catalog/a] }') } },
    },
  ],
})
