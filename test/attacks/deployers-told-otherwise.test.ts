import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

/** catalog runs what delivers, also for login. */
const codeowners =
  '/mesh/ @bookinfo/mesh-admins\n/teams/login/ @bookinfo/login\n/teams/catalog/ @bookinfo/catalog\n/apps/ @bookinfo/catalog\n/.github/ @bookinfo/mesh-admins\n'
const application = (more = '', path = 'teams/login') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: login, namespace: argocd }
spec:
  destination: { namespace: ns1 }
  source: { repoURL: "https://git/mesh", path: ${path} }
${more}`
const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: login, namespace: flux-system }
spec: { path: ./teams/login, sourceRef: { kind: GitRepository, name: flux-system } }
`
const source = (more = '') => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { ref: { branch: main }${more} }
`
const instance = (spec: string) =>
  `apiVersion: argoproj.io/v1beta1\nkind: ArgoCD\nmetadata: { name: argocd, namespace: argocd }\nspec: { ${spec} }\n`
const parameters = (data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: argocd-cmd-params-cm, namespace: argocd }\ndata: { ${data} }\n`
const app = 'apps/login.yaml'
const argo = 'apps/argocd.yaml'
const byArgo = { [app]: application() }
const byFlux = { [app]: flux, 'apps/source.yaml': source() }
const setting = (files: Files) => ({ codeowners, files: files as Readonly<Record<string, string>> })
const stopped = (way: string, files: Files, { base = byArgo as Files, by = 'login' } = {}): Attempt => ({
  way,
  setting: setting(base),
  files,
  conclusion: 'action_required',
  waitsFor: [by],
})
const everybody = { by: 'mesh-admins' }
const told = (operation: string) => ({ [app]: application(`operation: ${operation}\n`) })
const harmless = (way: string, files: Files, base: Files = byArgo) => ({ way, setting: setting(base), files })

testAttackClass('what delivers is told otherwise than by what it says of itself', {
  attack: stopped(
    'Argo CD is told to deliver another folder at once',
    told('{ sync: { source: { path: apps } } }'),
  ),
  variants: [
    stopped('objects of one’s own', told('{ sync: { manifests: ["{}"] } }')),
    stopped('another revision', told('{ sync: { revision: v1 } }')),
    stopped('a part of it', told('{ sync: { resources: [{ kind: Service, name: a }] } }')),
    stopped('to remove what is gone', told('{ sync: { prune: true } }')),
    stopped(
      'Flux takes signed commits alone',
      { 'apps/source.yaml': source(', verify: { mode: HEAD }') },
      { base: byFlux },
    ),
    stopped(
      'signed by other keys',
      { 'apps/source.yaml': source(', verify: { mode: HEAD, secretRef: { name: b } }') },
      {
        base: { ...byFlux, 'apps/source.yaml': source(', verify: { mode: HEAD, secretRef: { name: a } }') },
      },
    ),
    stopped(
      'an instance of Argo CD passes over kinds',
      { [argo]: instance('resourceExclusions: "- kinds: [VirtualService]"') },
      everybody,
    ),
    stopped(
      'it takes only some',
      { [argo]: instance('resourceInclusions: "- kinds: [Service]"') },
      everybody,
    ),
    stopped(
      'it passes over differences',
      { [argo]: instance('resourceIgnoreDifferences: { all: { jsonPointers: [/spec] } }') },
      everybody,
    ),
    stopped(
      'it builds by other means',
      { [argo]: instance('kustomizeBuildOptions: --enable-helm') },
      everybody,
    ),
    stopped(
      'it has settings besides',
      { [argo]: instance('extraConfig: { resource.exclusions: "- kinds: [VirtualService]" }') },
      everybody,
    ),
    stopped(
      'Applications count in more namespaces',
      { [argo]: parameters('application.namespaces: "*"') },
      everybody,
    ),
  ],
  neighbours: [
    harmless('an operation of what is one’s own', {
      'apps/own.yaml': application('operation: { sync: {} }\n', 'apps/own').replace(
        'name: login',
        'name: own',
      ),
    }),
    harmless('an interval', { 'apps/source.yaml': source(', interval: 1h') }, byFlux),
    harmless('a timeout', { 'apps/source.yaml': source(', timeout: 1m') }, byFlux),
    harmless(
      'signed commits stay so',
      { 'apps/source.yaml': source(', interval: 1h, verify: { mode: HEAD }') },
      { ...byFlux, 'apps/source.yaml': source(', verify: { mode: HEAD }') },
    ),
    harmless('an instance of Argo CD gets more replicas', { [argo]: instance('server: { replicas: 3 }') }),
    harmless(
      'another version',
      { [argo]: instance('version: v3.1.0') },
      { ...byArgo, [argo]: instance('version: v3.0.0') },
    ),
    harmless(
      'a version beside what it passes over',
      { [argo]: instance('version: b, resourceExclusions: "- kinds: [Event]"') },
      { ...byArgo, [argo]: instance('version: a, resourceExclusions: "- kinds: [Event]"') },
    ),
    harmless('other parameters', { [argo]: parameters('server.insecure: "true"') }),
    harmless('a level of logs', { [argo]: parameters('controller.log.level: debug') }),
    harmless('a note', { [app]: application().replace('argocd }', 'argocd, labels: { a: b } }') }),
    harmless(
      'an operation that stays',
      { [app]: application('operation: { sync: {} }\n# later\n') },
      { [app]: application('operation: { sync: {} }\n') },
    ),
  ],
})
