import { testAttackClass } from '../support/attack-class.ts'
import { answers, virtualService } from '../support/manifests.ts'

/** An EnvoyFilter of the root namespace reaches everybody, unless a test only compares with it. */
const filter = (name = 'all') => `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: ${name}, namespace: istio-system }
spec: { configPatches: [] }
`
const asked = { conclusion: 'action_required', waitsFor: ['login', 'mesh-admins'] } as const
const kuttl = 'apiVersion: kuttl.dev/v1beta1\nkind: TestSuite\ntestDirs: [.]\n'
const chainsaw = 'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata: { name: a }\nspec: {}\n'
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n'
const twice = (name = 'vs-2') => virtualService({ name, namespace: 'ns1', http: [answers('/mine')] })
const everywhere = '* @bookinfo/login\n/mesh/ @bookinfo/mesh-admins\n/teams/catalog/ @bookinfo/catalog\n'
const setting = { codeowners: everywhere }
const suite = { 'tests/kuttl-test.yaml': kuttl, 'tests/routes/00-install.yaml': pod }

testAttackClass('manifests under the names of assertions', {
  attack: {
    way: 'an assertion among the manifests of another team',
    setting,
    files: { 'teams/login/00-assert.yaml': filter() },
    ...asked,
    says: 'EnvoyFilter all is new for the whole mesh',
  },
  variants: [
    {
      way: 'an expected error among them',
      setting,
      files: { 'teams/login/01-errors.yaml': filter() },
      ...asked,
    },
    {
      way: 'with the file of a test beside it',
      setting,
      files: { 'teams/login/00-assert.yaml': filter(), 'teams/login/chainsaw-test.yaml': chainsaw },
      ...asked,
    },
    {
      way: 'with the file of a suite in the root',
      setting,
      files: { 'teams/login/00-assert.yaml': filter(), 'kuttl-test.yaml': kuttl },
      ...asked,
    },
    {
      way: 'in a folder of tests below the manifests of another team',
      setting,
      files: { 'teams/login/tests/00-install.yaml': pod, 'teams/login/tests/00-assert.yaml': filter() },
      ...asked,
    },
    {
      way: 'called after a step, among the manifests of another team',
      setting,
      files: { 'teams/login/routes-assert.yaml': filter(), 'teams/login/chainsaw-test.yaml': chainsaw },
      ...asked,
    },
    {
      way: 'called after a step, with the test in another folder',
      setting,
      files: { 'ci/chainsaw-test.yaml': chainsaw, 'ci/routes/routes-assert.yaml': filter() },
      ...asked,
    },
    {
      way: 'called after a step of kuttl, which numbers its own',
      setting,
      files: { ...suite, 'tests/routes/routes-error.yaml': filter() },
      ...asked,
    },
    {
      way: 'called after a step, and a kustomization delivers it',
      setting,
      files: {
        'ci/routes/chainsaw-test.yaml': chainsaw,
        'ci/routes/routes-assert.yaml': filter(),
        'deploy/kustomization.yaml': 'resources: [../ci/routes/routes-assert.yaml]\n',
      },
      ...asked,
    },
    { way: 'in a folder that has no test', setting, files: { 'more/00-assert.yaml': filter() }, ...asked },
    {
      way: 'beside numbered files in a folder that is no folder of tests',
      setting,
      files: { 'more/00-install.yaml': pod, 'more/00-assert.yaml': filter() },
      ...asked,
    },
    {
      way: 'beside a test, and a kustomization delivers it',
      setting,
      files: {
        ...suite,
        'tests/routes/00-assert.yaml': filter(),
        'deploy/kustomization.yaml': 'resources: [../tests/routes/00-assert.yaml]\n',
      },
      ...asked,
    },
    {
      way: 'beside a test, and an Application delivers its folder',
      setting,
      files: {
        ...suite,
        'tests/routes/00-assert.yaml': filter(),
        'apps/a.yaml':
          'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { path: tests/routes, directory: { recurse: true } } }\n',
      },
      ...asked,
    },
    {
      way: 'beside a test, and Flux delivers its folder',
      setting,
      files: {
        ...suite,
        'tests/routes/00-error.yaml': filter(),
        'apps/a.yaml':
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }\nspec: { path: ./tests }\n',
      },
      ...asked,
    },
    {
      way: 'a second copy of a VirtualService, which is no assertion where there is no test',
      setting,
      files: { 'teams/catalog/00-assert.yaml': twice() },
      conclusion: 'failure',
      waitsFor: [],
      says: /manifests: \{ exclude: \["teams\/catalog\/00-assert.yaml"\] \}/,
    },
    {
      way: 'a folder of tests in which something is applied that has no number',
      setting,
      files: {
        ...suite,
        'tests/routes/00-assert.yaml': filter(),
        'tests/routes/gateway.yaml': filter('other'),
      },
      ...asked,
    },
  ],
  neighbours: [
    {
      way: 'an assertion of kuttl beside its step',
      setting: { ...setting, files: suite },
      files: { 'tests/routes/00-assert.yaml': filter() },
    },
    {
      way: 'an assertion of chainsaw beside its test',
      setting,
      files: { 'ci/routes/chainsaw-test.yaml': chainsaw, 'ci/routes/01-assert.yaml': filter() },
    },
    {
      way: 'assertions that are called after the step of chainsaw that they belong to',
      setting,
      files: {
        'ci/routes/chainsaw-test.yaml': chainsaw,
        'ci/routes/routes-assert.yaml': filter(),
        'ci/routes/remove-path-error.yaml': filter('other'),
      },
    },
    {
      way: 'an assertion beside a numbered step in a folder of tests',
      setting,
      files: { 'e2e/routes/00-install.yaml': pod, 'e2e/routes/00-assert.yaml': filter() },
    },
    {
      way: 'expected errors beside their step',
      setting,
      files: { ...suite, 'tests/routes/01-errors.yaml': filter() },
    },
    {
      way: 'another assertion of the same step',
      setting: { ...setting, files: { ...suite, 'tests/routes/00-assert.yaml': filter() } },
      files: { 'tests/routes/00-assert-more.yaml': filter('more') },
    },
    {
      way: 'an assertion that changes',
      setting: { ...setting, files: { ...suite, 'tests/routes/00-assert.yaml': filter() } },
      files: { 'tests/routes/00-assert.yaml': filter('other') },
    },
    {
      way: 'an assertion that goes',
      setting: { ...setting, files: { ...suite, 'tests/routes/00-assert.yaml': filter() } },
      files: { 'tests/routes/00-assert.yaml': null },
    },
    {
      way: 'an assertion of one`s own with a field that Istio does not know',
      setting,
      by: 'lina',
      files: {
        ...suite,
        'tests/routes/00-assert.yaml': virtualService({
          name: 'x',
          namespace: 'ns1',
          http: ['route: [{ wait: 1 }]'],
        }),
      },
    },
    {
      way: 'an assertion in a folder of tests beside, not below, the manifests',
      setting,
      files: { 'teams/tests/a/00-step.yaml': pod, 'teams/tests/a/00-assert.yaml': filter() },
    },
    {
      way: 'a file of the same name that says nothing of the mesh',
      files: { 'teams/login/00-assert.yaml': pod },
    },
  ],
})
