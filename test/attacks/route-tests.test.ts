import { testAttackClass } from '../support/attack-class.ts'
import { answers, virtualService } from '../support/manifests.ts'

const path = 'teams/login/login.firebreak-test.yaml'
const own = 'teams/catalog/firebreak-tests.yaml'
const login = `tests:
  - name: the login page stays with login
    why: In March nobody could log in.
    request: { url: http://bookinfo.example/login }
    expect: { virtualService: ns1/vs-1 }
  - name: nothing else begins with /log
    request: { url: http://bookinfo.example/logbook }
    expect: { status: 404 }
`
const catalog = `tests:
  - name: the product page is ours
    request: { url: http://bookinfo.example/productpage }
    expect: { virtualService: ns1/vs-2, destinations: [{ host: productpage.default, port: 9080 }] }
`
/** Catalog's own VirtualService, which takes `/logbook` out of what login left open. */
const spill = virtualService({
  name: 'vs-2',
  namespace: 'ns1',
  http: [
    answers('/productpage'),
    'match: [{ uri: { prefix: /static } }, { uri: { prefix: /api/v1/products } }], route: [{ destination: { host: productpage.default.svc.cluster.local, port: { number: 9080 } } }]',
  ],
})
const setting = { files: { [path]: login, [own]: catalog } }
const asksLogin = { setting, conclusion: 'action_required', waitsFor: ['login'] } as const
const blocked = { setting, conclusion: 'failure', waitsFor: ['login'] } as const

testAttackClass('route tests taken out of the way', {
  attack: {
    way: 'another team writes the test so that it passes',
    ...asksLogin,
    files: {
      [path]: login.replace('status: 404', 'virtualService: ns1/vs-2').replace('/logbook', '/static/a'),
    },
    says: 'its tests say what is to become of requests',
  },
  variants: [
    { way: 'the file is removed', ...asksLogin, files: { [path]: null } },
    {
      way: 'the file is moved to ones own folder',
      ...asksLogin,
      files: { [path]: null, [own]: catalog + login.replace('tests:\n', '') },
    },
    {
      way: 'the file is called otherwise',
      ...asksLogin,
      files: { [path]: null, 'teams/login/login.test.yaml': login },
    },
    {
      way: 'one test is commented out',
      ...asksLogin,
      files: { [path]: login.replace(/ {2}- name: nothing[\s\S]*$/, (rest) => rest.replaceAll(/^/gm, '# ')) },
    },
    {
      way: 'one test may be answered otherwise from now on',
      ...asksLogin,
      files: { [path]: login.replace('status: 404 }', 'status: 404 }\n    allow: perhaps') },
    },
    {
      way: 'a test is asked of another host',
      ...asksLogin,
      files: { [path]: login.replace('bookinfo.example/login', 'a.example/login') },
    },
    {
      way: 'the words of its author are changed',
      ...asksLogin,
      files: { [path]: login.replace('In March', 'Never') },
    },
    { way: 'no test is left', ...asksLogin, files: { [path]: 'tests: []\n' } },
    {
      way: 'the file does not parse any more',
      ...blocked,
      files: { [path]: `${login}  - name: [\n` },
      says: 'broken-route-test',
    },
    {
      way: 'a test is misspelled, so that nobody runs it',
      ...blocked,
      files: { [path]: login.replace('expect: { status', 'expects: { status') },
      says: 'did you mean',
    },
    {
      way: 'a test is added that blocks whoever comes next',
      ...asksLogin,
      files: {
        [path]: `${login}  - name: mine\n    request: { url: http://a.example/static/x }\n    expect: { virtualService: ns1/vs-2 }\n`,
      },
    },
    {
      way: 'an object is called as a test, so that nobody reads it',
      ...blocked,
      files: {
        'teams/catalog/more.firebreak-test.yaml': virtualService({
          name: 'vs-1',
          namespace: 'ns1',
          http: [answers('/login')],
        }),
      },
      says: 'An object of Kubernetes stands where route tests are expected',
    },
    {
      way: 'a test of another team breaks by an edit of ones own',
      setting: { files: { 'teams/login/a.firebreak-test.yaml': catalog } },
      files: { 'teams/catalog/vs-2.yaml': spill },
      conclusion: 'failure',
      waitsFor: [],
      says: /Route test "the product page is ours" fails: GET http:\/\/bookinfo.example\/productpage at default\/bookinfo-gateway would get productpage.default/,
    },
  ],
  neighbours: [
    {
      way: 'layout and comments of a test of another team',
      setting,
      files: {
        [path]: `# for /login\n${login.replace('request: { url: http://bookinfo.example/login }', 'request:\n      url: "http://bookinfo.example/login"')}`,
      },
    },
    {
      way: 'a test of ones own is added',
      setting,
      files: {
        [own]: `${catalog}  - name: b\n    request: { url: http://a.example/static/b }\n    expect: { virtualService: ns1/vs-2 }\n`,
      },
    },
    { way: 'a test of ones own is removed', setting, files: { [own]: null } },
    {
      way: 'a test of ones own is changed',
      setting,
      files: { [own]: catalog.replace('/productpage }', '/static/a }') },
    },
    { way: 'a file of tests is new', setting: {}, files: { [own]: catalog } },
    { way: 'with the longer ending', setting: {}, files: { 'teams/catalog/a.firebreak-test.yml': catalog } },
    {
      way: 'tests as JSON',
      setting: {},
      files: {
        [own]:
          '{"tests":[{"name":"a","request":{"url":"http://a.example/static/a"},"expect":{"virtualService":"ns1/vs-2"}}]}\n',
      },
    },
    { way: 'no test at all', setting: {}, files: { [own]: 'tests: []\n' } },
    { way: 'an empty file', setting: {}, files: { [own]: '# none yet\n' } },
    {
      way: 'a test that failed before',
      setting: { files: { [path]: login.replace('status: 404', 'virtualService: ns1/vs-2') } },
      files: { 'teams/catalog/vs-2.yaml': `# the same\n${spill.replace(', route', ', timeout: 3s, route')}` },
      by: 'carla',
    },
    {
      way: 'a test that says nothing of what changes',
      setting: { files: { [path]: login } },
      files: { 'teams/catalog/vs-2.yaml': spill },
    },
    {
      way: 'a request that is not answered is expected not to be',
      setting: {},
      files: {
        [own]: catalog
          .replace('/productpage }', '/nothing }')
          .replace(/expect: .*/, 'expect: { status: 404 }'),
      },
    },
    {
      way: 'a name that has it all',
      setting: {},
      files: { [own]: catalog.replace('the product page is ours', `'*_~<b>@all \${x} {{ y }} | #1'`) },
    },
  ],
})
