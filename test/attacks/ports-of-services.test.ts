import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const path = 'teams/catalog/service.yaml'
const host = 'reviews.catalog.svc.cluster.local'
const service = (...ports: readonly object[]) =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'reviews', namespace: 'catalog' }, spec: { selector: { app: 'reviews' }, ports } })}\n`
const leads = (...destinations: readonly object[]) =>
  `${JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'leads', namespace: 'login' },
    spec: {
      hosts: ['accounts.login.svc.cluster.local'],
      http: [{ route: destinations.map((destination) => ({ destination, weight: 1 })) }],
    },
  })}\n`
const named = leads({ host, port: { number: 80 } })
const unnamed = leads({ host })
const web = { name: 'http', port: 80, targetPort: 8080 }
const metrics = { name: 'http-metrics', port: 9090, targetPort: 9091 }
const base = (text: string, before = service(web)) => ({
  files: { 'teams/login/leads.yaml': text, [path]: before },
})

const stopped = (way: string, after: string, setting = base(named)): Attempt => ({
  way,
  setting,
  files: { [path]: after },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes|no other team is affected/,
})
const harmless = (way: string, after: string, setting = base(named)) => ({
  way,
  setting,
  files: { [path]: after },
})
const both = service(web, metrics)

testAttackClass('the ports of a Service to which others lead', {
  attack: stopped('a second one, where a route names none', both, base(unnamed)),
  variants: [
    stopped(
      'where one of two destinations names none',
      both,
      base(leads({ host, port: { number: 80 } }, { host })),
    ),
    stopped(
      'where a mirror names none',
      both,
      base(named.replace('"route"', `"mirror":{"host":"${host}"},"route"`)),
    ),
    stopped('the one in use gets another name', service({ ...web, name: 'tcp' })),
    stopped('and a second one', service({ ...web, name: 'tcp' }, metrics)),
    stopped('the one in use leads elsewhere, and a second one', service({ ...web, targetPort: 1 }, metrics)),
    stopped('a second one of the same pods’ port', service(web, { ...metrics, targetPort: 8080 })),
    stopped('of a pods’ port by name', service(web, { ...metrics, targetPort: 'web' })),
    stopped('a second one of the same number', service(web, { ...metrics, port: 80 })),
    stopped('the one in use goes', service(metrics), base(named, both)),
    stopped('the one in use goes for another', service(metrics), base(named)),
    stopped('another selector besides', both.replace('"app":"reviews"', '"app":"other"')),
    stopped('another protocol of the application', service({ ...web, appProtocol: 'tcp' }, metrics)),
  ],
  neighbours: [
    harmless('a second one', both),
    harmless('a second one in front', service(metrics, web)),
    harmless('a third', service(web, metrics, { name: 'grpc', port: 9000 }), base(named, both)),
    harmless('two at once', service(web, metrics, { name: 'grpc', port: 9000 })),
    harmless('where nobody leads', both, base(leads({ host: 'accounts' }))),
    harmless('a second one without a port of the pods', service(web, { name: 'grpc', port: 9000 })),
    harmless(
      'ports of the pods by name',
      service({ ...web, targetPort: 'web' }, { ...metrics, targetPort: 'metrics' }),
      base(named, service({ ...web, targetPort: 'web' })),
    ),
    harmless('for TCP', service(web, { name: 'tcp-db', port: 5432 })),
    harmless(
      'where two destinations name theirs',
      both,
      base(leads({ host, port: { number: 80 } }, { host, port: { number: 80 } })),
    ),
    harmless('over several lines', JSON.stringify(JSON.parse(both), undefined, 2)),
    {
      way: 'by whoever leads there without a port',
      by: 'carla',
      setting: {
        files: { [path]: service(web), 'teams/catalog/leads.yaml': unnamed.replaceAll('login', 'catalog') },
      },
      files: { [path]: both },
    },
  ],
})
