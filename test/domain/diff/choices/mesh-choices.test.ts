import { expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import { describeRequests } from '../../../../src/domain/match/describe-request-set.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { manifests, virtualService } from '../../../support/meshes.ts'
import { delegate, exact, prefix, to } from '../../../support/worked-mesh.ts'

const copy = (path: string, answer: string) =>
  virtualService('n/s', { http: [to(answer, exact('/a/1'))] }, path)
const primary = virtualService('n/p', {
  hosts: ['shop.example'],
  gateways: ['gw'],
  http: [delegate('s', prefix('/a'))],
})

const changes = (base: readonly string[], merged: readonly string[], meshOf: (path: string) => string) => {
  const sideOf = (answers: readonly string[]) =>
    manifests([primary, ...answers.map((answer, at) => copy(`${at}.yaml`, answer))])
  return compare(sideOf(base), sideOf(merged), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: ({ file }) => meshOf(file.path),
  }).changes
}

it('whichever copy lives is tried: an edit of either may change what requests get', () => {
  const found = changes(['one', 'two'], ['one', 'new'], () => 'default')

  expect(found.map(({ requests }) => describeRequests(requests))).toContain('/a/1')
})

it('copies that both stay as they are change nothing, whichever lives', () => {
  expect(changes(['one', 'two'], ['one', 'two'], () => 'default')).toEqual([])
})

it('each mesh is compared by itself', () => {
  const found = changes(['one', 'two'], ['one', 'new'], (path) => (path === '1.yaml' ? 'apart' : 'default'))

  expect(found.filter(({ mesh }) => mesh === 'default')).toEqual([])
})
