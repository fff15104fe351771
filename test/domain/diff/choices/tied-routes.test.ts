import { describe, expect, it } from 'vitest'
import { tiedRoutes } from '../../../../src/domain/diff/choices/tied-routes.ts'
import { gatewayService, httpRoute, kubernetesGateway, meshOfFiles } from '../../../support/gateway-api.ts'

const around = { 'service.yaml': gatewayService, 'gateway.yaml': kubernetesGateway() }
const login = { 'login.yaml': httpRoute('login/a') }

function tiesIn(base: Readonly<Record<string, string>>, merged: Readonly<Record<string, string>>) {
  return tiedRoutes([meshOfFiles({ ...around, ...base }), meshOfFiles({ ...around, ...merged })])
}

describe('routes that only an unknown age tells apart', () => {
  it('are those of one list that ask for the same, where the list differs', () => {
    const { firsts, unsettled, untried } = tiesIn(login, { ...login, 'b.yaml': httpRoute('catalog/b') })

    expect(firsts).toEqual([['HTTPRoute login/a'], ['HTTPRoute catalog/b', 'HTTPRoute login/a']])
    expect(untried).toBeUndefined()
    expect(unsettled.map(({ doubt }) => doubt.cause)).toEqual([
      { code: 'creation-order', of: ['HTTPRoute catalog/b', 'HTTPRoute login/a'] },
    ])
  })

  it('are tried as the oldest where they change, each before one of each team', () => {
    const others = { 'b.yaml': httpRoute('catalog/b'), 'c.yaml': httpRoute('other/c') }
    const [a, b, c] = ['HTTPRoute login/a', 'HTTPRoute catalog/b', 'HTTPRoute other/c']
    const sides = [
      { ...around, ...others },
      { ...around, ...others, ...login },
    ].map((files) => meshOfFiles(files))

    expect(tiedRoutes(sides).firsts).toEqual([[b], [a, b], [a, c]])
    expect(tiedRoutes(sides, () => 'one team').firsts).toEqual([[b], [a, b]])
  })

  it('are named all, where there are too many to try', () => {
    const others = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`r${at}.yaml`, httpRoute(`n${at}/r`)]),
    )
    const { firsts, untried } = tiesIn(others, { ...others, ...login })

    expect(firsts).toHaveLength(24)
    expect(untried?.routes).toHaveLength(41)
    expect(untried?.doubt.cause.code).toBe('untried-orders')
  })

  it.each([
    ['where the list is the same on both sides', { ...login, 'b.yaml': httpRoute('catalog/b') }, {}],
    ['of different paths', login, { 'b.yaml': httpRoute('catalog/b', { path: '/logout' }) }],
    ['of different hosts', login, { 'b.yaml': httpRoute('catalog/b', { host: 'b.example' }) }],
    [
      'of which one asks for more',
      login,
      {
        'b.yaml': httpRoute('catalog/b', {
          rules:
            '[{ matches: [{ path: { value: /login }, method: GET }], backendRefs: [{ name: b, port: 80 }] }]',
        }),
      },
    ],
  ])('are none %s', (_, base, more) => {
    expect(tiesIn(base, { ...base, ...more })).toEqual({ firsts: [], unsettled: [], untried: undefined })
  })
})
