import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Manifests } from '../../../../src/domain/manifest/manifests.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { type AskedRequest, createExplainer } from '../../../../src/domain/routing/explain/explain-request.ts'
import type { Explanation } from '../../../../src/domain/routing/explain/explanation.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import type { EffectiveRoute } from '../../../../src/domain/routing/route-table.ts'
import { type Snapshot, takeSnapshot } from '../../../../src/domain/routing/snapshot.ts'
import { positionOf } from '../../../../src/domain/source/source-file.ts'
import { skippedWords } from '../../../../src/domain/terms/dropped-words.ts'
import { plainOf } from '../../../../src/domain/words/phrase.ts'
import { manifests, virtualService } from '../../../support/meshes.ts'

interface Vector {
  readonly name: string
  readonly manifests: string
  readonly questions: readonly Question[]
}

interface Question {
  readonly ask: Partial<AskedRequest>
  readonly at: string
  readonly outcome: Explanation['outcome']
  readonly host?: string
  readonly by?: string
  readonly action?: string
  readonly possible?: readonly string[]
  readonly because?: readonly string[]
}

const settings = { ...defaultIstioSettings, gatewayNamespaces: ['n1'] }

function snapshotOf(manifests: Manifests): Snapshot {
  const none: ReadonlySet<string> = new Set()
  return takeSnapshot(manifests, {
    settings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => none,
  })
}

function explainerOf(text: string) {
  const manifests = parseManifests([{ path: 'all.yaml', text }], {
    namespaceOf: () => undefined,
    version: settings.version,
  })
  return createExplainer(snapshotOf(manifests).meshes, settings)
}

function asked(question: Question): AskedRequest {
  const defaults = { method: 'GET', scheme: 'http', authority: 'a.example', path: '/', headers: {} }
  return { ...defaults, ...question.ask, gateway: question.at }
}

function supplier(route: EffectiveRoute | 'no-route' | undefined): string | undefined {
  return typeof route === 'object' ? route.outcome.supplier : route
}

const vectors = parse(
  readFileSync(new URL('./explain-request.vectors.yaml', import.meta.url), 'utf8'),
) as readonly Vector[]

describe.each(vectors)('$name', ({ manifests, questions }) => {
  const explainer = explainerOf(manifests)

  it.each(questions.map((question) => [JSON.stringify(question.ask), question] as const))(
    '%s',
    (_, question) => {
      const answers = explainer.explain(asked(question))

      const [answer] = answers
      expect(answers).toHaveLength(1)
      expect(answer?.outcome).toBe(question.outcome)
      if (question.host !== undefined) expect(answer?.host).toBe(question.host)
      if (question.by !== undefined) expect(supplier(answer?.route)).toBe(question.by)
      if (question.possible) expect(answer?.possible?.map(supplier)).toEqual(question.possible)
      if (question.action !== undefined) {
        expect(answer?.route?.outcome.action).toMatchObject({ destinations: [{ host: question.action }] })
      }
      if (question.because) {
        const skipped = answer?.skipped.map(
          (each) => `${each.range && positionOf(each.range).line}: ${plainOf(skippedWords(each))}`,
        )
        expect(skipped).toEqual(question.because)
      }
    },
  )
})

describe('explain without a gateway', () => {
  const text = `${vectors[4]?.manifests ?? ''}---\n${vectors[3]?.manifests ?? ''}`

  it('answers for each gateway that serves the host', () => {
    const ask = {
      method: 'GET',
      scheme: 'http',
      authority: 'reviews.shop.svc.cluster.local',
      path: '/v2',
      headers: {},
    }

    expect(
      explainerOf(text)
        .explain(ask)
        .map(({ gateway }) => gateway),
    ).toEqual(['a/edge', 'mesh'])
  })

  it('says of every gateway that it has no such host where none serves it', () => {
    const ask = { method: 'GET', scheme: 'http', authority: 'nobody', path: '/', headers: {} }

    expect(explainerOf(vectors[3]?.manifests ?? '').explain(ask)).toEqual([
      { mesh: 'default', gateway: 'mesh', outcome: 'no-host', skipped: [] },
    ])
  })

  it('answers even where there is nothing at all', () => {
    const ask = { method: 'GET', scheme: 'http', authority: 'nobody', path: '/', headers: {} }

    expect(createExplainer([], settings).explain(ask)).toEqual([
      { mesh: 'default', gateway: 'mesh', outcome: 'no-host', skipped: [] },
    ])
  })
})

it('the client of a gateway is its own pod, whose namespace may be known', () => {
  const http = [
    { match: [{ sourceNamespace: 'n1' }], route: [{ destination: { host: 'a' } }] },
    { match: [{ sourceNamespace: 'n2' }], route: [{ destination: { host: 'b' } }] },
  ]
  const side = manifests([virtualService('n/o', { hosts: ['a.example'], gateways: ['gw'], http })])
  const explainer = createExplainer(snapshotOf(side).meshes, settings)
  const ask = asked({ ask: {}, at: 'n/gw', outcome: 'route' })

  expect(explainer.explain(ask).map(({ route }) => route?.match?.sourceNamespace)).toEqual(['n1'])
  expect(explainer.explain({ ...ask, sourceNamespace: 'n2' }).map(({ outcome }) => outcome)).toEqual([
    'no-host',
  ])
})

it('a host whose routes are all for namespaces in which no gateway runs is in no table', () => {
  const http = [{ match: [{ sourceNamespace: 'n2' }], route: [{ destination: { host: 'b' } }] }]
  const side = manifests([virtualService('n/o', { hosts: ['a.example'], gateways: ['gw'], http })])
  const [table] = snapshotOf(side).meshes.flatMap(({ tables }) => tables)

  expect(table?.routes).toEqual([])
  expect(table?.dropped.map(({ reason }) => reason)).toEqual(['other-pods'])
})

it('a path is asked about as Envoy sees it, however it is sent', () => {
  const http = [{ match: [{ uri: { exact: '/admin' } }], route: [{ destination: { host: 'b' } }] }]
  const side = manifests([virtualService('n/o', { hosts: ['a.example'], gateways: ['gw'], http })])
  const explainer = createExplainer(snapshotOf(side).meshes, settings)
  const outcomeOf = (path: string) => {
    const [answer] = explainer.explain(asked({ ask: { path }, at: 'n/gw', outcome: 'route' }))
    return answer?.outcome
  }

  expect(['/x/../admin?q', '/./admin', '/%61dmin'].map(outcomeOf)).toEqual(Array(3).fill('route'))
  expect(['//admin', '/%2Fadmin', '/admin/', '/x/admin'].map(outcomeOf)).toEqual(Array(4).fill('no-route'))
})
