import { describe, expect, it } from 'vitest'
import { checked } from '../support/attempt.ts'
import { gatewayService, kubernetesGateway } from '../support/gateway-api.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/new.yaml'
const virtualService = (team: string, gateway = 'istio-system/k') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${team}, namespace: ${team} }\nspec: { hosts: [${team}.example], gateways: [${gateway}], http: [{ route: [{ destination: { host: ${team} } }] }] }\n`
const istioGateway =
  'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: k, namespace: istio-system }\nspec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }\n'
const here = { 'mesh/service.yaml': gatewayService, 'mesh/k.yaml': kubernetesGateway() }
const login = { 'teams/login/vs-1.yaml': virtualService('login') }
const files: Files = {
  'mesh/bookinfo.yaml': null,
  'teams/catalog/vs-2.yaml': null,
  'teams/login/vs-1.yaml': null,
}

const outcome = (before: Files, after: Files, configuration?: string) =>
  checked({
    way: '',
    setting: { files: { ...files, ...before }, ...(configuration !== undefined && { configuration }) },
    files: after,
    conclusion: 'success',
    waitsFor: [],
  })

describe('VirtualServices that name a Kubernetes Gateway', () => {
  it('serve nothing, and are not said to', async () => {
    const { title, said } = await outcome(here, { [mine]: virtualService('catalog') })
    expect(title).toBe('OK: no request changes (1 file, 1 VirtualService)')
    expect(said).toMatch(/names istio-system\/k, which is a Kubernetes Gateway: it has no route there/)
    expect(said).not.toMatch(/was 404|goes to/)
  })

  it('serve where a Gateway of Istio has that name, too', async () => {
    const { title } = await outcome(
      { ...here, 'mesh/istio.yaml': istioGateway },
      { [mine]: virtualService('catalog') },
    )
    expect(title).toMatch(/^OK: .*goes to catalog \(was 404\)/)
  })

  it('serve where one of that name is known to come from elsewhere', async () => {
    const { title } = await outcome(
      here,
      { [mine]: virtualService('catalog') },
      'external: [istio-system/k]\n',
    )
    expect(title).toMatch(/^OK: .*goes to catalog \(was 404\)/)
  })

  it('ask whoever served there before a Kubernetes Gateway took the name', async () => {
    const asked = await outcome(login, { [mine]: kubernetesGateway() })
    expect(asked).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
    expect(asked.title).toMatch(/would return 404/)
  })

  it('ask whoever served there, also where the same pull request writes routes of theirs', async () => {
    const taking = virtualService('login').replace('name: login', 'name: other')
    const asked = await outcome(login, { [mine]: `${kubernetesGateway()}---\n${taking}` })
    expect(asked).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
  })
})

describe('Ingresses of Istio that lead nothing anywhere', () => {
  const ingress = (spec: string, group = 'istio') =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, namespace: catalog, annotations: { kubernetes.io/ingress.class: ${group} } }\nspec: ${spec}\n`

  it.each([
    ['without paths', '{ rules: [{ host: login.example }] }'],
    [
      'with nothing but a backend for the rest',
      '{ defaultBackend: { service: { name: a, port: { number: 80 } } } }',
    ],
  ])('are named in the title: %s', async (_, spec) => {
    const { title } = await outcome(here, { [mine]: ingress(spec) })
    expect(title).toBe('OK: no request changes (1 file, 1 Ingress)')
  })

  it('are named when they go', async () => {
    const { title } = await outcome({ ...here, [mine]: ingress('{ rules: [] }') }, { [mine]: null })
    expect(title).toBe('OK: no request changes (1 file, 1 Ingress)')
  })

  it('are counted', async () => {
    const two = `${ingress('{ rules: [] }')}---\n${ingress('{ rules: [] }').replace('name: i', 'name: j')}`
    const { title } = await outcome(here, { [mine]: two })
    expect(title).toBe('OK: no request changes (1 file, 2 Ingresses)')
  })

  it('are not where another controller has them', async () => {
    const { title } = await outcome(here, { [mine]: ingress('{ rules: [] }', 'nginx') })
    expect(title).toBe('OK: no mesh manifest touched')
  })
})
