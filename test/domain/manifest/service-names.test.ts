import { describe, expect, it } from 'vitest'
import { serviceNames } from '../../../src/domain/manifest/service-names.ts'

const sure = true

describe('which services a host in the mesh stands for', () => {
  it.each([
    ['login.ns1.svc.cluster.local', { service: 'login', namespace: 'ns1', sure }],
    ['login.ns1.svc', { service: 'login', namespace: 'ns1', sure }],
    ['login.ns1', { service: 'login', namespace: 'ns1' }],
    ['pod-0.login.ns1.svc.cluster.local', { service: 'login', namespace: 'ns1', sure }],
    ['login.?.svc.cluster.local', { service: 'login', namespace: '?', sure }],
    ['*.ns1.svc.cluster.local', { service: '*', namespace: 'ns1', sure }],
    ['*-v2.ns1.svc.cluster.local', { service: '*-v2', namespace: 'ns1', sure }],
    ['*1.svc.cluster.local', { service: '*', namespace: '*1', sure }],
    ['*.svc.cluster.local', { service: '*', namespace: '*', sure }],
    ['*.svc', { service: '*', namespace: '*', sure }],
    ['*.cluster.local', { service: '*', namespace: '*', sure }],
    ['*.local', { service: '*', namespace: '*', sure }],
    ['*', { service: '*', namespace: '*', sure }],
  ])('%s', (host, names) => {
    expect(serviceNames(host, 'cluster.local')).toEqual(names)
  })

  it.each(['api.github.com', '*.api.github.com', 'login', 'svc.cluster.local', 'a.b.svc.corp.example'])(
    '%s is none of the cluster',
    (host) => {
      expect(serviceNames(host, 'cluster.local')).toBeUndefined()
    },
  )

  it('follows the domain of the cluster, in any case', () => {
    expect(serviceNames('a.b.svc.corp.example', 'Corp.Example')).toEqual({
      service: 'a',
      namespace: 'b',
      sure,
    })
  })
})
