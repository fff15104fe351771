import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import type { Comparison } from '../../../../src/domain/diff/comparison.ts'
import type { Manifests } from '../../../../src/domain/manifest/manifests.ts'
import type { Request } from '../../../../src/domain/match/request.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { createExplainer } from '../../../../src/domain/routing/explain/explain-request.ts'
import { defaultIstioSettings, type IstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import type { Mesh } from '../../../../src/domain/routing/snapshot.ts'
import { readSides } from '../../../../src/report/page/sides/read-sides.ts'
import { writeSides } from '../../../../src/report/page/sides/write-sides.ts'
import { explainText } from '../../../../src/report/page/text/explain-text.ts'
import { scriptJson } from '../../../../src/report/print/html-text.ts'
import { endless } from '../../../../src/report/print/screen.ts'
import { type TeamNames, teamNames } from '../../../../src/report/sentences/requests/team-names.ts'
import { gatewayApiCases, sideOf } from '../../../support/gateway-api-cases.ts'
import { runs } from '../../../support/laws.ts'
import { twoSides } from '../../../support/meshes.ts'
import { request } from '../../../support/requests.ts'
import { assessStory, readStory, storyNames } from '../../story.ts'

const settings: IstioSettings = { ...defaultIstioSettings, gatewayNamespaces: ['n1'] }

function compared([base, merged]: readonly [Manifests, Manifests]): Comparison {
  return compare(base, merged, {
    settings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
}

/** All that `explain` says of a request. */
function said(meshes: readonly Mesh[], asked: Request, teams: TeamNames, of = settings): string {
  return explainText(asked, createExplainer(meshes, of).explain(asked), endless, teams)
}

describe('sides that were written and read again', () => {
  it('answer every request as they did before', () => {
    fc.assert(
      fc.property(twoSides, fc.array(request, { minLength: 1, maxLength: 6 }), (sides, asked) => {
        const comparison = compared(sides)
        const teams: TeamNames = ({ file }) => file.path
        const read = readSides(JSON.parse(scriptJson(writeSides(comparison, teams))))

        for (const each of asked) {
          expect(said(read.base ?? [], each, read.teams)).toBe(said(comparison.base.meshes, each, teams))
          expect(said(read.merged, each, read.teams)).toBe(said(comparison.merged.meshes, each, teams))
        }
      }),
      { numRuns: runs(20, 2_000) },
    )
  })

  it.each(gatewayApiCases)('answer the requests of routes of the Gateway API: %s', (name, own) => {
    const { side: merged, settings: of } = sideOf(name, own)
    const teams: TeamNames = ({ file }) => file.path
    const read = readSides(
      JSON.parse(scriptJson(writeSides({ merged, settings: of, complete: true }, teams))),
    )

    for (const { host: authority, path, method, headers, port } of own.envoy ?? []) {
      const asked = { method, scheme: 'http', authority, path, headers, port }
      expect(said(read.merged, asked, read.teams, of)).toBe(said(merged.meshes, asked, teams, of))
    }
  })

  it.each(storyNames().filter((name) => name !== 'invalid-configuration'))(
    'name the same files, lines and teams: %s',
    (name) => {
      const { comparison } = assessStory(readStory(name))
      const sides = [comparison.base, comparison.merged]
      const teams = teamNames(
        comparison.ownership,
        sides.flatMap(({ manifests }) => manifests.virtualServices),
      )
      const read = readSides(JSON.parse(scriptJson(writeSides(comparison, teams))))

      for (const path of ['/', '/login', '/logs/today', '/account', '/productpage', '/api/v1/products/1']) {
        const asked = { method: 'GET', scheme: 'http', authority: 'www.example.com', path, headers: {} }
        const of = comparison.settings
        expect(said(read.merged, asked, read.teams, of)).toBe(
          said(comparison.merged.meshes, asked, teams, of),
        )
        expect(said(read.base ?? [], asked, read.teams, of)).toBe(
          said(comparison.base.meshes, asked, teams, of),
        )
      }
    },
  )
})
