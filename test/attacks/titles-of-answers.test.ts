import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/in-mesh.yaml'
const services = {
  'teams/catalog/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: reviews, namespace: catalog }\nspec: { selector: { app: reviews }, ports: [{ name: http, port: 80 }] }\n',
}
const target = '{ destination: { host: ratings.catalog.svc.cluster.local } }'
const a = `{ match: [{ uri: { prefix: /a } }], route: [${target}] }`
const b = `{ match: [{ uri: { prefix: /b } }], route: [${target}] }`
const only = (condition: string) => `{ match: [{ ${condition} }], route: [${target}] }`

/** A VirtualService in the mesh with these entries. */
function inMesh(entries: readonly string[], { name = 'reviews', host = 'reviews', more = '' } = {}): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: catalog }
spec: { hosts: ["${host}"], http: [${entries.join(', ')}]${more} }
`
}

interface Way {
  readonly before: readonly string[]
  readonly after?: readonly string[]
  /** Where more than one thing is told, each is said below it. */
  readonly title?: string | RegExp
  readonly says?: RegExp
  readonly beside?: Files
  readonly options?: Parameters<typeof inMesh>[1]
}

function told(way: string, { before, after, title, says, beside = {}, options }: Way): Attempt {
  return {
    way,
    setting: {
      files: { ...services, ...beside, ...(before.length > 0 && { [mine]: inMesh(before, options) }) },
    },
    files: { [mine]: after === undefined ? null : inMesh(after, options) },
    conclusion: 'success',
    waitsFor: [],
    ...(title !== undefined && { title }),
    ...(says !== undefined && { says }),
  }
}

const gone = (way: string, rest: Partial<Way> & { readonly left?: string } = {}) =>
  told(way, {
    before: [a, rest.left ?? b],
    after: [rest.left ?? b],
    ...(rest.says === undefined && { title: /^OK: \/a\* returns 404/ }),
    ...rest,
  })

/** The service gets back what was routed, and what was 404. */
const answersAgain = /after merge +the service itself(?:.|\n)*today +404\n +after merge +the service itself/
/** What is routed was the service's, and so was what is 404 now. */
const answeredByItself = /today +the service itself/

const harmless = (way: string, how: Way, silentOn = /returns? 404|lose every route/) => {
  const { conclusion: _, waitsFor: __, ...attempt } = told(way, how)
  return { ...attempt, silentOn }
}

testAttackClass('what a VirtualService in the mesh does not match is 404, and no service answers it', {
  attack: { ...gone('one of two routes goes'), silentOn: /service itself/ },
  variants: [
    {
      ...gone('a route for a header is left', {
        left: only('headers: { x-a: { exact: b } }'),
        title: /returns? 404/,
      }),
      silentOn: /service itself/,
    },
    {
      ...gone('a route for one method is left', {
        left: only('uri: { prefix: /b }, method: { exact: GET }'),
      }),
      silentOn: /service itself/,
    },
    {
      ...gone('a redirect is left', { left: '{ match: [{ uri: { exact: /b } }], redirect: { uri: /c } }' }),
      silentOn: /service itself/,
    },
    {
      ...gone('an answer by Envoy itself is left', {
        left: '{ match: [{ uri: { exact: /b } }], directResponse: { status: 204 } }',
      }),
      silentOn: /service itself/,
    },
    gone('a route for some pods is left', {
      left: only('sourceLabels: { app: web }, uri: { prefix: /b }'),
      says: /\/a\*[^\n]*catalog; no route any more\n.*\n +after merge +(?:404|the service itself)/,
    }),
    gone('a route for one namespace is left', {
      left: only('sourceNamespace: web, uri: { prefix: /b }'),
      says: /\/a\*[^\n]*catalog; no route any more\n.*\n +after merge +(?:404|the service itself)/,
    }),
    gone('a route for one port is left', {
      left: only('port: 8080, uri: { prefix: /b }'),
      says: /\/a\*[^\n]*catalog; no route any more\n.*\n +after merge +(?:404|the service itself)/,
    }),
    told('a route comes beside another', {
      before: [b],
      after: [b, a],
      title: /^OK: \/a\* goes to catalog \(was 404\)/,
    }),
    told('the last route for all goes, and one for some pods is left that asked for the same', {
      before: [
        only('sourceLabels: { app: web }, uri: { prefix: /a }'),
        only('sourceLabels: { app: web }, uri: { prefix: /b }'),
      ],
      after: [only('sourceLabels: { app: web }, uri: { prefix: /b }')],
      title: /returns? 404/,
    }),
    {
      ...gone('on a wildcard', { options: { host: '*.catalog.svc.cluster.local' } }),
      silentOn: /service itself/,
    },
    {
      ...gone('on a name outside the cluster', { options: { host: 'api.example' } }),
      silentOn: /service itself/,
    },
    {
      ...gone('for clients of the namespace alone', { options: { more: ', exportTo: ["."]' } }),
      title: /404/,
    },
  ],
  neighbours: [
    harmless('the last route goes with its VirtualService', {
      before: [a],
      says: answersAgain,
    }),
    harmless('the VirtualService goes', { before: [a, b], says: answersAgain }),
    harmless('a first VirtualService', {
      before: [],
      after: [a],
      says: answeredByItself,
    }),
    harmless('a first VirtualService with two routes', {
      before: [],
      after: [a, b],
      says: answeredByItself,
    }),
    harmless('a first VirtualService for some pods', {
      before: [],
      after: [only('sourceLabels: { app: web }, uri: { prefix: /a }')],
      says: answeredByItself,
    }),
    harmless(
      'a route for other pods comes',
      {
        before: [only('sourceLabels: { app: web }, uri: { prefix: /a }')],
        after: [
          only('sourceLabels: { app: web }, uri: { prefix: /a }'),
          only('sourceLabels: { app: api }, uri: { prefix: /a }'),
        ],
        says: answeredByItself,
      },
      /no route/,
    ),
    harmless('a timeout', {
      before: [a, b],
      after: [a, b.replace('route', 'timeout: 3s, route')],
      title: /timeout/,
    }),
    harmless('another order', { before: [a, b], after: [b, a], title: /no request changes/ }),
    harmless('a name of an entry', {
      before: [a, b],
      after: [a, b.replace('{ match', '{ name: b, match')],
      title: /no request changes/,
    }),
    harmless('a first VirtualService for one host of two', {
      before: [],
      after: [a],
      options: { host: 'ratings' },
      says: answeredByItself,
      beside: { 'teams/catalog/other.yaml': inMesh([b], { name: 'other' }) },
    }),
    harmless('at the gateway it stays what it was', {
      before: [a],
      after: [a],
      title: /./,
      beside: bookinfoFiles(),
    }),
  ],
})

const paths = {
  login: 'teams/login/vs-1.yaml',
  catalog: 'teams/catalog/vs-2.yaml',
}
const { [paths.login]: login = '', [paths.catalog]: catalog = '' } = bookinfoFiles()
const everything = `${catalog}    - route: [${target}]\n`
const own = (match: string, text = login) => `${text}    - match: [${match}]\n      route: [${target}]\n`
const nobodyElse = /no other team is affected/

function reclaims(way: string, match: string, more: Files = {}): Attempt {
  return {
    way,
    by: 'lina',
    setting: { files: { [paths.catalog]: everything, ...more } },
    files: { [paths.login]: own(match) },
    conclusion: 'success',
    waitsFor: [],
    title: /^OK: .* \(was catalog's catch-all\); catalog is told, not asked$/,
    silentOn: nobodyElse,
  }
}

const shared = (name: string, path: string, more = '') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: catalog }\nspec: { hosts: [reviews], http: [{ match: [{ uri: { prefix: ${path} } }], route: [${target}] }${more}] }\n`

const alone = (way: string, match: string, by: 'lina' | 'carla' = 'lina') => ({
  way: `only ${way}`,
  by,
  files: { [by === 'lina' ? paths.login : paths.catalog]: own(match, by === 'lina' ? login : catalog) },
  title: /^OK: .*; no other team is affected$/,
})

testAttackClass('no title says that nobody else is affected where somebody else is told, or may lose', {
  attack: reclaims('login takes back a path that a catch-all had', '{ uri: { exact: /logs } }'),
  variants: [
    {
      ...reclaims('two paths', '{ uri: { exact: /logs } }, { uri: { exact: /logo } }'),
      title: /^OK: \/log/,
    },
    reclaims('a prefix', '{ uri: { prefix: /logs } }'),
    {
      ...reclaims('one host', '{ uri: { exact: /logs }, authority: { exact: shop.example } }'),
      title: /^OK: \/log/,
    },
    {
      ...reclaims('one method', '{ uri: { exact: /logs }, method: { exact: GET } }'),
      title: /^OK: \/log/,
    },
    {
      ...reclaims('one header', '{ uri: { exact: /logs }, headers: { x-a: { exact: b } } }'),
      title: /^OK: \/log/,
    },
    {
      ...reclaims('one query', '{ uri: { exact: /logs }, queryParams: { a: { exact: b } } }'),
      title: /^OK: \/log/,
    },
    { ...reclaims('the whole prefix', '{ uri: { prefix: /log } }'), title: /^OK: \/log/ },
    reclaims('from an entry for the prefix /', '{ uri: { exact: /logs } }', {
      [paths.catalog]: own('{ uri: { prefix: / } }', catalog),
    }),
    {
      ...reclaims('beside a path that nobody had', '{ uri: { exact: /logs } }', {
        [paths.catalog]: own('{ uri: { prefix: /log } }', catalog),
      }),
      title: /^OK: \/log/,
    },
    {
      ...reclaims('beside a timeout of its own', '{ uri: { exact: /logs } }'),
      files: {
        [paths.login]: own(
          '{ uri: { exact: /logs } }',
          login.replace('      route:', '      timeout: 3s\n      route:'),
        ),
      },
      title: /^OK: (?!.*nobody|.*no other)/,
    },
    {
      way: 'a host is contested with another team',
      setting: {
        files: {
          ...services,
          'teams/login/in-mesh.yaml': shared('login', '/a'),
          [mine]: shared('reviews', '/a'),
        },
      },
      files: { [mine]: shared('reviews', '/a').replace('route:', 'timeout: 3s, route:') },
      title: /^OK, order/,
      conclusion: 'success',
      waitsFor: [],
      silentOn: nobodyElse,
    },
  ],
  neighbours: [
    alone('a path of login that nobody had', '{ uri: { exact: /logs } }'),
    alone('a prefix of login that nobody had', '{ uri: { prefix: /logs } }'),
    alone('one method', '{ uri: { exact: /logs }, method: { exact: GET } }'),
    alone('a path of login, slash and all', '{ uri: { exact: /log/ } }'),
    alone('a path of catalog', '{ uri: { exact: /reviews } }', 'carla'),
    alone('a prefix of catalog', '{ uri: { prefix: /reviews } }', 'carla'),
    alone('one method of catalog', '{ uri: { exact: /r }, method: { exact: GET } }', 'carla'),
    alone('two paths', '{ uri: { exact: /a } }, { uri: { exact: /b } }', 'carla'),
    {
      way: 'a timeout',
      by: 'lina',
      files: { [paths.login]: login.replace('      route:', '      timeout: 3s\n      route:') },
      title: /; no other team is affected$/,
    },
    {
      way: 'a path that a catch-all of its own had',
      files: {
        [paths.catalog]: own('{ uri: { exact: /reviews } }', catalog).replace(
          'route: [',
          'timeout: 2s\n      route: [',
        ),
      },
      title: /; no other team is affected$/,
    },
    {
      way: 'a comment',
      by: 'lina',
      files: { [paths.login]: `# ours\n${login}` },
      title: /no request changes/,
    },
  ],
})
