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
    const { between, unsettled } = tiesIn(login, { ...login, 'b.yaml': httpRoute('catalog/b') })

    expect(between).toEqual([])
    expect(unsettled.map(({ doubt }) => doubt.cause)).toEqual([
      { code: 'creation-order', of: ['HTTPRoute catalog/b', 'HTTPRoute login/a'] },
    ])
  })

  it('are each taken to be the oldest, where there are more than two', () => {
    const more = { 'b.yaml': httpRoute('catalog/b'), 'c.yaml': httpRoute('other/c') }

    expect(tiesIn(login, { ...login, ...more }).between).toEqual(['HTTPRoute login/a'])
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
    expect(tiesIn(base, { ...base, ...more })).toEqual({ between: [], unsettled: [] })
  })
})
