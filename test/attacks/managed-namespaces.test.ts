import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const path = 'teams/catalog/app.yaml'
const map = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"ns2"}}\n'
const files = { 'teams/catalog/web/map.yaml': map }
const application = (namespace: string, metadata: object | undefined, more: object = {}) =>
  object('Application', { spec: specOf(namespace, metadata, more) })
const specOf = (namespace: string, metadata: object | undefined, more: object = {}) => ({
  project: 'default',
  destination: { server: 'https://kubernetes.default.svc', namespace },
  source: { path: 'teams/catalog/web' },
  syncPolicy: {
    syncOptions: ['CreateNamespace=true'],
    ...(metadata && { managedNamespaceMetadata: metadata }),
  },
  ...more,
})
const object = (kind: string, rest: object) =>
  `${JSON.stringify({ apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name: 'web', namespace: 'argocd' }, ...rest })}\n`
const set = (
  namespace: string,
  metadata: object | undefined,
  elements: readonly object[] = [{ ns: 'ns2' }],
) =>
  object('ApplicationSet', {
    spec: {
      generators: [{ list: { elements } }],
      template: { metadata: { name: 'web' }, spec: specOf(namespace, metadata) },
    },
  })
const labels = (said: object) => ({ labels: said })
const off = labels({ 'istio-injection': 'disabled' })

const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const
const edit = (before: string | undefined, after: string | null, more: Files = {}) => ({
  setting: {
    files: { ...files, ...(before === undefined ? {} : { [path]: before }), ...more } as Record<
      string,
      string
    >,
  },
  files: { [path]: after },
})
const attempt = (
  way: string,
  before: string | undefined,
  after: string | null,
  more: Files = {},
): Attempt => ({
  way,
  ...edit(before, after, more),
  ...asks,
})
const harmless = (way: string, before: string | undefined, after: string | null) => ({
  way,
  ...edit(before, after),
})
const plain = application('ns1', undefined)

testAttackClass('what Argo CD writes into a Namespace counts as if it were written there', {
  attack: attempt('an Application ends injection where login lives', plain, application('ns1', off)),
  variants: [
    attempt('an Application that is new', undefined, application('ns1', off)),
    attempt('another revision of Istio', plain, application('ns1', labels({ 'istio.io/rev': 'canary' }))),
    attempt(
      'out of the ambient mesh',
      plain,
      application('ns1', labels({ 'istio.io/dataplane-mode': 'none' })),
    ),
    attempt('another waypoint', plain, application('ns1', labels({ 'istio.io/use-waypoint': 'catalog' }))),
    attempt(
      'another label',
      application('ns1', labels({ 'istio-injection': 'enabled' })),
      application('ns1', off),
    ),
    attempt('no label any more', application('ns1', labels({ 'istio-injection': 'enabled' })), plain),
    attempt('no Application any more', application('ns1', labels({ 'istio-injection': 'enabled' })), null),
    attempt('the labels go to another namespace', application('ns2', off), application('ns1', off)),
    attempt(
      'several sources',
      plain,
      application('ns1', off, { source: undefined, sources: [{ path: 'teams/catalog/web' }] }),
    ),
    attempt(
      'beside a label that says nothing',
      plain,
      application('ns1', labels({ team: 'catalog', 'istio-injection': 'disabled' })),
    ),
    attempt('a template of an ApplicationSet', set('ns1', undefined), set('ns1', off)),
    {
      ...attempt('a namespace that an ApplicationSet fills in', set('{{ns}}', undefined), set('{{ns}}', off)),
      waitsFor: ['mesh-admins'],
    },
    {
      ...attempt(
        'the namespace of Istio',
        application('istio-system', undefined),
        application('istio-system', off),
      ),
      waitsFor: ['mesh-admins'],
    },
  ],
  neighbours: [
    harmless('a label of one’s own', plain, application('ns1', labels({ team: 'catalog' }))),
    harmless(
      'a label of one’s own is another',
      application('ns1', labels({ team: 'a' })),
      application('ns1', labels({ team: 'b' })),
    ),
    harmless('an annotation', plain, application('ns1', { annotations: { note: 'a' } })),
    harmless('nothing in it', plain, application('ns1', {})),
    harmless('one’s own namespace', application('ns2', undefined), application('ns2', off)),
    harmless(
      'one’s own namespace again',
      application('ns2', off),
      application('ns2', labels({ 'istio-injection': 'enabled' })),
    ),
    harmless('a namespace where nobody lives', undefined, application('web', off)),
    harmless(
      'how the Application is synchronized',
      application('ns1', off),
      application('ns1', off, {
        syncPolicy: {
          automated: { prune: true },
          syncOptions: ['CreateNamespace=true'],
          managedNamespaceMetadata: off,
        },
      }),
    ),
    harmless(
      'how often it is tried',
      application('ns1', off),
      application('ns1', off, {
        syncPolicy: {
          retry: { limit: 3 },
          syncOptions: ['CreateNamespace=true'],
          managedNamespaceMetadata: off,
        },
      }),
    ),
    harmless(
      'the order of labels',
      application('ns1', labels({ a: 'b', 'istio-injection': 'disabled' })),
      application('ns1', labels({ 'istio-injection': 'disabled', a: 'b' })),
    ),
    harmless(
      'what people read',
      application('ns1', off),
      application('ns1', off, { info: [{ name: 'a', value: 'b' }] }),
    ),
    harmless(
      'a label in the template of an ApplicationSet',
      set('ns2', undefined),
      set('ns2', labels({ team: 'catalog' })),
    ),
  ],
})
