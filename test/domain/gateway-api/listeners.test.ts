import { expect, it } from 'vitest'
import { gatewayService, httpRoute, kubernetesGateway, meshOfFiles } from '../../support/gateway-api.ts'

const secure = (certificate: string) =>
  kubernetesGateway(
    'k',
    `name: https, port: 443, protocol: HTTPS, tls: { mode: Terminate, certificateRefs: [${certificate}] }`,
  )

const grant = ({ kind = 'Gateway', of = 'istio-system', to = 'kind: Secret' } = {}) => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: g, namespace: certificates }
spec: { from: [{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: ${of} }], to: [{ group: '', ${to} }] }
`

/** The ports at which a route is served. */
function served(certificate: string, other = ''): readonly (readonly number[] | undefined)[] {
  const { tables } = meshOfFiles({
    's.yaml': gatewayService,
    'k.yaml': secure(certificate),
    'route.yaml': httpRoute('login/login'),
    ...(other !== '' && { 'grant.yaml': other }),
  })
  return tables.map(({ ports }) => ports)
}

const elsewhere = '{ name: shop, namespace: certificates }'

it.each<[string, ReturnType<typeof served>]>([
  ['a certificate of its own namespace', served('{ name: shop }')],
  ['one of its own namespace by name', served('{ name: shop, namespace: istio-system }')],
  ['one that it is granted', served(elsewhere, grant())],
  ['that one which it is granted', served(elsewhere, grant({ to: 'kind: Secret, name: shop' }))],
  ['one of several that it may use', served(`${elsewhere}, { name: shop }`)],
])('a listener speaks TLS with %s', (_, ports) => {
  expect(ports).toEqual([[443]])
})

it.each<[string, ReturnType<typeof served>]>([
  ['one of another namespace', served(elsewhere)],
  ['one that is granted to routes', served(elsewhere, grant({ kind: 'HTTPRoute' }))],
  ['one that is granted to others', served(elsewhere, grant({ of: 'login' }))],
  ['one beside which another is granted', served(elsewhere, grant({ to: 'kind: Secret, name: pay' }))],
  ['one of a namespace whose Services are granted', served(elsewhere, grant({ to: 'kind: Service' }))],
])('a listener is not served with %s', (_, ports) => {
  expect(ports).toEqual([])
})

/** The Gateway has a listener for every host besides, with a certificate of its own. */
function servedBeside(certificate: string, route = httpRoute('login/login')) {
  const tls = certificate === '' ? '' : `, tls: { certificateRefs: [${certificate}] }`
  const special = `name: shop, hostname: shop.example, port: 443, protocol: HTTPS${tls}`
  const any = 'name: any, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: own }] }'
  const all = 'allowedRoutes: { namespaces: { from: All } }'
  const gateway = kubernetesGateway('k', `${any}, ${all} }, { ${special}`)
  const { tables } = meshOfFiles({ 's.yaml': gatewayService, 'k.yaml': gateway, 'route.yaml': route })
  return tables.map(({ gateway: name }) => name.replace(/.*~/, ''))
}

it('a listener that is not served has its host all the same: a route that names it is served nowhere', () => {
  const unnamed = httpRoute('login/login').replace(/ {2}hostnames: .*\n/, '')

  expect(servedBeside(elsewhere)).toEqual([])
  expect(servedBeside('{ name: shop }')).toEqual(['shop'])
  expect(servedBeside('')).toEqual(['any'])
  expect(servedBeside(elsewhere, unnamed)).toEqual(['any'])
  expect(servedBeside(elsewhere, httpRoute('login/login', { host: 'other.example' }))).toEqual(['any'])
})
