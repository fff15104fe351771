import { expect, it } from 'vitest'
import { resolveNames } from '../../../src/domain/routing/resolve-names.ts'
import { virtualService } from '../../support/meshes.ts'

const host = '$' + '{HOST}'

function hostsIn(path: string, hosts: readonly string[]): readonly string[] | undefined {
  return resolveNames(virtualService('ns1/a', { hosts }, path), 'cluster.local').spec.hosts
}

it('a host of which nothing is known is another one in each directory', () => {
  expect(hostsIn('apps/a/vs.yaml', [host])).toEqual(hostsIn('apps/a/other.yaml', [host]))
  expect(hostsIn('apps/a/vs.yaml', [host])).not.toEqual(hostsIn('apps/b/vs.yaml', [host]))
  expect(hostsIn('vs.yaml', [host])?.[0]).toContain('HOST in .')
})

it('a host of which something is known is the same everywhere', () => {
  expect(hostsIn('apps/a/vs.yaml', [`shop.${host}`])).toEqual([`shop.${host}`])
  expect(hostsIn('apps/a/vs.yaml', ['a'])).toEqual(['a.ns1.svc.cluster.local'])
})
