import { describe, expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { parseCodeowners } from '../../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { gatewayService, httpRoute, kubernetesGateway } from '../../../support/gateway-api.ts'

const around = { 'service.yaml': gatewayService, 'gateway.yaml': kubernetesGateway() }

/** So many routes of unknown age that ask for the same, each of a team of its own. */
const tied = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`team${at}/r.yaml`, httpRoute(`n${at}/r${at}`)]),
  )

/** The changes, with those who are asked, and why nobody is sure. */
function changes(base: Readonly<Record<string, string>>, merged: Readonly<Record<string, string>>) {
  const read = (files: Readonly<Record<string, string>>) =>
    parseManifests(
      Object.entries({ ...around, ...files }).map(([path, text]) => ({ path, text })),
      { namespaceOf: () => undefined, version: defaultIstioSettings.version },
    )
  const owners = Array.from({ length: 1000 }, (_, at) => `/team${at}/ @org/team${at}`).join('\n')
  return compare(read(base), read(merged), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(parseCodeowners({ path: 'CODEOWNERS', text: owners })),
    meshOf: () => 'default',
  }).changes
}

const asked = (found: ReturnType<typeof changes>) =>
  new Set(found.flatMap(({ touched }) => touched.map(({ key }) => key)))
const causes = (found: ReturnType<typeof changes>) =>
  new Set(found.flatMap(({ doubts }) => doubts.map(({ cause }) => cause.code)))

describe('a route beside others that ask for the same, of which nobody knows the age', () => {
  it('may take from each of a few: all are asked', () => {
    const base = tied(5)
    const found = changes(base, { ...base, 'team99/m.yaml': httpRoute('n2/m') })

    expect(found.every(({ certain }) => !certain)).toBe(true)
    expect(asked(found).size).toBe(6)
    expect(causes(found)).toEqual(new Set(['creation-order']))
  })

  it.each([40, 1000])(
    'may take from each of %i: all are asked, and it is said that not every order was tried',
    (count) => {
      const base = tied(count)
      const before = process.cpuUsage()
      const found = changes(base, { ...base, 'team999/m.yaml': httpRoute('n2/m') })
      const { user } = process.cpuUsage(before)

      expect(found.length).toBeGreaterThan(0)
      expect(found.every(({ certain }) => !certain)).toBe(true)
      expect(asked(found).size).toBeGreaterThanOrEqual(count)
      expect(causes(found)).toContain('untried-orders')
      expect(user).toBeLessThan(60_000_000)
    },
  )

  it('asks nobody where nothing changes, or nothing that is tied', () => {
    const base = tied(40)

    expect(changes(base, base)).toEqual([])
    expect(
      changes(base, { ...base, 'team99/m.yaml': httpRoute('n2/m', { path: '/other' }) }).map(
        ({ kind }) => kind,
      ),
    ).toEqual(['opened'])
  })
})
