import { describe, expect, it } from 'vitest'
import { listeningInstead } from '../../../../src/domain/diff/hosts/shared-listeners.ts'
import type { Server } from '../../../../src/domain/manifest/gateway.ts'
import { changeLine, changesBetween, type MeshSide } from '../../../support/compared-sides.ts'
import { gatewayService, kubernetesGateway, meshOfFiles } from '../../../support/gateway-api.ts'
import { gateway, virtualService } from '../../../support/meshes.ts'
import { exact, to } from '../../../support/worked-mesh.ts'

const http = (more: Partial<Server> = {}, number = 80): Server => ({
  port: { number, name: `http-${number}`, protocol: 'HTTP' },
  hosts: ['*'],
  ...more,
})
const https: Server = {
  port: { number: 443, name: 'https', protocol: 'HTTPS' },
  hosts: ['*'],
  tls: { mode: 'SIMPLE', credentialName: 'one' },
}
const at = (name: string, servers = [http()], selector: Readonly<Record<string, string>> = { app: 'gw' }) =>
  gateway(`n/${name}`, { selector, servers })
const on = (host: string, answer: string, ...gateways: readonly string[]) =>
  virtualService(`n/${answer}`, {
    hosts: [host],
    gateways: gateways.map((each) => `n/${each}`),
    http: [to(answer, exact('/a'))],
  })

const told = (base: MeshSide, merged: MeshSide) => changesBetween(base, merged).map(changeLine)

const apps = [on('a.example', 'a', 'one'), on('b.example', 'b', 'one')]
const [one, other] = [at('one'), at('other')]

describe('a Gateway on the pods and the port of another', () => {
  it('is added or removed, and nothing else ends differently', () => {
    expect(told([apps, [one]], [apps, [one, other]])).toEqual([])
    expect(told([apps, [one, other]], [apps, [one]])).toEqual([])
  })

  it('is on each of its pods with a broader selector, and goes on to answer what came to it', () => {
    const broader = at('one', [http()], {})
    const app = on('a.example', 'a', 'one')

    expect(told([[app], [one, other]], [[app], [broader]])).not.toContain(
      'n/other a.example:80 /a: a -> nobody',
    )
    expect(told([[app], [one, other]], [[app], [at('one', [http()], { app: 'else' })]])).toContain(
      'n/other a.example:80 /a: a -> nobody',
    )
  })

  it('moves to other pods, and loses for certain nothing that the others go on to answer where it was', () => {
    const c = virtualService('n/c', {
      hosts: ['a.example'],
      gateways: ['n/other'],
      http: [to('c', exact('/c'))],
    })
    const a = on('a.example', 'a', 'one')
    const moved = at('one', [http()], { app: 'else' })
    const lines = (base: MeshSide, merged: MeshSide) =>
      changesBetween(base, merged).map((each) => [changeLine(each), each.certain])

    expect(
      lines(
        [
          [a, c],
          [one, other],
        ],
        [
          [a, c],
          [moved, other],
        ],
      ),
    ).toEqual(
      expect.arrayContaining([
        ['n/one a.example:80 /c: c -> nobody', false],
        ['n/other a.example:80 /a: a -> nobody', true],
      ]),
    )
    expect(
      lines(
        [
          [a, c],
          [moved, other],
        ],
        [
          [a, c],
          [one, other],
        ],
      ),
    ).toContainEqual(['n/one a.example:80 /c: nobody -> c', false])
  })

  it('goes on to other pods by itself: what is answered otherwise there is so for certain', () => {
    const moved = at('one', [http()], { app: 'else' })
    const a = on('a.example', 'a', 'one')
    const later = virtualService('n/a', {
      hosts: ['a.example'],
      gateways: ['n/one'],
      http: [to('b', exact('/a'))],
    })

    expect(changesBetween([[a], [one]], [[later], [moved]]).map(({ certain }) => certain)).toEqual([true])
  })

  it('takes over a host', () => {
    const [, b] = apps

    expect(
      told(
        [apps, [one]],
        [
          [on('a.example', 'a', 'other'), ...(b ? [b] : [])],
          [one, other],
        ],
      ),
    ).toEqual([])
  })

  it('is added with a host of its own, which is all that is told', () => {
    const found = told(
      [apps, [one]],
      [
        [...apps, on('new.example', 'new', 'other')],
        [one, other],
      ],
    )

    expect(new Set(found)).toEqual(
      new Set(['n/one new.example:80 /a: nobody -> new', 'n/other new.example:80 /a: nobody -> new']),
    )
  })

  it('is removed, and with it what was bound to it alone', () => {
    const mine = on('own.example', 'own', 'other')

    expect(
      told(
        [
          [...apps, mine],
          [one, other],
        ],
        [[...apps, mine], [one]],
      ),
    ).toEqual(['n/one own.example:80 /a: own -> nobody', 'n/other own.example:80 /a: own -> nobody'])
  })

  it('turns requests of all to https', () => {
    const redirecting = at('other', [http({ hosts: ['a.example'], tls: { httpsRedirect: true } })])
    const found = told([apps, [one]], [apps, [one, redirecting]])

    expect(new Set(found.map((each) => each.replace(/ -> .*/, '')))).toEqual(
      new Set([
        'n/one a.example:80 /a: a',
        'n/one a.example:80 /* except /a: nobody',
        'n/other a.example:80 /a: a',
        'n/other a.example:80 /* except /a: nobody',
      ]),
    )
  })

  it('comes to one more port of it', () => {
    const both = [http(), http({}, 8080)]

    expect(told([apps, [at('one', both), other]], [apps, [at('one', both), at('other', both)]])).toEqual([])
  })
})

describe('a Gateway that is perhaps on the pods of another', () => {
  const both = [on('a.example', 'a', 'one', 'other')]
  const perhaps = (port: number) => at('other', [http({}, port)], { istio: 'gw' })
  const certain = (base: MeshSide, merged: MeshSide) =>
    changesBetween(base, merged).map((each) => `${changeLine(each)}${each.certain ? '' : ' perhaps'}`)

  it('opens there perhaps what the other has open already', () => {
    expect(certain([both, [one, perhaps(8080)]], [both, [one, perhaps(80)]])).toContain(
      'n/other a.example:80 /a: nobody -> a perhaps',
    )
  })

  it('goes, while the other comes to perhaps the same pods: who came by it is perhaps answered on', () => {
    const app = on('a.example', 'a', 'one')
    const moved = at('one', [http()], { istio: 'gw' })

    expect(certain([[app], [one, other]], [[app], [moved]])).toContain(
      'n/other a.example:80 /a: a -> nobody perhaps',
    )
  })

  it('opens it for sure where the other comes in the same change', () => {
    expect(certain([both, [perhaps(8080)]], [both, [one, perhaps(80)]])).toContain(
      'n/other a.example:80 /a: nobody -> a',
    )
  })
})

describe('a Gateway is a listener of its own', () => {
  it.each([
    ['on other pods', at('other', [http()], { app: 'other' })],
    ['on pods that may be others', at('other', [http()], { istio: 'x' })],
    ['on another port', at('other', [http({}, 8080)])],
    ['on another address', at('other', [http({ bind: '10.0.0.1' })])],
  ])('%s', (_, separate) => {
    const both = [on('a.example', 'a', 'one', 'other')]

    expect(told([both, [one]], [both, [one, separate]])).toContainEqual(
      expect.stringMatching(/^n\/other a\.example:\d+ \/a: nobody -> a$/),
    )
  })

  it('under TLS, where Istio drops one of two servers with the same name', () => {
    const [before, after] = [[at('one', [https])], [at('one', [https]), at('other', [https])]]
    const both = [on('a.example', 'a', 'one', 'other')]

    expect(told([both, before], [both, after])).toEqual([])
  })
})

describe('a listener of a Kubernetes Gateway on the pods and the port of another', () => {
  const files = { 'service.yaml': gatewayService, 'k.yaml': kubernetesGateway() }
  const elsewhere = kubernetesGateway('other', 'name: alt, port: 8080, protocol: HTTP')
  const here = meshOfFiles(files)
  const name = 'istio-system/other~istio-autogenerated-k8s-gateway~http'

  it('goes, and requests meet the other one', () => {
    const there = meshOfFiles({ ...files, 'other.yaml': kubernetesGateway('other') })

    expect(listeningInstead(name, 80, { there, here })).toBe(
      'istio-system/k~istio-autogenerated-k8s-gateway~http',
    )
  })

  it('is one of its own on another port', () => {
    const there = meshOfFiles({ ...files, 'other.yaml': elsewhere })

    expect(listeningInstead(name.replace(/http$/, 'alt'), 8080, { there, here })).toBeUndefined()
  })
})
