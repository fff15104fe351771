import { describe, expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import type { HTTPRoute, VirtualService } from '../../../../src/domain/manifest/virtual-service.ts'
import { describeRequests } from '../../../../src/domain/match/describe-request-set.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { manifests, virtualService } from '../../../support/meshes.ts'
import { answerOf, exact, prefix, primary, to } from '../../../support/worked-mesh.ts'

const told = (before: readonly VirtualService[], after: readonly VirtualService[]) =>
  compare(manifests(before), manifests(after), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
    .changes.map(
      ({ requests, before: one, after: other }) =>
        `${describeRequests(requests)}: ${answerOf(one)} -> ${answerOf(other)}`,
    )
    .sort()

const one = (...http: readonly HTTPRoute[]) => [primary('p', ...http)]

describe('what differs between two tables of a host', () => {
  it('is nothing where entries change places that do not meet', () => {
    const [a, b] = [to('a', exact('/a')), to('b', exact('/b'))]

    expect(told(one(a, b), one(b, a))).toEqual([])
  })

  it('is what lies in both where entries change places that meet', () => {
    const [a, b] = [to('a', exact('/a/1')), to('b', prefix('/a/'))]

    expect(told(one(a, b), one(b, a))).toEqual(['/a/1: a -> b'])
  })

  it('is divided by how the requests ended before', () => {
    const before = one(to('a', exact('/a')), to('b', exact('/b')))

    expect(told(before, one(to('c', exact('/a'), exact('/b'))))).toEqual(['/a: a -> c', '/b: b -> c'])
  })

  it('is looked for in all that a match asks for', () => {
    const get = to('get', { ...exact('/a'), method: { exact: 'GET' } })
    const [found, ...others] = told(one(to('a', exact('/a'))), one(get, to('a', exact('/a'))))

    expect(others).toEqual([])
    expect(found).toMatch(/^\/a with method GET: a -> get$/)
  })

  it('of two VirtualServices on one host is what changes in some order of creation', () => {
    const other = virtualService('n/q', {
      hosts: ['shop.example'],
      gateways: ['gw'],
      http: [to('q', prefix('/a'))],
    })

    expect(told([...one(to('a', exact('/a'))), other], [...one(to('new', exact('/a'))), other])).toContain(
      '/a: a -> new',
    )
  })
})
