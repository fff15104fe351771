import { describe, expect, it } from 'vitest'
import { destinationOf } from '../../../../src/domain/deployment/argo-cd/destinations.ts'
import { foldersOf } from '../../../../src/domain/deployment/folders.ts'

const secret = (fields: string, label = 'cluster') =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: s, labels: { argocd.argoproj.io/secret-type: ${label} } }\n${fields}\n`
const stated = (name: string, server: string) => secret(`stringData: { name: ${name}, server: "${server}" }`)

function destination(written: object, secrets: readonly string[], home?: string) {
  const folders = foldersOf(secrets.map((text, at) => ({ path: `s${at}.yaml`, text })))
  return destinationOf(
    { spec: { destination: { ...written } }, ...(home !== undefined && { home }) },
    folders,
  )
}

const address = 'https://10.0.0.1:6443'

describe('the cluster of an Application', () => {
  it.each([
    ['name', { name: 'prod' }, 'prod'],
    ['address', { server: address }, address],
    ['address with a slash', { server: `${address}/` }, address],
    ['nothing', {}, undefined],
    ['something to be filled in', { name: '{{cluster}}' }, undefined],
    ['its own name', { name: 'in-cluster' }, 'in-cluster'],
    ['its own address', { server: 'https://kubernetes.default.svc' }, 'in-cluster'],
  ])('is what is written: %s', (_, written, cluster) => {
    expect(destination(written, [])).toBe(cluster)
  })

  it.each([
    ['as text', stated('prod', address)],
    ['with a slash', stated('prod', `${address}/`)],
    ['in base64', secret(`data: { name: ${btoa('prod')}, server: ${btoa(address)} }`)],
    ['once more', `${stated('prod', address)}---\n${stated('prod', address)}`],
  ])('has one name, whichever way it is said, where a Secret gives it: %s', (_, text) => {
    expect(
      [{ name: 'prod' }, { server: address }, { server: `${address}/` }].map((each) =>
        destination(each, [text]),
      ),
    ).toEqual(['prod', 'prod', 'prod'])
  })

  it.each([
    ['a Secret of a repository', secret(`stringData: { name: prod, server: "${address}" }`, 'repository')],
    ['no Secret', stated('prod', address).replace('kind: Secret', 'kind: ConfigMap')],
    ['an encrypted one', secret(`stringData: { name: "ENC[AES256_GCM,data:x]", server: "${address}" }`)],
    ['an encrypted address', secret('stringData: { name: prod, server: "ENC[AES256_GCM,data:x]" }')],
    ['data that is no base64', secret(`data: { name: "prod!", server: "${address}" }`)],
    ['a name without an address', secret('stringData: { name: prod }')],
    ['two names of one address', `${stated('prod', address)}---\n${stated('other', address)}`],
    ['two addresses of one name', `${stated('prod', address)}---\n${stated('prod', 'https://10.0.0.2')}`],
  ])('keeps its address where nothing says that both are one: %s', (_, text) => {
    expect(destination({ server: address }, [text])).toBe(address)
  })

  it('is the one in which it stands, by the name that a Secret gives that', () => {
    const own = stated('hub', 'https://kubernetes.default.svc')

    expect(
      [{ name: 'hub' }, { server: 'https://kubernetes.default.svc' }].map((each) =>
        destination(each, [own], 'east'),
      ),
    ).toEqual(['east', 'east'])
    expect(destination({ name: 'prod' }, [own], 'east')).toBe('prod')
  })
})
